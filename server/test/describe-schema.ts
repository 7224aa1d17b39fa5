import type { Pool } from 'pg'

/**
 * The schema that all migrations make, as text that reads like SQL: tables with columns and
 * constraints, indexes, policies, triggers, grants and functions, in the order of their names. The
 * tables of the queue are left out: pg-boss makes them, one of them named after the day.
 */
export async function describeSchema(owner: Pool): Promise<string> {
  const { rows } = await owner.query<{ line: string }>(QUESTION)
  return `${rows.map(({ line }) => line).join('\n')}\n`
}

const QUESTION = `
with house as (
    select oid, nspname from pg_namespace
     where nspname not in ('pg_catalog', 'information_schema', 'public', 'pgboss')
       and nspname !~ '^pg_'
),
relation as (
    select c.oid, c.relkind, format('%I.%I', h.nspname, c.relname) as name,
           c.relrowsecurity, c.relforcerowsecurity
      from pg_class c join house h on h.oid = c.relnamespace
     where c.relkind in ('r', 'v')
),
part(name, place, line) as (
    select name, 0, case when relkind = 'v' then format('view %s as %s', name, pg_get_viewdef(oid, true))
           else format('table %s%s', name, case when relrowsecurity and relforcerowsecurity
                then '  -- row level security, forced' else '  -- NO ROW LEVEL SECURITY' end) end
      from relation
    union all
    select r.name, a.attnum, format('    %I %s%s%s', a.attname, format_type(a.atttypid, a.atttypmod),
           case when a.attnotnull then ' not null' else '' end,
           coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), ''))
      from relation r join pg_attribute a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
      left join pg_attrdef d on (d.adrelid, d.adnum) = (a.attrelid, a.attnum)
     where r.relkind = 'r'
    union all
    select r.name, 2000, format('    constraint %I %s', k.conname, pg_get_constraintdef(k.oid, true))
      from relation r join pg_constraint k on k.conrelid = r.oid and k.contype in ('p', 'u', 'c', 'f', 'x')
    union all
    select r.name, 3000, '    ' || regexp_replace(pg_get_indexdef(i.indexrelid), '^CREATE ', '')
      from relation r join pg_index i on i.indrelid = r.oid
     where not exists (select from pg_constraint k where k.conindid = i.indexrelid)
    union all
    select r.name, 4000, format('    policy %I using (%s)%s', p.polname, pg_get_expr(p.polqual, p.polrelid),
           coalesce(format(' with check (%s)', pg_get_expr(p.polwithcheck, p.polrelid)), ''))
      from relation r join pg_policy p on p.polrelid = r.oid
    union all
    select r.name, 5000, '    ' || regexp_replace(pg_get_triggerdef(t.oid, true), '^CREATE ', '')
      from relation r join pg_trigger t on t.tgrelid = r.oid and not t.tgisinternal
    union all
    select r.name, 6000, format('    grant %s to %s', string_agg(lower(g.privilege_type), ', '
           order by g.privilege_type), g.grantee::regrole)
      from relation r join pg_class c on c.oid = r.oid cross join aclexplode(c.relacl) g
     where g.grantee <> c.relowner group by r.name, g.grantee
    union all
    select format('%I.%I(%s)', h.nspname, f.proname, pg_get_function_identity_arguments(f.oid)), 0,
           regexp_replace(pg_get_functiondef(f.oid), '\\s+$', '')
      from pg_proc f join house h on h.oid = f.pronamespace
)
select line from part order by name, place, line`
