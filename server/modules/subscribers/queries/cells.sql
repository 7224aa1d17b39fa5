-- Question: what value does a delivered cell stand for?
-- Grain:    scalar macros; each answers NULL for a text it cannot read, and for NULL.
-- Reads:    its argument only: `t`, a cell as work.clean leaves it, or `n`, its work.number.
create macro work.clean(t) as nullif(trim(t, ' ''' || chr(9) || chr(10) || chr(13) || chr(160) || chr(12288) || chr(65279)), '');
-- The same at a third of the cost, for most cells have nothing around them: what sorts before ( is a
-- blank, a tab or a quote.
create macro work.tidy(t) as case
    when t < '(' or ends_with(t, ' ') or ends_with(t, chr(12288)) or ends_with(t, chr(160)) or ends_with(t, chr(9))
        or starts_with(t, chr(12288)) or starts_with(t, chr(160)) then work.clean(t)
    else t
end;

-- A number as people write it: 1,234.50, ￥12, 12元. Four decimals; more are rounded.
create macro work.number(t) as coalesce(
    try_cast(t as decimal(18, 4)),
    try_cast(regexp_replace(t, '[,，¥￥元\s]', '', 'g') as decimal(18, 4))
);
create macro work.whole(n) as case when n = trunc(n) then n::bigint end;

-- Fen out of an amount that counts 100 fen (元) or 1 (分): half a fen is rounded away from zero, once, here.
create macro work.fen(n, per_unit) as round(n * per_unit)::bigint;
create macro work.measured(n, times, per) as
    case when abs(n) < 1e9 then round(n::double * times / per, 3)::decimal(15, 3) end;
create macro work.portion(t) as
    case when ends_with(t, '%') then try_cast(rtrim(t, '% ') as double) / 100 else try_cast(t as double) end;

-- Lists, not IN: for each IN the planner would add a join, and a file has a hundred columns.
create macro work.truth(t) as case
    when list_contains(['是', '1', 'Y', 'y', 'true', 'TRUE', 'True', 'yes', 'YES', 'Yes', 'T', 't', '有', '√'], t) then true
    when list_contains(['否', '0', 'N', 'n', 'false', 'FALSE', 'False', 'no', 'NO', 'No', 'F', 'f', '无', '×'], t) then false
end;

-- The serial number of a spreadsheet, or an instant with its offset.
create macro work.odd_moment(t) as case
    when regexp_full_match(t, '[2-7]\d{4}(?:\.\d+)?')
        then timestamp '1899-12-30' + to_seconds(round(try_cast(t as double) * 86400))
    when regexp_full_match(t, '\d{4}-\d\d-\d\d[T ].*(?:Z|[+-]\d\d(?::?\d\d)?)')
        then try_cast(t as timestamptz) at time zone 'Asia/Shanghai'
end;
-- By length first: a pattern that does not fit costs ten times one that does, and fourteen of them
-- before an instant made the contacts of a county (293,000) cost 6.4 s of processor time.
create macro work.moment(t) as case strlen(t)
    when 8 then try_strptime(t, ['%Y%m%d', '%Y-%m-%d', '%Y/%m/%d', '%Y.%m.%d'])
    when 14 then try_strptime(t, ['%Y%m%d%H%M%S', '%Y-%m-%d %H:%M', '%Y/%m/%d %H:%M'])
    when 10 then try_strptime(t, ['%Y-%m-%d', '%Y/%m/%d', '%Y.%m.%d'])
    when 19 then try_strptime(t, ['%Y-%m-%d %H:%M:%S', '%Y/%m/%d %H:%M:%S', '%Y-%m-%dT%H:%M:%S', '%Y年%m月%d日 %H:%M'])
    else coalesce(
        work.odd_moment(t),
        try_strptime(t, [
            '%Y-%m-%d', '%Y/%m/%d', '%Y.%m.%d', '%Y年%m月%d日', '%Y-%m-%d %H:%M', '%Y/%m/%d %H:%M',
            '%Y-%m-%d %H:%M:%S', '%Y/%m/%d %H:%M:%S', '%Y-%m-%d %H:%M:%S.%f', '%Y-%m-%dT%H:%M:%S',
            '%Y年%m月%d日 %H:%M:%S', '%Y%m%d%H%M', '%Y%m%d%H%M%S.%f', '%Y%m%d %H:%M:%S'
        ])
    )
end;
create macro work.moment_as(t, pattern) as try_strptime(t, pattern);

create macro work.month(t) as case
    when regexp_full_match(t, '\d{4}(?:0[1-9]|1[0-2])') then t[1:4] || '-' || t[5:6]
    when regexp_full_match(t, '\d{4}[-/.年](?:0?[1-9]|1[0-2])月?')
        then t[1:4] || '-' || lpad(regexp_extract(t, '^\d{4}[-/.年](\d\d?)', 1), 2, '0')
    else strftime(work.moment(t), '%Y-%m')
end;
-- A business date inside a file: a day, or a month of which any day will do.
create macro work.period(t) as coalesce(work.month(case when length(t) < 8 then t end), strftime(work.moment(t), '%Y-%m-%d'));

-- What a spreadsheet left of a long number: 1.38E+10.
create macro work.damaged(t) as
    (contains(t, 'E+') or contains(t, 'e+')) and regexp_full_match(t, '\d+(?:\.\d+)?[Ee]\+\d+');
create macro work.dialled(t) as case
    when contains(t, '-') or contains(t, ' ') or starts_with(t, '+') or starts_with(t, '00')
        then regexp_replace(t, '^(?:\+|00)86|[\s-]', '', 'g')
    else t
end;
create macro work.items(t) as
    list_filter(list_transform(string_split_regex(t, '[|,;、，；]'), lambda item: trim(item)), lambda item: item <> '');
