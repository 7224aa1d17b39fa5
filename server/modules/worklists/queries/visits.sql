-- Question: when on the day may people be met, by campaign, touchpoint and town?
-- Grain:    one row per campaign, touchpoint and town in which somebody may be.
-- Params:   $rows JSON
create or replace table work.visit as
with final as (
    select unnest(
        from_json($rows, '[{"campaign":"VARCHAR","touchpoint":"VARCHAR","town_code":"VARCHAR",
            "window_start":"VARCHAR","window_end":"VARCHAR","season":"VARCHAR",
            "is_by_contract":"BOOLEAN"}]'),
        recursive := true
    )
)
select * from final
