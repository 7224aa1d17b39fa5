-- What was told stays. When somebody is erased the system empties the free text, takes the proof's
-- reference away, and parts the rows from the household, whose number may be made of an address.
create function contacts.keep_told() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
declare
    erasable text[] := case tg_table_name
        when 'contact' then array['household_id', 'reason', 'note']
        else array['proof_ref', 'note'] end;
    told jsonb := to_jsonb(new);
begin
    if tg_op = 'UPDATE' and people.is_system() and told - erasable = to_jsonb(old) - erasable
        and told ->> 'note' is null and told ->> 'reason' is null
        and coalesce(told ->> 'proof_ref', '-') = '-'
        and coalesce(told ->> 'household_id', 's-') like 's-%' then
        return new;
    end if;
    raise exception '% is append-only', tg_table_schema || '.' || tg_table_name
        using errcode = 'restrict_violation';
end
$$;
drop trigger append_only on contacts.contact;
create trigger append_only before update or delete on contacts.contact
    for each row execute function contacts.keep_told();
drop trigger append_only on contacts.consent;
create trigger append_only before update or delete on contacts.consent
    for each row execute function contacts.keep_told();
grant update (household_id, reason, note) on contacts.contact to gridkeeper_app;
grant update (proof_ref, note) on contacts.consent to gridkeeper_app;
