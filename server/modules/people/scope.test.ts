import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { openSession, putStaff, putUnit, ROLES, type Role, type UnitKind } from '#people'
import { openBranch } from '../../test/branch.ts'

const branch = await openBranch('2026-11-20T00:00Z')
afterAll(() => branch.close())

/** Runs a statement as the serving role would on a person’s behalf, injected SQL and all. */
async function asked(
  who: { actor: { ticket: string } },
  text: string,
): Promise<Record<string, unknown>[]> {
  const client = await branch.house.ledger.serving.connect()
  try {
    await client.query(
      `begin; set local role gridkeeper_app; set local app.ticket = '${who.actor.ticket}';
       set local app.now = '2026-11-20T00:00:00Z'`,
    )
    return (await client.query(text)).rows
  } finally {
    await client.query('rollback')
    client.release()
  }
}

const PLACES = `insert into people.place (branch_id, division_code, valid_from, name, kind, unit_id,
  recorded_at, recorded_by) values
  ('370686', '370686101', '2020-01-01', '某镇', 'town', '370686-H02-G1', now(), 'test'),
  ('370686', '370686101201', '2020-01-01', '一村', 'village', '370686-H01-G1', now(), 'test'),
  ('370686', '370686101202', '2020-01-01', '二村', 'village', '370686-H02-G1', now(), 'test'),
  ('370685', '370685101201', '2020-01-01', '邻村', 'village', '370685-H01-G1', now(), 'test')`

test('every table of the module keeps to the own subtree', async () => {
  await branch.sql(PLACES)
  const clerk = await branch.hire({ unit: '370686-H01', roles: ['hall_clerk'] })
  await branch.hire({ unit: '370686-H02', account: 'somebody-else' })
  await branch.hire({ unit: '370685', account: 'neighbour' })
  const ids = async (text: string) => (await asked(clerk, text)).map((row) => row.id)
  expect(await ids('select unit_id as id from people.unit order by 1')).toEqual([
    '370686-H01',
    '370686-H01-G1',
  ])
  expect(await ids('select staff_id as id from people.staff')).toEqual([clerk.id])
  expect(await ids('select staff_id as id from people.account')).toEqual([clerk.id])
  expect(await ids('select division_code as id from people.place order by 1')).toEqual([
    '370686101',
    '370686101201',
  ])
  for (const table of ['ticket', 'session', 'attempt'])
    expect(await ids(`select '1' as id from people.${table}`), table).toEqual([])
  await expect(ids(`select hash as id from people.password`)).rejects.toThrow('permission denied')
})

test.each([
  ['a post of one’s own above', `update people.staff set unit_id = '370686' returning unit_id`],
  [
    'a second post above',
    `insert into people.staff select staff_id, '2026-01-02', null, '37', name, phone, roles, skills, 0, 0, 0, 0, days, null, now(), 'x' from people.staff`,
  ],
  [
    'a foreign hall below the own',
    `insert into people.unit values ('370686-H02', '2026-11-20', null, '370686-H01', 'grid', 'x', null, null, now(), 'x')`,
  ],
  [
    'a ticket of the system',
    `insert into people.ticket values (gen_random_uuid(), 'system', null, now(), null)`,
  ],
  [
    'a place of another grid',
    `insert into people.place values ('370686', '370686101202', '2026-11-20', null, 'x', 'village', '370686-H02-G1', now(), 'x')`,
  ],
])('nobody can give oneself %s', async (_, text) => {
  const head = await branch.hire({ unit: '370686-H01', roles: ['administrator'] })
  await expect(asked(head, text)).rejects.toThrow('row-level security')
})

test('without a role that organises nobody changes anything, not even the own roles', async () => {
  const clerk = await branch.hire({ unit: '370686-H01', roles: ['hall_clerk'] })
  for (const text of [
    `update people.staff set roles = '{administrator}' returning 1`,
    `update people.unit set name = 'x' returning 1`,
    `update people.place set name = 'x' returning 1`,
    `update people.account set account = 'x' returning 1`,
    'delete from people.account returning 1',
  ])
    expect(await asked(clerk, text)).toEqual([])
})

test('the database and the table of roles agree on who organises', async () => {
  for (const role of Object.keys(ROLES) as Role[]) {
    const person = await branch.hire({ unit: '370686-H01', roles: [role] })
    expect(await asked(person, 'select people.may_organise() as may'), role).toEqual([
      { may: person.actor.kind === 'person' && person.actor.can.has('organisation:write') },
    ])
  }
})

/** Where the tests have a superuser’s address alone, a reset role is a superuser’s. */
const { rows: login } = await branch.house.ledger.serving.query(
  'select rolsuper from pg_roles where rolname = session_user',
)

test.skipIf(login[0]?.rolsuper)('a reset role shows nothing at all', async () => {
  const clerk = await branch.hire({ unit: '370686-H01', roles: ['hall_clerk'] })
  await expect(asked(clerk, 'reset role; select 1 from people.unit')).rejects.toThrow(
    'permission denied',
  )
})

