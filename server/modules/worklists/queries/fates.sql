-- Question: what did the assignment say of each eligible candidate?
-- Grain:    one row per eligible candidate, appended by number; `why` where nobody got it.
create or replace table work.fate (
    place integer, person integer, touchpoint varchar, visit_order integer, why integer
)
