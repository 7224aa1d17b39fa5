-- Question: which rows of a file of contacts cannot be told as a contact?
-- Grain:    one finding per row and missing cell.
-- Reads:    work.converted
insert into work.finding (row_no, severity, code, column_id, value)
select row_no, 'reject', 'contact-without-household', 'subscriber_id', null
from work.converted
where subscriber_id is null and household_id is null
union all
select row_no, 'reject', 'contact-cell-missing', missing.column_id, null
from (
    select
        row_no,
        unnest(list_filter([
            case when "at" is null then 'at' end,
            case when channel is null then 'channel' end,
            case when purpose is null then 'purpose' end,
            case when result is null then 'result' end
        ], lambda name: name is not null)) as column_id
    from work.converted
) as missing