test('neither the inner functions nor a made-up ticket show more', async () => {
  const clerk = await branch.hire({ unit: '370686-H01', roles: ['hall_clerk'] })
  await expect(asked(clerk, 'select people.posts()')).rejects.toThrow('permission denied')
  const stranger = {
    ...clerk,
    actor: { ...clerk.actor, ticket: '00000000-0000-4000-8000-000000000000' },
  }
  expect(await asked(stranger, 'select 1 from people.unit')).toEqual([])
})

const KINDS: readonly UnitKind[] = ['zone', 'hall', 'grid']
/** A random organisation below the branch: each unit names one of those before it as its parent. */
const organisation = fc.array(fc.record({ parent: fc.nat(), kind: fc.nat(2) }), {
  minLength: 3,
  maxLength: 14,
})

test('in any tree no person and no token ever reads a row of a unit that is not below the own one', async () => {
  let trees = 0
  await fc.assert(
    fc.asyncProperty(organisation, fc.nat(), fc.nat(), async (drawn, poster, mover) => {
      const tree = `370686-R${++trees}`
      const parents = new Map<string, string>()
      const kinds = new Map<string, number>()
      const place = async (id: string, parentId: string, kind: number) => {
        const of = { parentId, kind: KINDS[kind] ?? 'grid', name: id, divisionCode: null }
        const dates = { validFrom: '2020-01-01', validTo: null }
        await branch.unit(branch.system, (unit) =>
          putUnit(unit, id, { ...of, ...dates, headStaffId: null }),
        )
        parents.set(id, parentId)
        kinds.set(id, kind)
      }
      for (const [at, { parent, kind }] of drawn.entries()) {
        const higher = [...kinds].filter(([, level]) => level < kind).map(([id]) => id)
        const under = higher[parent % Math.max(1, higher.length)] ?? '370686'
        await place(`${tree}-${at}`, under, kind)
      }
      const ids = [...parents.keys()]
      const below = (root: string): string[] => [
        root,
        ...ids.filter((id) => parents.get(id) === root).flatMap(below),
      ]
      const post = ids[poster % ids.length] ?? ''
      const who = await branch.hire({ unit: post, roles: ['hall_manager'] })
      for (const id of ids) await hireSilently(`${id}-S`, id)
      const token = await tokenFor(post)
      const seen = async (by: { actor: { ticket: string } }) => ({
        units: (await asked(by, 'select distinct unit_id from people.unit')).map(
          (row) => row.unit_id as string,
        ),
        posts: (await asked(by, 'select distinct unit_id from people.staff')).map(
          (row) => row.unit_id as string,
        ),
      })
      const check = async () => {
        const expected = below(post).sort()
        for (const by of [who, token]) {
          const { units, posts } = await seen(by)
          expect(units.sort()).toEqual(expected)
          expect(posts.sort()).toEqual(expected)
        }
      }
      await check()
      // One unit moves to the branch itself: whoever saw it from above no longer does.
      const moved = ids[mover % ids.length] ?? ''
      await branch.unit(branch.system, (unit) =>
        putUnit(unit, moved, {
          parentId: '370686',
          kind: KINDS[kinds.get(moved) ?? 2] ?? 'grid',
          name: moved,
          divisionCode: null,
          headStaffId: null,
          validFrom: '2026-11-20',
          validTo: null,
        }),
      )
      parents.set(moved, '370686')
      await check()
    }),
    { seed: 370686, numRuns: 25 },
  )
})

/** What another system may see that holds a service token for the unit. */
async function tokenFor(unitId: string): Promise<{ actor: { ticket: string } }> {
  const by = await branch.hire({ roles: ['administrator'] })
  const wish = { unitId, name: unitId, actions: ['subscriber:read'], lastDay: '2026-12-31' }
  const { body } = await branch.post('/service-tokens', by, wish)
  const { made } = body as { made: { tokenId: string } }
  const [held] = await branch.sql(
    `select ticket::text from people.ticket where token_id = '${made.tokenId}'`,
  )
  return { actor: { ticket: String(held?.ticket) } }
}

async function hireSilently(staffId: string, unitId: string): Promise<void> {
  await branch.unit(branch.system, (unit) =>
    putStaff(unit, staffId, {
      name: staffId,
      phone: null,
      account: null,
      roles: ['micro_seller'],
      unitId,
      skills: [],
      capacity: { door: 0, call_out: 0, hall: 0, installer: 0 },
      days: '',
      validFrom: '2020-01-01',
      validTo: null,
      agency: null,
    }),
  )
}

test('who has no post on the day gets no session, and sees nothing with an old one', async () => {
  const clerk = await branch.hire({ unit: '370686-H01', roles: ['hall_clerk'] })
  await branch.sql(`update people.staff set valid_to = '2026-11-20' where staff_id = '${clerk.id}'`)
  expect(await asked(clerk, 'select 1 from people.unit')).toEqual([])
  await expect(
    branch.unit(branch.system, (unit) => openSession(unit, clerk.id)),
  ).rejects.toMatchObject({ code: 'staff-unknown' })
})
