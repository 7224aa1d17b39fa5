-- Question: how is each name abbreviated by its sounds (张某三 → zms)?
-- Grain:    one row per distinct name of those who moved, its first eight characters.
-- Reads:    work.moved, work.later, work.sound
create or replace table work.initials as
with names as (
    select distinct left(coalesce(later.customer_name, later.contact_name), 8) as called
    from work.later semi join work.moved on moved.subscriber_id = later.subscriber_id and moved.fate <> 'gone'
    where coalesce(later.customer_name, later.contact_name) is not null
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
