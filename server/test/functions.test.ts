import type { Pool } from 'pg'
import { afterAll, expect, test } from 'vitest'
import { openBranch } from './branch.ts'

const branch = await openBranch('2026-11-20T00:00Z')
afterAll(() => branch.close())
const { owner } = branch.house.ledger

/** What whoever serves may call in the ledger, and nothing else; a new one is added here on purpose. */
const CALLED: Readonly<Record<string, string>> = {
  people: `acting audits_the_rest branches_in_scope close_session credential_of is_foreign_account
    is_foreign_staff is_foreign_unit is_managed is_system make_token may_organise next_post_no
    note_use path_of post_mark reset_second_factor revoke_token roles_at roles_of roles_of_at
    session_of
    set_password ticket_holder today token_of units_above units_in_scope units_of_roles units_of_roles_of
    units_organised unlock`,
  pgboss: 'job_now',
  platform: `append_audit audits_the_rest branches_in_scope is_system read_json tell_webhooks
    ticket_holder unit_now units_administered units_audited`,
  subscribers: 'build_card_indexes drop_card_indexes learn_cards shown_of',
}
const EXPECTED = Object.entries(CALLED).flatMap(([schema, names]) =>
  names.split(/\s+/).map((name) => `${schema}.${name}`),
)

/** Every function of the schemas that `role` reaches; a trigger’s cannot be called. */
async function calledBy(role: string, asked: Pick<Pool, 'query'> = owner): Promise<string[]> {
  const { rows } = await asked.query<{ name: string }>(
    `select n.nspname || '.' || p.proname as name
       from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where nspname not in ('pg_catalog', 'information_schema') and nspname !~ '^pg_'
        and p.prorettype <> 'trigger'::regtype
        and has_schema_privilege($1, n.oid, 'usage') and has_function_privilege($1, p.oid, 'execute')`,
    [role],
  )
  return rows.map(({ name }) => name).sort()
}

test('whoever serves calls the functions that it needs and no other', async () => {
  expect(await calledBy('gridkeeper_app')).toEqual(EXPECTED.sort())
})

test('before a unit has taken its role, nothing is called', async () => {
  expect(await calledBy('gridkeeper_login')).toEqual([])
})

test.each([
  ['create function pgboss.later() returns integer return 1', 'pgboss.later'],
  ['grant execute on function pgboss.create_queue to gridkeeper_app', 'pgboss.create_queue'],
  ['create function platform.more() returns integer return 1', 'platform.more'],
])('the list notices: %s', async (change, added) => {
  const client = await owner.connect()
  try {
    await client.query('begin')
    await client.query(change)
    expect(await calledBy('gridkeeper_app', client)).toContain(added)
    await client.query('select platform.guard_queue()') // as after every change of the queue’s tables
    const left = await calledBy('gridkeeper_app', client)
    expect(left.filter((name) => name.startsWith('pgboss.'))).toEqual(['pgboss.job_now'])
  } finally {
    await client.query('rollback')
    client.release()
  }
})
