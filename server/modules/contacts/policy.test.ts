import { afterAll, expect, test } from 'vitest'
import { publishContacts } from '#contacts'
import { publishSubscribers } from '#subscribers'
import { openBranch, type Person } from '../../test/branch.ts'
import { importRows } from '../../test/import-rows.ts'

const branch = await openBranch('2026-11-20T12:00:00Z')
afterAll(() => branch.close())
const { branchId } = branch
const admin = await branch.hire({ roles: ['administrator'] })
const city = await branch.hire({ unit: '3706', roles: ['administrator'] })

const HOUSE = {
  ...{ perChannel: 1, perChannelDays: 7, inTotal: 3, totalDays: 30 },
  ...{ refusalMonths: 3, renewalIsMarketing: false },
}
const of = (unitId: string) => `/organisation/units/${unitId}/settings/contacts`
const read = async (who: Person, unitId = branchId) => (await branch.get(of(unitId), who)).body
const put = (who: Person, change: object, unitId = branchId) =>
  branch.put(of(unitId), who, { ...HOUSE, ...change })

test('while nobody has said anything, the rules of the house hold, and the law sets the least', async () => {
  expect(await read(admin)).toEqual({
    ...{ inForce: HOUSE, from: null, history: [], can: ['settings:write'] },
    limits: [{ setting: 'refusalMonths', limit: 3, by: { zh: '法规', en: 'the law' } }],
  })
})

test('a refusal never holds for less than the law says', async () => {
  expect(await put(admin, { refusalMonths: 2 })).toMatchObject({
    status: 422,
    body: { code: 'contact-policy-too-loose', values: { setting: 'refusalMonths', limit: 3 } },
  })
})

test('each saving is a version with its author; the same again is none', async () => {
  const stricter = { perChannelDays: 14 }
  expect(await put(admin, stricter)).toMatchObject({ status: 200 })
  branch.clock.set('2026-11-20T12:10:00Z')
  await put(admin, stricter)
  await put(admin, { refusalMonths: 4 })
  const name = `测试${admin.id}`
  expect(await read(admin)).toMatchObject({
    inForce: { ...HOUSE, refusalMonths: 4 },
    from: { unitId: branchId, name: '栖霞', version: 2 },
    history: [
      { version: 2, savedAt: '2026-11-20T12:10:00.000Z', savedBy: admin.id },
      { version: 1, savedByName: { zh: name, en: name }, setting: { ...HOUSE, ...stricter } },
    ],
  })
  const manager = await branch.hire({ unit: '370685' })
  expect(await read(manager, '370685'), 'the neighbour is not touched').toMatchObject({
    from: null,
  })
})

test('what a city sets holds below it at once, and nobody below it may be looser', async () => {
  expect(await put(city, { inTotal: 2, refusalMonths: 6 }, '3706')).toMatchObject({ status: 200 })
  expect(await read(admin)).toMatchObject({
    inForce: { perChannelDays: 7, inTotal: 2, refusalMonths: 6 },
    limits: expect.arrayContaining([
      { setting: 'inTotal', limit: 2, by: { zh: '烟台', en: '烟台' } },
    ]),
  })
  const neighbour = await branch.hire({ unit: '370685-H01', roles: ['hall_clerk'] })
  expect(await read(neighbour, '370685')).toMatchObject({
    ...{ inForce: { inTotal: 2 }, from: { unitId: '3706' }, can: [] },
  })
  expect(await put(admin, { inTotal: 3, refusalMonths: 6 })).toMatchObject({
    body: { code: 'contact-policy-too-loose', values: { setting: 'inTotal', levelZh: '烟台' } },
  })
  expect(await put(admin, { inTotal: 1, refusalMonths: 7 })).toMatchObject({ status: 200 })
})

test('two who save at once are two versions, one after the other', async () => {
  const saved = await Promise.all([
    put(admin, { inTotal: 1, refusalMonths: 7, perChannelDays: 8 }),
    put(admin, { inTotal: 1, refusalMonths: 7, perChannelDays: 9 }),
  ])
  expect(saved.map(({ status }) => status)).toEqual([200, 200])
  const trail = await branch.sql(
    `select about_id from platform.audit_entry where action = 'settings.changed'
        and chain = '${branchId}' order by seq desc limit 2`,
  )
  expect(trail).toEqual([{ about_id: 'contacts' }, { about_id: 'contacts' }])
})

test('rules are for whoever has the unit in scope and the permission, and for no hall', async () => {
  const manager = await branch.hire()
  const zone = await branch.hire({ unit: '370686-Z1', roles: ['administrator'] })
  const refused = { status: 403, body: { code: 'not-allowed' } }
  expect(await put(manager, {})).toMatchObject(refused)
  expect(await put(zone, { inTotal: 1, refusalMonths: 9 })).toMatchObject(refused)
  expect(await put(admin, { inTotal: 1 }, '3706'), 'nor of the level above').toMatchObject(refused)
  expect(await put(admin, {}, '370685')).toMatchObject({ body: { code: 'unit-unknown' } })
  expect(await put(admin, {}, '370686-H01')).toMatchObject({ body: { code: 'settings-not-here' } })
})

test('a refusal stands in the lake for as many months as the rules say', async () => {
  await importRows(branch, {
    kind: 'subscribers',
    date: '2026-11-20',
    rows: [{ subscriber_id: 'S1', household_id: 'H1', status: 'active' }],
  })
  await importRows(branch, {
    kind: 'contacts',
    date: '2026-11-20',
    rows: [
      {
        ...{ contact_id: 'C1', subscriber_id: 'S1', at: '2026-07-31T10:00:00+08:00' },
        ...{ channel: 'door', purpose: 'marketing', result: 'refused' },
      },
    ],
  })
  await using session = await branch.works.lake.session()
  await publishSubscribers(branch.works, session, branchId, '2026-11-21')
  await publishContacts(branch.works, session, branchId, '2026-11-21')
  expect(await session.rows('select "until" from published.standing_refusals')).toEqual([
    { until: '2027-02-28' },
  ])
})
