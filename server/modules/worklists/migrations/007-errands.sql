-- Tasks that were given together for one purpose; and of a result that a household is with somebody
-- else, an erasure empties with whom.

alter table worklists.task
    add column errand uuid,                          -- what it was given for together with others: a sweep
    add constraint task_errand_check check (errand is null or origin = 'hand'),
    -- What follows from a task that somebody gave by hand speaks of no campaign either.
    drop constraint task_words_check,
    add constraint task_words_check check (origin <> 'plan' or words_of is not null);
-- What became of the tasks of this errand?
create index task_of_errand on worklists.task (branch_id, errand) where errand is not null;

alter table worklists.result
    drop constraint result_check3,
    add constraint result_rival_check check (
        case when result = 'competitor' then rival is not null or is_erased else rival is null end);

create or replace function worklists.keep_told() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
declare
    erasable constant text[] := array['note', 'product', 'receipt', 'rival', 'latitude', 'longitude',
        'accuracy_m', 'positioned_at', 'is_erased'];
    told jsonb := to_jsonb(new);
begin
    if tg_op = 'UPDATE' and people.is_system() and told - erasable = to_jsonb(old) - erasable
        and coalesce(told ->> 'note', told ->> 'product', told ->> 'receipt', told ->> 'rival',
            told ->> 'latitude', told ->> 'longitude', told ->> 'accuracy_m',
            told ->> 'positioned_at') is null and new.is_erased then
        return new;
    end if;
    raise exception '% is append-only', tg_table_schema || '.' || tg_table_name
        using errcode = 'restrict_violation';
end
$$;
grant update (rival) on worklists.result to gridkeeper_app;
-- Of whom was erased before. The owner of the tables has no scope, and no append-only trigger.
alter table worklists.result no force row level security, disable trigger append_only;
update worklists.result set rival = null where is_erased and rival is not null;
alter table worklists.result force row level security, enable trigger append_only;
