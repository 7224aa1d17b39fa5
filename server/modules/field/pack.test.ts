import { afterAll, expect, test } from 'vitest'
import type { DayPack } from '#contract/field.ts'
import { unwatched } from '#platform/works.ts'
import { makePlan, publishPlan } from '#worklists'
import { openCounty } from '../../test/county.ts'
import { isGenuine, openPhone } from '../../test/phone.ts'

/** Saturday, half past six in the morning. */
const county = await openCounty('2026-11-20T22:30:00Z')
afterAll(() => county.close())
const { branchId, works } = county
const { planId } = await makePlan(works, { branchId, day: '2026-11-21' }, unwatched)
await publishPlan(works, { branchId, planId }, unwatched)
const [busy] = await county.sql(`
  select assignee_id as id from worklists.task where touchpoint = 'door' and state = 'open'
   group by 1 order by count(*) desc, 1 limit 1`)
const seller = await county.signIn(String(busy?.id))
const phone = await openPhone(county, seller)
const { tasks, ...pack } = await phone.pack()

test('the pack is the own list of today, in order, with what is said at the door', async () => {
  const { body } = await county.get(`/branches/${branchId}/people/${seller.id}/list`, seller)
  const { stops } = body as { stops: { tasks: DayPack['tasks'] }[] }
  const listed = stops.flatMap((stop) => stop.tasks)
  expect(listed.length).toBeGreaterThan(5)
  expect(tasks).toMatchObject(listed)
  expect(pack).toMatchObject({
    ...{ version: 1, branchId, staffId: seller.id, deviceId: phone.deviceId, planId },
    ...{ day: '2026-11-21', issuedAt: '2026-11-20T22:30:00.000Z' },
    expiresAt: '2026-11-21T10:30:00.000Z', // twelve hours, before midnight
  })
})

test('it knows who else of the unit works that day, by name and id alone', async () => {
  const crew = await county.sql(`
    select distinct staff_id as "staffId", name from people.staff
     where unit_id in (select unit_id from people.staff where staff_id = '${seller.id}')
       and staff_id <> '${seller.id}'`)
  const { colleagues = [] } = pack
  expect(colleagues.length).toBeGreaterThan(0)
  expect(crew).toEqual(expect.arrayContaining(colleagues))
  expect(Object.keys(colleagues[0] ?? {}).sort()).toEqual(['name', 'staffId'])
  const [post] = await county.sql(`select unit_id as unit from people.staff
    where staff_id = '${seller.id}'`)
  await county.hire({ unit: String(post?.unit), roles: ['analyst'] })
  expect((await phone.pack()).colleagues, 'nobody hands a task to who only looks on').toEqual(
    colleagues,
  )
})

test('in the afternoon it ends with the day', async () => {
  county.clock.set('2026-11-21T08:00:00Z')
  expect((await phone.pack()).expiresAt).toBe('2026-11-21T16:00:00.000Z')
  county.clock.set('2026-11-20T22:30:00Z')
})

test('at each door it says what the gate says, and when quiet hours end', async () => {
  for (const task of tasks.slice(0, 10)) {
    const url = `/branches/${branchId}/subscribers/${encodeURIComponent(task.subscriberId)}/touch-gates?purpose=${task.purpose}&offer=${task.offer.id}`
    const { body } = await county.get(url, seller)
    const { gates } = body as { gates: object[] }
    expect(task.gates).toMatchObject(gates)
  }
  const call = tasks[0]?.gates.find(({ touchpoint }) => touchpoint === 'call_out')
  expect(call?.may, 'half past six is too early for a call').toBe(false)
  const quiet = call?.against.find(({ code }) => code === 'quiet-hours')
  expect(call?.open.map(({ from }) => from)).toContain(quiet?.opens)
})

test('a household in a unit that the visitor does not see is judged as any other', async () => {
  const [helped] = tasks.slice(-1)
  await county.sql(`update subscribers.card set unit_id = '370685-H01-G1'
    where subscriber_id = '${helped?.subscriberId}'`)
  const { tasks: again } = await phone.pack()
  expect(again.at(-1)?.gates).toEqual(helped?.gates)
  await county.sql(`update subscribers.card set unit_id = '${helped?.unitId}'
    where subscriber_id = '${helped?.subscriberId}'`)
})

test('of whom somebody met before it says when, how, by whom and with which result', async () => {
  const met = tasks[0]
  if (!met) throw new Error('there is a task')
  county.clock.set('2026-11-21T01:00:00Z')
  await county.post(`/branches/${branchId}/subscribers/${met.subscriberId}/touches`, seller, {
    ...{ at: null, channel: 'hall', purpose: 'service', result: 'done' },
    ...{ scope: null, offer: null, until: null, note: '不出现在包里' },
  })
  const after = await phone.pack()
  const [name] = await county.sql(`select name from people.staff where staff_id = '${seller.id}'`)
  expect(after.tasks[0]?.lastTouch).toEqual({
    ...{ at: '2026-11-21T01:00:00.000Z', channel: 'hall', result: 'done', staffName: name?.name },
  })
  expect(JSON.stringify(after)).not.toContain('不出现在包里')
})

test('it names the doors near by that are to be left alone, by their address only', async () => {
  const ids = tasks.map(({ subscriberId }) => `'${subscriberId}'`).join(', ')
  const homes = tasks.map(({ householdId }) => `'${householdId}'`).join(', ')
  const [near] = await county.sql(`
    select subscriber_id as id, household_id as home, address from subscribers.card
     where place_code in (select place_code from subscribers.card where subscriber_id in (${ids}))
       and household_id not in (${homes}) and address is not null
       and not exists (select from contacts.contact
         where contact.household_id = card.household_id and result = 'refused')
     order by 1 limit 1`)
  const doors = async () => (await phone.pack()).neighbours
  const known = (await doors()).map(({ address }) => address)
  expect(known).not.toContain(near?.address)
  county.clock.set('2026-11-21T02:00:00Z')
  await county.post(`/branches/${branchId}/subscribers/${near?.id}/touches`, seller, {
    ...{ at: null, channel: 'call_in', purpose: 'marketing', result: 'refused' },
    ...{ scope: 'all', offer: null, until: null, note: null },
  })
  const added = (await doors()).filter(({ address }) => !known.includes(address))
  expect(added).toMatchObject([{ address: near?.address, until: '2027-02-21' }])
  expect(Object.keys(added[0] ?? {}).sort()).toEqual(['address', 'place', 'town', 'until'])
})

test('one byte changed, or another key, and the signature is good no more', async () => {
  const { body } = await phone.askPack()
  const told = body as { pack: string; signature: string; keyId: string }
  expect(await isGenuine(phone.registered, told)).toBe(true)
  for (const at of [0, Math.floor(told.pack.length / 2), told.pack.length - 1]) {
    const changed = String.fromCharCode(told.pack.charCodeAt(at) ^ 1)
    const pack = told.pack.slice(0, at) + changed + told.pack.slice(at + 1)
    expect(await isGenuine(phone.registered, { ...told, pack }), `byte ${at}`).toBe(false)
  }
  const foreign = { signingKey: phone.registered.sealingKey }
  expect(await isGenuine(foreign, told)).toBe(false)
})

test('no name and no number is in it, and the trail counts what was taken along', async () => {
  const text = JSON.stringify(await phone.pack())
  expect(text).not.toMatch(/1[3-9]\d{9}/)
  const [entry] = await county.sql(`select body from platform.audit_entry
    where action = 'pack.issued' order by seq desc limit 1`)
  expect(JSON.parse(String(entry?.body)).values).toMatchObject({ tasks: tasks.length })
})
