import { unwatched } from '#platform/works.ts'
import { keepRegisters } from '#renewals'
import { makePlan, publishPlan, takeBackUntouched } from '#worklists'
import { type Closed, closeZones } from './close.ts'
import { Expectation } from './expectation.ts'
import { changeHands, type Day, give, meetElsewhere, plannedOf, takeAlong } from './morning.ts'
import { inWaves, openOffice } from './office.ts'
import { type Answers, openPost } from './post.ts'
import { atClock, later } from './said.ts'
import {
  clockAhead,
  eveningOf,
  everybody,
  GIVEN_AGAIN,
  type Hands,
  hasNetwork,
  PLACE,
  type Seller,
  visitsOf,
} from './script.ts'
import { ADMINISTRATOR, DAY, leaderOf, NEXT_DAY, type World } from './world.ts'

/** A day as it was lived, and what it should have come to. */
export type Lived = Readonly<{
  expected: Expectation
  answers: Answers
  planId: string
  nextPlanId: string
  /** Who went on at the hall, so that no campaign wants them any more. */
  renewed: readonly string[]
  /** The closes of zones, as they were told. */
  closed: readonly Closed[]
  /** The last entry of the trail before the day. */
  before: number
}>

/** What is looked at while the day goes on: at noon, at six and late in the evening. */
export type Look = (expected: Expectation, clock: string) => Promise<void>

/** Lives a day from its plan to the plan of the next one, hour by hour. */
export async function liveDay(world: World, look: Look): Promise<Lived> {
  const [last] = await world.branch.sql('select max(seq)::integer as seq from platform.audit_entry')
  const planId = await makeAndPublish(world, DAY)
  const expected = new Expectation(await plannedOf(world, planId))
  await keepRegisters(world.branch.works)
  const phones = await takeAlong(world, expected)
  const day: Day = {
    ...{ world, expected, phones, office: openOffice(world) },
    post: openPost({ world, expected, phones }),
  }
  const hands = await changeHands(day)
  const renewed = await meetElsewhere(day)
  await workUntilSix(day, hands, look)
  world.branch.clock.set(atClock('18:30'))
  const closed = await closeZones(day)
  await hearTheOthers(day, hands, renewed)
  world.branch.clock.set(atClock('21:00'))
  await look(expected, '21:00')
  const nextPlanId = await endDay(day)
  const { answers } = day.post
  return { expected, answers, planId, nextPlanId, renewed, closed, before: Number(last?.seq) }
}

async function makeAndPublish({ branch }: World, day: string): Promise<string> {
  const { branchId, works } = branch
  const { planId } = await makePlan(works, { branchId, day }, unwatched)
  await publishPlan(works, { branchId, planId }, unwatched)
  return planId
}

const isAt = ({ marked }: World, { grid, place }: Seller, wanted: number) =>
  place === wanted && marked.includes(grid)

/** The morning, the afternoon, and the hour of those who were not at home. */
async function workUntilSix(day: Day, hands: Hands, look: Look): Promise<void> {
  const { world, expected, office, post } = day
  const { clock } = world.branch
  const crew = everybody(world).filter(
    (one) => hasNetwork(world, one.grid, one.place) && !isAt(world, one, PLACE.ill),
  )
  const part = (seller: Seller, isMorning: boolean) =>
    visitsOf(world, seller, hands).filter(({ at }) => at < atClock('12:00') === isMorning)
  clock.set(atClock('09:35'))
  await office.openRefused(world, expected)
  clock.set(atClock('11:40'))
  await inWaves(crew, (seller) =>
    clockAhead(world, seller.grid, seller.place) < 0
      ? post.promiseAgain(seller, part(seller, true))
      : post.deliver(seller, part(seller, true)),
  )
  clock.set(atClock('12:00'))
  await look(expected, '12:00')
  clock.set(atClock('14:00'))
  for (const { sellers, zoneId } of world.marked) {
    const doors = hands.planOf(sellers[PLACE.takenFrom] ?? '').slice(0, GIVEN_AGAIN)
    await give(day, doors, { by: leaderOf({ zoneId }), to: sellers[PLACE.givenTo] ?? '' })
  }
  clock.set(atClock('17:05'))
  await inWaves(crew, (seller) => {
    const said = part(seller, false)
    return isAt(world, seller, PLACE.lends)
      ? post.lend(seller, seller.grid.sellers[PLACE.borrows] ?? '', said)
      : post.deliver(seller, said)
  })
  clock.set(atClock('17:55'))
  const evening = eveningOf(world, expected)
  await inWaves([...evening], ([seller, said]) => post.deliver(seller, said))
  clock.set(atClock('18:00'))
  await look(expected, '18:00')
}

/** The day’s extract comes, and after it what was told where there was no network. */
async function hearTheOthers(day: Day, hands: Hands, renewed: readonly string[]): Promise<void> {
  const { world, expected, post } = day
  world.branch.clock.set(atClock('19:00'))
  await world.extract(DAY, new Set(renewed))
  expected.entry('import.recorded')
  await keepRegisters(world.branch.works)
  for (const subscriberId of renewed) expected.extractHas(subscriberId)
  const away = everybody(world).filter(({ grid, place }) => !hasNetwork(world, grid, place))
  const isOdd = (seller: Seller) =>
    isAt(world, seller, PLACE.loses) || isAt(world, seller, PLACE.takenFrom)
  const deliver = (seller: Seller) => post.deliver(seller, visitsOf(world, seller, hands))
  world.branch.clock.set(atClock('20:00'))
  await inWaves(
    away.filter((seller) => !isOdd(seller)),
    deliver,
  )
  world.branch.clock.set(atClock('20:20'))
  await inWaves(away.filter(isOdd), deliver)
  world.branch.clock.set(atClock('20:40'))
  await inWaves(
    everybody(world).filter((one) => isAt(world, one, PLACE.ill)),
    deliver,
  )
}

/** The plan of the next day, and after midnight what nobody touched is nobody’s any more. */
async function endDay({ world, expected }: Day): Promise<string> {
  const { branch } = world
  branch.clock.set(atClock('22:00'))
  const planId = await makeAndPublish(world, NEXT_DAY)
  expected.entry('plan.made', 2)
  expected.entry('plan.published', 2)
  const rules = { attempts: 3, takeBack: true, takeBackDays: 1 }
  const unit = `/organisation/units/${branch.branchId}/settings/tasks`
  const { status } = await branch.put(unit, await world.signIn(ADMINISTRATOR), rules)
  if (status !== 200) throw new Error(`the rule is saved: ${status}`)
  expected.entry('settings.changed')
  branch.clock.set(later(atClock('22:00'), 150))
  const untouched = expected.untouched()
  const taken = await takeBackUntouched(branch.works)
  if (taken !== untouched.length) throw new Error(`${taken} of ${untouched.length} were taken back`)
  expected.hand(
    untouched.map(({ taskId }) => taskId),
    'untouched',
    null,
  )
  expected.entry('task.taken-back', new Set(untouched.map(({ assigneeId }) => assigneeId)).size)
  return planId
}
