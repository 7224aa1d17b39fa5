import { openPhone, type Phone } from '../../phone.ts'
import { told } from '../../task-results.ts'
import type { Expectation } from './expectation.ts'
import type { Said } from './said.ts'
import { clockAhead, PLACE, type Seller } from './script.ts'
import { DAY, type World } from './world.ts'

type Item = Awaited<ReturnType<Phone['record']>>
type Answered = Awaited<ReturnType<Phone['deliver']>>

/** What the phones were answered, by result: the outcome, and what stood against the touch. */
export type Answers = ReadonlyMap<string, Readonly<{ outcome: string; against: string }>>

/** How results reach the server: sealed, in the order in which they were recorded. */
export type Post = ReturnType<typeof openPost>

export function openPost({
  world,
  expected,
  phones,
}: Readonly<{ world: World; expected: Expectation; phones: ReadonlyMap<string, Phone> }>) {
  const answers = new Map<string, { outcome: string; against: string }>()
  const phoneOf = ({ staffId }: Seller): Phone => {
    const phone = phones.get(staffId)
    if (!phone) throw new Error(`${staffId} has a phone`)
    return phone
  }
  const outcomesOf = ({ items }: Answered) => items.map(({ outcome }) => outcome)
  const must = (outcomes: readonly string[], wanted: string) => {
    if (outcomes.some((outcome) => outcome !== wanted))
      throw new Error(`${outcomes} where ${wanted} was wanted`)
  }
  /** By the clock of the phone. */
  const bodyOf = ({ grid, place }: Seller, { at, body }: Said) => {
    const ahead = clockAhead(world, grid, place)
    return { ...body, at: new Date(Date.parse(at) + ahead).toISOString() }
  }
  const seal = async (seller: Seller, said: readonly Said[]): Promise<Item[]> => {
    const items: Item[] = []
    for (const one of said)
      items.push(await phoneOf(seller).record(one.taskId, bodyOf(seller, one)))
    return items
  }
  const send = async (seller: Seller, items: readonly Item[], as = seller.staffId) => {
    expected.entry('outbox.delivered')
    return phoneOf(seller).deliver(items, await world.signIn(as))
  }
  const take = (seller: Seller, said: readonly Said[], { items }: Answered): void => {
    for (const [nth, one] of said.entries()) {
      const { outcome = '', response } = items[nth] ?? {}
      const against = response?.against.map(({ code }) => code).join(' ') ?? ''
      answers.set(one.body.resultId, { outcome, against })
      expected.tell(one, clockAhead(world, seller.grid, seller.place) !== 0)
    }
  }
  return {
    answers: answers as Answers,
    /** Delivers what somebody told; whoever sends everything twice is answered as before. */
    async deliver(seller: Seller, said: readonly Said[]): Promise<void> {
      if (said.length === 0) return
      const items = await seal(seller, said)
      take(seller, said, await send(seller, items))
      if (seller.place === PLACE.twice) must(outcomesOf(await send(seller, items)), 'again')
    },
    /** A colleague has the phone first: what is on it waits for whoever recorded it. */
    async lend(seller: Seller, colleague: string, said: readonly Said[]): Promise<void> {
      const { deviceId } = phoneOf(seller)
      const who = await world.signIn(colleague)
      await openPhone(world.branch, who, { deviceId, clock: world.branch.clock.now })
      expected.entry('device.registered')
      const items = await seal(seller, said)
      must(outcomesOf(await send(seller, items, colleague)), 'of-another')
      take(seller, said, await send(seller, items))
    },
    /** A phone two days behind lets its owner promise what is past: put right, it is taken. */
    async promiseAgain(seller: Seller, [first, ...others]: readonly Said[]): Promise<void> {
      const phone = phoneOf(seller)
      if (!first) throw new Error(`${seller.staffId} promises somebody`)
      const body = bodyOf(seller, first)
      const wrong = await phone.record(first.taskId, { ...body, promised: { on: DAY } })
      const rest = await seal(seller, others)
      const { items } = await send(seller, [wrong, ...rest])
      must(
        items.slice(0, 1).map(({ problem }) => problem?.code ?? ''),
        'promise-out-of-range',
      )
      take(seller, others, { items: items.slice(1), wipe: false, serverTime: '' })
      const { itemId, seq } = wrong
      const of = { v: 1, kind: 'result', staffId: seller.staffId, deviceId: phone.deviceId }
      const place = { itemId, seq, branchId: world.branch.branchId, taskId: first.taskId }
      const right = await phone.seal({ itemId, seq }, { ...of, ...place, body: told(body) })
      take(seller, [first], await send(seller, [right]))
    },
  }
}
