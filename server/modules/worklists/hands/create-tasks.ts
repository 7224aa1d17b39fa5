import type { z } from 'zod'
import { againstOn } from '#contacts'
import { type createTasks, GIVEN_DAYS_AHEAD } from '#contract/tasks.ts'
import { namePeople, readBranch } from '#people'
import { audit } from '#platform/audit/audit.ts'
import { addDays, dayOf } from '#platform/day.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Unit } from '#platform/unit.ts'
import type { Works } from '#platform/works.ts'
import { type Card, readCards } from '#subscribers'
import { type BareReason, tell } from '../reasons.ts'
import { PURPOSE_OF_KIND } from '../task-kind.ts'
import { type Gift, giveTasks, seenToOn } from './give-tasks.ts'
import { mustLead, readReceiver } from './reassign.ts'

type InBranch = Readonly<{ branchId: string }>
type Asked = z.output<typeof createTasks.body>
type WhyNot = BareReason & Readonly<{ opens: Date | null }>

/**
 * Gives a person tasks of one kind for a day, one a household. A household that somebody goes to that
 * day through the touchpoint already, and one that may not be met then, is left: the answer says why,
 * and when it may be met again. All of them must lie where the actor leads.
 * @throws Refusal `branch-unknown`, `staff-unknown`, `staff-cannot-work-tasks`, `subscriber-unknown`,
 * `task-day-unfit`, `not-allowed`
 */
export async function createTasksFor(
  unit: Unit,
  works: Works,
  { branchId }: InBranch,
  asked: Asked,
) {
  await readBranch(unit, branchId)
  const { kind, touchpoint, on: day } = asked
  const today = dayOf(unit.now)
  if (day < today || day > addDays(today, GIVEN_DAYS_AHEAD))
    throw new Refusal('invalid', 'task-day-unfit', { days: GIVEN_DAYS_AHEAD })
  const to = await readReceiver(unit, branchId, asked.to, day)
  const cards = await readLedCards(unit, branchId, asked.subscriberIds)
  const householdIds = cards.map(({ householdId }) => householdId)
  const taken = new Set(await seenToOn(unit, works, { branchId, day, touchpoint, householdIds }))
  const subscriberIds = cards.map(({ subscriberId }) => subscriberId)
  const against = await againstOn(unit, works, { branchId, day, subscriberIds })
  const purpose = PURPOSE_OF_KIND[kind]
  const whyNot = ({ subscriberId, householdId }: Card): WhyNot | undefined => {
    if (taken.has(householdId)) return { code: 'household-on-list', values: {}, opens: null }
    const closed = against(subscriberId, { touchpoint, purpose, offer: kind })
    if (!closed) taken.add(householdId)
    return closed
  }
  const judged = cards.map((card) => ({ card, why: whyNot(card) }))
  const going = judged.flatMap(({ card, why }) => (why ? [] : [card]))
  const given: BareReason = {
    code: 'given-by',
    values: { ...(await nameOf(unit)), since: today },
  }
  const gifts = going.map(
    (card): Gift => ({
      ...{ card, to, touchpoint, kind, purpose, visitOrder: 0, priority: 1 },
      ...{ reasons: [given], errand: null },
    }),
  )
  const taskIds = await giveTasks(unit, { branchId, day }, gifts)
  if (taskIds.length > 0)
    audit(unit, {
      ...{ branchId, action: 'task.given', about: { kind: 'staff', id: to.staffId } },
      values: { tasks: taskIds.length, kind, day },
    })
  return {
    given: going.map(({ subscriberId }, nth) => ({ subscriberId, taskId: taskIds[nth] ?? '' })),
    left: judged.flatMap(({ card: { subscriberId }, why }) =>
      why
        ? [{ subscriberId, because: tell(why, today), opens: why.opens?.toISOString() ?? null }]
        : [],
    ),
  }
}

async function nameOf(unit: Unit) {
  const { id } = unit.actor
  const { zh, en } = (await namePeople(unit, [id]))(id)
  return { name: zh, nameEn: en }
}

/** The cards of these, in their order, each once, in units that the actor leads. */
async function readLedCards(unit: Unit, branchId: string, ids: readonly string[]): Promise<Card[]> {
  const wanted = [...new Set(ids)]
  const cards = await readCards(unit, branchId, wanted)
  const unknown = wanted.find((id) => !cards.has(id))
  if (unknown !== undefined)
    throw new Refusal('not-found', 'subscriber-unknown', { subscriber: unknown })
  const found = wanted.flatMap((id) => cards.get(id) ?? [])
  await mustLead(
    unit,
    found.map(({ unitId }) => [unitId]),
  )
  return found
}
