-- Question: which campaigns run on the day, and with which factors?
-- Grain:    one row per campaign, `place` as in the list given
-- Params:   $campaigns, a JSON array
create or replace table work.campaign as
select row.* from (
    select unnest(from_json($campaigns::json, '[{
        "place": "INTEGER", "campaign": "VARCHAR", "name": "VARCHAR", "name_en": "VARCHAR", "version": "INTEGER",
        "purpose": "VARCHAR", "is_marketing": "BOOLEAN", "stops_for_port_out": "BOOLEAN",
        "touchpoints": ["VARCHAR"], "offers": ["VARCHAR"], "ladder": ["INTEGER"],
        "lead": "VARCHAR", "weighs_risk": "BOOLEAN",
        "p": "DOUBLE", "v": "BIGINT", "l": "DOUBLE", "hold_out_share": "DOUBLE"
    }]')) as row
)
