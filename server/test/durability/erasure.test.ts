import { createHash } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { verifyAudit } from '#platform/audit/verify.ts'
import { calledBy } from '#subscribers'
import { addDays } from '../journeys/closed-doors.ts'
import { FULL, openDesk } from '../journeys/command-line.ts'
import { giveAccount, openAt, type Served, signIn, startServer } from '../journeys/served.ts'
import { openedTracesOf } from '../traces.ts'
import { BRANCH, DAY, openSmallCounty } from './small-county.ts'

const KILLS = FULL ? 40 : 4
const LONGEST_MS = 400

/** Milliseconds after the approval; the same nth gives the same. */
const laterMs = (nth: number): number =>
  createHash('sha256').update(`erasure ${nth}`).digest().readUInt32BE(0) % LONGEST_MS

test('killed in the middle of an erasure, the next start ends it: nothing identifies the person', {
  timeout: 1_200_000,
}, async () => {
  await using desk = await openDesk()
  const { account } = await openSmallCounty(desk)
  const lead = await giveAccount(desk, BRANCH, 'support_lead')
  await desk.done('plan', '--branch', BRANCH, '--date', addDays(DAY, 1), '--publish')
  const { people, before } = await look()
  expect(before).toBeGreaterThan(KILLS)
  for (const [nth, { id }] of people.entries()) {
    const erasureId = await killedAfter(nth, id)
    await using again = await startServer(desk)
    await untilDone(again, erasureId)
  }
  await using house = await openAt(desk)
  const searched = await searchedIn(house)
  expect(
    await openedTracesOf(
      searched,
      people.map(({ phone }) => phone),
    ),
  ).toEqual([])
  expect((await verifyAudit(house.works, null)).faults).toEqual([])
  const told = await searched.sql(`select about_id as id, count(*)::integer as times
    from platform.audit_entry where action = 'subject.erased' group by 1 order by 1`)
  expect(told).toEqual(people.map(({ id }) => ({ id, times: 1 })))

  /** Those who left, with a number that is nobody else’s. */
  async function look() {
    await using opened = await openAt(desk)
    const { sql } = await searchedIn(opened)
    const rows = await sql(`
      select subscriber_id as id, identity from subscribers.card as known
       where status = 'terminated' and coalesce(arrears_fen, 0) <= 0 and number_index is not null
         and (select count(*) from subscribers.card where card.number_index = known.number_index) = 1
       order by 1 limit ${KILLS}`)
    const found = rows.map(({ id, identity }) => {
      const of = { branchId: BRANCH, subscriberId: String(id), identity: identity as Uint8Array }
      return { id: String(id), phone: String(calledBy(opened.works.keys, of).phone) }
    })
    expect(found).toHaveLength(KILLS)
    const sought = found.map(({ phone }) => phone)
    return {
      people: found,
      before: (await openedTracesOf(await searchedIn(opened), sought)).length,
    }
  }

  async function killedAfter(nth: number, subscriberId: string): Promise<string> {
    await using server = await startServer(desk)
    const asks = await signIn(server, account)
    const { body } = await asks('POST', `/branches/${BRANCH}/erasures`, {
      ...{ subscriberId, household: false, ground: 'asked', number: `N${nth}` },
    })
    const erasureId = String(body.erasureId)
    const decides = await signIn(server, lead)
    const path = `/branches/${BRANCH}/erasures/${erasureId}/decision`
    expect(await decides('POST', path, { approve: true, note: '' })).toMatchObject({ status: 200 })
    await wait(laterMs(nth))
    server.process.kill('SIGKILL')
    await server.ended
    return erasureId
  }

  async function untilDone(server: Served, erasureId: string): Promise<void> {
    const call = await signIn(server, account)
    for (;;) {
      const { body } = await call('GET', `/branches/${BRANCH}/erasures?limit=200`)
      const rows = body.rows as { erasureId: string; state: string }[]
      const state = rows.find((each) => each.erasureId === erasureId)?.state
      if (state === 'done') return
      expect(state).toBe('approved')
      await wait(20)
    }
  }
})

type House = Awaited<ReturnType<typeof openAt>>

async function searchedIn({ works, ledger }: House) {
  return { works, sql: async (text: string) => (await ledger.owner.query(text)).rows }
}
