-- Question: in which town, and which village or community of it, does an address begin?
-- Grain:    one row per beginning whose town is known.
-- Reads:    work.stem; work.place: the branch on the day
-- A village is looked for inside its town only: names such as 东庄 stand in many towns.
create or replace table work.known_stem as
with in_town as (
    select stem.stem, town.division_code as town_code,
        substr(stem.stem, strpos(stem.stem, town.name) + length(town.name)) as after_town
    from work.stem inner join work.place as town on town.kind = 'town' and contains(stem.stem, town.name)
    qualify row_number() over (
        partition by stem.stem order by strpos(stem.stem, town.name), length(town.name) desc, town.division_code
    ) = 1
),
spoken as (
    select place.division_code, place.town_code,
        regexp_replace(place.name, '(?:村民委员会|村委会|居民委员会|居委会)$', '') as called
    from work.place
    where place.kind in ('village', 'community', 'compound')
),
settled as (
    select in_town.stem, spoken.division_code as settlement_code,
        substr(in_town.after_town, length(spoken.called) + 1) as compound
    from in_town inner join spoken
        on spoken.town_code = in_town.town_code and spoken.called <> ''
        and starts_with(in_town.after_town, spoken.called)
    qualify row_number() over (
        partition by in_town.stem order by length(spoken.called) desc, spoken.division_code
    ) = 1
),
final as (
    select in_town.stem, in_town.town_code, settled.settlement_code,
        coalesce(settled.compound, in_town.after_town) as compound
    from in_town left join settled on settled.stem = in_town.stem
)
select * from final
