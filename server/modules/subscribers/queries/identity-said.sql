-- Question: which names and numbers does each accepted subscriber bring, and do they look as before?
-- Grain:    one row per accepted subscriber that brings any.
-- Reads:    work.accepted, work.converted
-- Params:   $inner, $outer, the keys of tokens; $branch
-- The order in `said` is that of SEALED_COLUMNS in identity.ts.
create or replace table work.identity as
with told as (
    select converted.row_no, converted.subscriber_id,
        coalesce(converted.customer_name, converted.contact_name) as name,
        coalesce(converted.contact_phone, converted.service_number) as number,
        rtrim(
            array_to_string(
                list_transform(
                    [
                        converted.customer_name, converted.contact_name, converted.account_name,
                        converted.contact_phone, converted.service_number, converted.id_card_no,
                        converted.wecom_external_id
                    ],
                    lambda value: coalesce(replace(value, chr(31), ''), '')
                ),
                chr(31)
            ),
            chr(31)
        ) as said
    from work.accepted as converted
),
final as (
    select told.row_no, told.subscriber_id, told.name, told.number, told.said,
        left(sha256($outer || sha256($inner || concat_ws(chr(31), $branch, strlen(told.subscriber_id), told.subscriber_id, told.said))), 24) as nonce
    from told
    where told.said <> ''
)
select * from final
