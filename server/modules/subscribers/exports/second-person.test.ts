import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBranch, type Person } from '../../../test/branch.ts'
import { importRows } from '../../../test/import-rows.ts'

const branch = await openBranch('2026-11-20T12:00:00Z')
afterAll(() => branch.close())
const { branchId } = branch
const at = `/branches/${branchId}`
const tied = { status: 403, body: { code: 'second-person-tied' } }

beforeAll(async () => {
  const ids = ['S1', 'S2', 'S3', 'S4', 'S5', 'S6']
  await importRows(branch, {
    kind: 'subscribers',
    date: '2026-11-20',
    rows: ids.map((subscriber_id) => ({ subscriber_id, status: 'terminated', arrears_fee: '0' })),
  })
})

const POST = {
  ...{ name: '钱某六', phone: null, skills: [], days: '12345', agency: null, validTo: null },
  ...{ capacity: { door: 0, call_out: 0, hall: 0, installer: 0 }, unitId: branchId },
}
/** Makes somebody a member of the staff, or changes who they are. */
async function appoint(by: Person, staffId: string, roles: readonly string[]): Promise<Person> {
  const body = { ...POST, roles, account: staffId.toLowerCase(), validFrom: day() }
  const url = `/organisation/staff/${staffId}`
  expect(await branch.put(url, by, body)).toMatchObject({ status: 200 })
  return branch.signIn(staffId)
}
const day = () => branch.clock.now().toISOString().slice(0, 10)

async function asks(who: Person): Promise<string> {
  const { body } = await branch.post(`${at}/exports`, who, {
    ...{ what: 'subscribers', why: '县局检查需要明细', unit: branchId, format: 'csv' },
    ...{ columns: ['subscriberId', 'name'], status: null, endsFrom: null, endsTo: null },
  })
  return (body as { exportId: string }).exportId
}
const declines = (who: Person, exportId: string) =>
  branch.post(`${at}/exports/${exportId}/decision`, who, { approve: false, note: '不需要' })
const mayDecide = async (who: Person, exportId: string) => {
  const { body } = await branch.get(`${at}/exports?limit=200`, who)
  const { rows } = body as { rows: { exportId: string; can: string[] }[] }
  return rows.find((each) => each.exportId === exportId)?.can.includes('decide')
}

test('whoever asks cannot make somebody who approves; another can, and in a month they can', async () => {
  const admin = await branch.hire({ roles: ['administrator'] })
  const made = await appoint(admin, 'P1', ['support_lead'])
  const other = await branch.hire({ roles: ['support_lead'] })
  const exportId = await asks(admin)
  expect(await mayDecide(made, exportId)).toBe(false)
  expect(await declines(made, exportId)).toMatchObject(tied)
  expect(await mayDecide(other, exportId)).toBe(true)
  expect(await declines(other, exportId)).toMatchObject({ status: 200 })
  const before = branch.clock.now().toISOString()
  branch.clock.set('2026-12-20T12:00:01Z')
  const later = await asks(await branch.signIn(admin.id))
  expect(await declines(await branch.signIn(made.id), later)).toMatchObject({ status: 200 })
  branch.clock.set(before)
})

test('nor through somebody whom they made first', async () => {
  const admin = await branch.hire({ roles: ['administrator'] })
  const between = await appoint(admin, 'P2', ['administrator'])
  const made = await appoint(between, 'P3', ['support_lead'])
  expect(await declines(made, await asks(admin))).toMatchObject(tied)
})

test('a password that somebody was given ties them to whoever gave it', async () => {
  const admin = await branch.hire({ roles: ['administrator'] })
  const lead = await branch.hire({ roles: ['support_lead'], account: 'lead4' })
  const url = `/organisation/staff/${lead.id}/password`
  const given = { password: 'ein-langes-wort-77' }
  expect(await branch.put(url, admin, given)).toMatchObject({ status: 200 })
  const entered = await branch.signIn(lead.id)
  expect(await declines(entered, await asks(admin))).toMatchObject(tied)
})

test('nobody approves what those ask for whom they have just appointed', async () => {
  const manager = await branch.hire({ roles: ['branch_manager'] })
  const appointed = await appoint(manager, 'P5', ['zone_manager'])
  const exportId = await asks(appointed)
  expect(await mayDecide(manager, exportId)).toBe(false)
  expect(await declines(manager, exportId)).toMatchObject(tied)
})

test('two whom the same administrator appointed are not tied to each other', async () => {
  const admin = await branch.hire({ roles: ['administrator'] })
  const one = await appoint(admin, 'P6', ['zone_manager'])
  const two = await appoint(admin, 'P7', ['support_lead'])
  expect(await declines(two, await asks(one))).toMatchObject({ status: 200 })
})

test('an erasure takes a second person who is another one as well', async () => {
  const admin = await branch.hire({ roles: ['administrator'] })
  const made = await appoint(admin, 'P8', ['support_lead'])
  const other = await branch.hire({ roles: ['support_lead'] })
  const { body } = await branch.post(`${at}/erasures`, admin, {
    ...{ subscriberId: 'S1', household: false, ground: 'asked', number: 'XF-1' },
  })
  const { erasureId } = body as { erasureId: string }
  const decline = (who: Person) =>
    branch.post(`${at}/erasures/${erasureId}/decision`, who, { approve: false, note: '仍在网' })
  const cans = async (who: Person) => {
    const listed = await branch.get(`${at}/erasures`, who)
    return (listed.body as { rows: { can: string[] }[] }).rows.map(({ can }) => can)
  }
  expect(await cans(made)).toEqual([[]])
  expect(await decline(made)).toMatchObject(tied)
  expect(await cans(other)).toEqual([['decide']])
  expect(await decline(other)).toMatchObject({ status: 200 })
})
