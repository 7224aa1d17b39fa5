-- Question: what are the parts of an address as people write it?
-- Grain:    scalar macros over one address; `local` is the address without province, city and county,
--           `stem` what of it stands before the first digit.
-- Reads:    their arguments only.
create macro work.local_of(address) as regexp_replace(
    translate(address, '０１２３４５６７８９（）＃ 　', '0123456789()#'),
    '^(?:[^省市县区镇乡村街道]{2,7}(?:省|自治区))?(?:[^省市县区镇乡村街道]{1,6}市)?(?:[^省市县区镇乡村街道]{1,6}[市县区])?', ''
);
create macro work.stem_of(local) as regexp_extract(local, '^[^0-9]*');
create macro work.numbers_of(local) as regexp_extract_all(local, '[0-9]+');
-- 3号楼2单元501室 and 3-2-501 are one home; 12号东户 and 12号西户 are two. No number, no home.
create macro work.home_of(branch_id, stem, numbers, local) as case when len(numbers) > 0 then
    md5_number_lower(
        branch_id || '|' || stem || '|' || array_to_string(numbers, '-') || '|'
        || regexp_extract(local, '[0-9][号室房户栋幢座楼]*([^0-9]*)$', 1)
    )
end;
-- Sixteen digits for a household whose home is known by its address.
create macro work.household_of(home) as 'h-' || lpad(lower(hex(home)), 16, '0');
