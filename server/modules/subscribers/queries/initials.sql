-- Question: how is each name abbreviated by its sounds (张某三 → zms)?
-- Grain:    one row per distinct name that is sealed now, its first eight characters.
-- Reads:    work.fresh, work.sound
create or replace table work.initials as
with names as (
    select distinct fresh.called from work.fresh where fresh.called is not null
),
parted as (
    select names.called,
        coalesce(compound.initials, single.initials, '') as surname,
        case when compound.initials is not null then substr(names.called, 3) else substr(names.called, 2) end as given
    from names
    left join work.sound as compound
        on compound.kind = 'surname' and length(compound.part) = 2 and compound.part = left(names.called, 2)
    left join work.sound as single
        on single.kind = 'surname' and length(single.part) = 1 and single.part = left(names.called, 1)
),
letters as (
    select parted.called, parted.surname, generate_subscripts(string_split(parted.given, ''), 1) as place,
        unnest(string_split(parted.given, '')) as part
    from parted
),
final as (
    select letters.called,
        letters.surname || coalesce(string_agg(letter.initials, '' order by letters.place), '') as initials
    from letters left join work.sound as letter on letter.kind = 'letter' and letter.part = letters.part
    group by letters.called, letters.surname
)
select * from final
