import type { Pool } from 'pg'
import { afterAll, expect, test } from 'vitest'
import { openBranch } from './branch.ts'

const branch = await openBranch('2026-11-20T00:00Z')
afterAll(() => branch.close())
const { owner } = branch.house.ledger

/** Relations that no policy guards, each with the reason why nobody reads them while serving. */
const UNGUARDED: Readonly<Record<string, string>> = {
  'public.gridkeeper_migration': 'names and checksums of migrations; no grant to anybody',
}
/** Schemas that PostgreSQL keeps for itself. */
const OWN = `nspname not in ('pg_catalog', 'information_schema') and nspname !~ '^pg_'`

const FAULTS = `
  with relation as (
      select c.oid, n.nspname || '.' || c.relname as name, c.relkind, c.relrowsecurity,
             c.relforcerowsecurity, c.relacl, c.relowner, c.reloptions
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where ${OWN} and c.relkind in ('r', 'p', 'v', 'm', 'f')
  ),
  routine as (
      select n.nspname || '.' || p.proname as name, p.prosecdef, p.proconfig, p.proacl, p.proowner
        from pg_proc p join pg_namespace n on n.oid = p.pronamespace where ${OWN}
  ),
  served(oid, rolname) as (
      select oid, rolname from pg_roles where rolname in ('gridkeeper_app', 'gridkeeper_login')
  )
  select name, 'row-level security is not enabled and forced' as fault from relation
   where relkind in ('r', 'p') and not (relrowsecurity and relforcerowsecurity)
  union all
  select name, 'has no policy' from relation
   where relkind in ('r', 'p') and not exists (select from pg_policy where polrelid = relation.oid)
  union all
  select name, 'grants ' || g.privilege_type || ', which no policy covers' from relation
   cross join aclexplode(relacl) as g
   where relkind in ('r', 'p') and g.grantee in (select oid from served)
     and not exists (
         select from pg_policy p
          where p.polrelid = relation.oid and p.polcmd in ('*', case g.privilege_type
              when 'SELECT' then 'r' when 'INSERT' then 'a' when 'UPDATE' then 'w'
              when 'DELETE' then 'd' end)
            and p.polroles && array[0::oid, g.grantee])
  union all
  select name, 'grants ' || g.privilege_type || ' to everybody' from relation
   cross join aclexplode(relacl) as g where g.grantee = 0
  union all
  select name, 'is owned by whoever serves' from relation
   where relowner in (select oid from served)
  union all
  select name, 'is a view that reads as its owner' from relation
   where relkind = 'v' and not coalesce(reloptions @> array['security_invoker=true'], false)
  union all
  select name, 'keeps rows where no policy holds' from relation where relkind in ('m', 'f')
  union all
  select name, 'runs as its owner without a fixed search_path' from routine
   where prosecdef and not exists (
       select from unnest(proconfig) as setting where setting like 'search\\_path=%')
  union all
  select name, 'runs as its owner for everybody' from routine
   where prosecdef and (proacl is null
      or exists (select from aclexplode(proacl) as g where g.grantee = 0))
  union all
  select name, 'is owned by whoever serves' from routine where proowner in (select oid from served)
  union all
  select nspname, 'lets whoever serves create things in it' from pg_namespace
   cross join served where ${OWN} and has_schema_privilege(served.oid, pg_namespace.oid, 'create')
  union all
  select rolname, 'is a role past every policy' from pg_roles
   where rolname in (select rolname from served) and (rolsuper or rolbypassrls or rolcreaterole)
   order by 1, 2`

async function faults(asked: Pick<Pool, 'query'>): Promise<string[]> {
  const { rows } = await asked.query<{ name: string; fault: string }>(FAULTS)
  return rows
    .filter(({ name }) => UNGUARDED[name] === undefined)
    .map(({ name, fault }) => `${name} ${fault}`)
}

test('every table, view and function of the ledger is guarded', async () => {
  const { rows } = await owner.query<{ tables: number; functions: number }>(
    `select (select count(*)::integer from pg_class c join pg_namespace n on n.oid = c.relnamespace
              where ${OWN} and relkind in ('r', 'p', 'v')) as tables,
            (select count(*)::integer from pg_proc p join pg_namespace n on n.oid = p.pronamespace
              where ${OWN} and prosecdef) as functions`,
  )
  expect(rows[0]?.tables).toBeGreaterThan(20)
  expect(rows[0]?.functions).toBeGreaterThan(10)
  expect(await faults(owner)).toEqual([])
})

test('what is excepted is still there, and nobody who serves has it', async () => {
  for (const name of Object.keys(UNGUARDED)) {
    const { rows } = await owner.query(
      `select has_table_privilege('gridkeeper_app', $1, 'select, insert, update, delete') as app`,
      [name],
    )
    expect(rows).toEqual([{ app: false }])
  }
})

test.each([
  ['alter table people.unit no force row level security', 'people.unit row-level security'],
  ['alter table subscribers.card disable row level security', 'subscribers.card row-level'],
  ['create table people.extra (id text)', 'people.extra has no policy'],
  ['grant delete on people.unit to gridkeeper_app', 'people.unit grants DELETE, which no policy'],
  ['grant select on people.unit to public', 'people.unit grants SELECT to everybody'],
  [
    'create view people.names as select name from people.staff',
    'people.names is a view that reads',
  ],
  ['create materialized view people.kept as select 1 as one', 'people.kept keeps rows'],
  ['alter function people.posts() reset search_path', 'people.posts runs as its owner without'],
  ['grant execute on function people.posts to public', 'people.posts runs as its owner for everyb'],
  ['grant create on schema people to gridkeeper_app', 'people lets whoever serves create'],
])('the list notices: %s', async (change, told) => {
  const client = await owner.connect()
  try {
    await client.query('begin')
    await client.query(change)
    expect((await faults(client)).filter((line) => line.startsWith(told))).not.toEqual([])
  } finally {
    await client.query('rollback')
    client.release()
  }
})

test.each([
  ...(
    await owner.query<{ name: string }>(
      `select n.nspname || '.' || c.relname as name from pg_class c
         join pg_namespace n on n.oid = c.relnamespace where ${OWN} and relkind in ('r', 'p')`,
    )
  ).rows.filter(({ name }) => UNGUARDED[name] === undefined),
])('$name shows nothing to a ticket that nobody holds', async ({ name }) => {
  const client = await branch.house.ledger.serving.connect()
  try {
    await client.query(`begin; set local role gridkeeper_app;
      set local app.ticket = '00000000-0000-4000-8000-000000000000';
      set local app.now = '2026-11-20T00:00:00Z'`)
    const asked = client.query<{ rows: number }>(`select count(*)::integer as rows from ${name}`)
    const count = await asked.then(
      ({ rows }) => rows[0]?.rows,
      (refused: Error) => refused.message.replace(/ for .*/, ''),
    )
    expect([0, 'permission denied']).toContain(count)
  } finally {
    await client.query('rollback')
    client.release()
  }
})
