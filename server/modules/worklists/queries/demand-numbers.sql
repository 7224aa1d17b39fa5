-- Question: the demand as four numbers each, for the assignment.
-- Grain:    one row per eligible candidate, in order of priority.
-- Reads:    work.demand
select demand.crew, demand.wish, demand.route from work.demand as demand order by demand.place
