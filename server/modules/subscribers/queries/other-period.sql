-- Question: which accepted row is first to speak of another day than the file is said to be about?
-- Grain:    at most one row; a month agrees with each of its days.
-- Reads:    work.accepted
-- Params:   $date
select accepted.row_no, accepted.period
from work.accepted
where accepted.period is not null
    and accepted.period <> $date
    and not (length(accepted.period) = 7 and starts_with($date, accepted.period))
order by accepted.row_no
limit 1
