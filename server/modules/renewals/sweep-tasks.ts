import type { z } from 'zod'
import { LAPSE_REASONS } from '#contract/lapse-words.ts'
import type { planSweep } from '#contract/lapsed.ts'
import { type StaffOn, staffOn } from '#people'
import { type Day, dayOf } from '#platform/day.ts'
import { inNaturalOrder } from '#platform/natural.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Unit } from '#platform/unit.ts'
import type { Works } from '#platform/works.ts'
import { type Card, readCards } from '#subscribers'
import { divideVisits, type Gift, mustWorkTasks, seenToOn, withdrawOverdue } from '#worklists'
import { type Choice, count, TOUCH_FOR, type WhyLeftOut } from './sweep.ts'

type Member = Choice['members'][number]

/** A member of a sweep with whoever goes there, in the order in which they go. */
export type Visit = Member & Readonly<{ card: Card; to: StaffOn }>

type Arranged = Readonly<{
  branchId: string
  asked: Pick<z.output<typeof planSweep.body>, 'onDay' | 'staffId' | 'unitId'>
  members: readonly Member[]
  /** Who is left out more, and why. */
  leave: Map<WhyLeftOut, number>
}>

/**
 * Says who goes to whom: those without a reason first, then along the way, building by building and
 * floor by floor. A home is gone to once; a crew divides the visits within what it has room for.
 */
export async function arrange(unit: Unit, works: Works, of: Arranged): Promise<Visit[]> {
  const { branchId, asked, members, leave } = of
  const day = asked.onDay
  const ids = members.map(({ subscriberId }) => subscriberId)
  const cards = await readCards(unit, branchId, ids)
  const known = members
    .flatMap((member) => {
      const card = cards.get(member.subscriberId)
      return card ? [{ ...member, card }] : []
    })
    .sort((a, b) => rank(a) - rank(b) || alongTheWay(a.card, b.card))
  // What an earlier sweep left is theirs to whom this one gives it; tasks before homes, as results do.
  await withdrawOverdue(unit, { branchId, before: dayOf(unit.now), subscriberIds: ids })
  const householdIds = known.map(({ card }) => card.householdId)
  const seen = await seenToOn(unit, works, { branchId, day, touchpoint: 'door', householdIds })
  const homes = new Set(seen)
  const free = known.filter(({ card: { householdId } }) => {
    const isFree = !homes.has(householdId)
    homes.add(householdId)
    return isFree
  })
  count(leave, 'on-list', known.length - free.length)
  const goes = await whoGoes(unit, { branchId, asked }, free)
  const visits = free.flatMap((visit) => {
    const to = goes(visit.subscriberId)
    return to ? [{ ...visit, to }] : []
  })
  count(leave, 'no-room', free.length - visits.length)
  return visits
}

const rank = ({ purpose }: Pick<Member, 'purpose'>) => (purpose === 'find-reason' ? 0 : 1)

/** Building by building, then by entrance, floor and door, as they are numbered. */
const alongTheWay = (a: Card, b: Card) =>
  inNaturalOrder(a.placeCode ?? '', b.placeCode ?? '') ||
  inNaturalOrder(a.address ?? '', b.address ?? '') ||
  (a.subscriberId < b.subscriberId ? -1 : 1)

async function whoGoes(
  unit: Unit,
  { branchId, asked }: Pick<Arranged, 'branchId' | 'asked'>,
  visits: readonly (Member & Readonly<{ card: Card }>)[],
): Promise<(subscriberId: string) => StaffOn | undefined> {
  const { onDay: day, staffId, unitId } = asked
  if (staffId !== null) {
    const person = await readGoer(unit, { branchId, staffId, day })
    return () => person
  }
  const way = visits.toSorted((a, b) => alongTheWay(a.card, b.card))
  const takes = await divideVisits(
    unit,
    { branchId, unitId: unitId ?? '', day },
    way.map(({ subscriberId, card, purpose }, route) => ({
      ...{ taskId: subscriberId, town: card.placeCode?.split('-')[0] ?? null, route },
      ...{ place: card.placeCode, priority: PRIORITY[purpose] },
    })),
  )
  return (subscriberId) => takes.get(subscriberId)
}

/** Somebody of the branch who works on tasks. @throws Refusal `staff-unknown`, `staff-cannot-work-tasks` */
export async function readGoer(
  unit: Unit,
  { branchId, staffId, day }: Readonly<{ branchId: string; staffId: string; day: Day }>,
): Promise<StaffOn> {
  const people = await staffOn(unit, branchId, day)
  const person = people.find((each) => each.staffId === staffId)
  if (!person) throw new Refusal('not-found', 'staff-unknown', { staff: staffId })
  return mustWorkTasks(person)
}

/** Who has not said why comes first. */
const PRIORITY = { 'find-reason': 2, wake: 1 } as const

/** The tasks of the visits of a sweep, numbered for each who goes. */
export function giftsOf(visits: readonly Visit[], sweepId: string): Gift[] {
  return [...Map.groupBy(visits, ({ to }) => to.staffId).values()].flatMap((own) =>
    own.map((visit, nth) => ({
      ...{ card: visit.card, to: visit.to, touchpoint: 'door' as const, errand: sweepId },
      ...{ visitOrder: nth + 1, priority: PRIORITY[visit.purpose] },
      ...{ kind: 'lapsed_sweep' as const, purpose: TOUCH_FOR[visit.purpose] },
      reasons: [whyGone(visit)],
    })),
  )
}

function whyGone({ purpose, contractEnd: end, reason }: Member): Gift['reasons'][number] {
  if (purpose === 'find-reason' || reason === null)
    return { code: 'lapsed-unreasoned', values: { end } }
  const { zh, en } = LAPSE_REASONS[reason]
  return { code: 'lapsed-because', values: { end, reason: zh, reasonEn: en } }
}
