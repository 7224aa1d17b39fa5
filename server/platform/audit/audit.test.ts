import { afterAll, expect, test } from 'vitest'
import { openBranch } from '../../test/branch.ts'
import { audit } from './audit.ts'
import { selectFaults } from './store.ts'

const branch = await openBranch('2026-11-20T00:00Z')
afterAll(() => branch.close())
const CHAIN = branch.branchId
const trail = () =>
  branch.sql(`select seq, actor, action, about_id, body from platform.audit_entry
               where chain = '${CHAIN}' order by seq`)
const faults = () => branch.unit(branch.system, selectFaults)

test('what is done leaves an entry that names who, when and what', async () => {
  const manager = await branch.hire({ unit: CHAIN })
  await branch.unit(manager, async (unit) =>
    audit(unit, {
      ...{ branchId: CHAIN, action: 'settings.changed' },
      about: { kind: 'settings', id: 'caps' },
      values: { door: 3 },
    }),
  )
  const [entry] = await trail()
  expect(entry).toMatchObject({ actor: manager.id, action: 'settings.changed', about_id: 'caps' })
  expect(JSON.parse(String(entry?.body))).toEqual({
    ...{ chain: CHAIN, seq: 1, prev: '', at: '2026-11-20T00:00:00.000Z', actor: manager.id },
    ...{ action: 'settings.changed', kind: 'settings', id: 'caps', values: { door: 3 } },
  })
})

test('what is undone leaves none', async () => {
  const before = await trail()
  await expect(
    branch.unit(branch.system, async (unit) => {
      audit(unit, { branchId: CHAIN, action: 'backup.made' })
      throw new Error('undone')
    }),
  ).rejects.toThrow('undone')
  expect(await trail()).toEqual(before)
})

test('nobody writes in a foreign branch, or in another’s name', async () => {
  const clerk = await branch.hire({ unit: '370685', roles: ['hall_clerk'] })
  await expect(
    branch.unit(clerk, async (unit) => audit(unit, { branchId: CHAIN, action: 'audit.read' })),
  ).rejects.toThrow('foreign branch')
  await branch.unit(clerk, async (unit) =>
    audit(unit, { branchId: '370685', action: 'export.made', actor: 'somebody-else' }),
  )
  const [entry] = await branch.sql(
    `select actor from platform.audit_entry where action = 'export.made'`,
  )
  expect(entry?.actor).toBe(clerk.id)
})

test('two hundred at once are one chain without a hole', async () => {
  const clerks = await Promise.all(
    Array.from({ length: 4 }, () => branch.hire({ unit: CHAIN, roles: ['hall_clerk'] })),
  )
  await Promise.all(
    Array.from({ length: 200 }, (_, nth) =>
      branch.unit(clerks[nth % 4] as (typeof clerks)[0], async (unit) =>
        audit(unit, {
          ...{ branchId: CHAIN, action: 'portrait.read' },
          about: { kind: 'subscriber', id: `s${nth}` },
        }),
      ),
    ),
  )
  const seen = await trail()
  expect(seen.map(({ seq }) => seq)).toEqual(seen.map((_, nth) => nth + 1))
  expect(await faults()).toEqual([])
})

test('not even the owner of the tables changes an entry in passing', async () => {
  for (const text of [
    `update platform.audit_entry set actor = 'x'`,
    'delete from platform.audit_entry',
    'truncate platform.audit_entry',
  ])
    await expect(branch.sql(text)).rejects.toThrow('append-only')
})

const auditor = await branch.hire({ unit: CHAIN, roles: ['auditor'] })

test('an auditor reads the trail of the branch, page by page, and that is in it as well', async () => {
  const first = await branch.get(`/branches/${CHAIN}/audit?action=portrait.read&limit=150`, auditor)
  expect(first.body).toMatchObject({ total: 200, rows: { length: 150 } })
  const { next, rows } = first.body as { next: string; rows: { seq: number; about: object }[] }
  expect(rows[0]?.about).toMatchObject({ kind: 'subscriber' })
  const second = await branch.get(
    `/branches/${CHAIN}/audit?action=portrait.read&limit=150&cursor=${next}`,
    auditor,
  )
  const rest = (second.body as { rows: { seq: number }[] }).rows
  expect(new Set([...rows, ...rest].map(({ seq }) => seq)).size).toBe(200)
  const [last] = (await trail()).slice(-1)
  expect(last).toMatchObject({ actor: auditor.id, action: 'audit.read' })
})

test('nobody else reads it: not by the page, not by a query', async () => {
  const manager = await branch.hire({ unit: CHAIN })
  expect(await branch.get(`/branches/${CHAIN}/audit`, manager)).toMatchObject({ status: 403 })
  const stranger = await branch.hire({ unit: '370685', roles: ['auditor'] })
  expect(await branch.get(`/branches/${CHAIN}/audit`, stranger)).toMatchObject({ status: 404 })
})
