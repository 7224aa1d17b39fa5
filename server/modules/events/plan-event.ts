import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import { campaignsOn } from '#campaigns'
import type { planEvent as contract } from '#contract/events.ts'
import {
  actionsOf,
  branchOf,
  mayDo,
  mayDoAt,
  readBranch,
  readUnit,
  staffOn,
  unitsInScope,
} from '#people'
import { audit } from '#platform/audit/audit.ts'
import { addDays, dayOf } from '#platform/day.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Unit } from '#platform/unit.ts'
import type { Around } from './around.ts'
import { insertEvent, lockEvent, type OfEvent, updateCalledOff } from './event-store.ts'
import { viewEventFile } from './event-view.ts'

type InBranch = Readonly<{ branchId: string }>
type Asked = z.output<typeof contract.body>
/** Events are planned so far ahead. */
const DAYS_AHEAD = 180

/**
 * Plans an event of a hall: where, when, and who goes. All of them work in the branch on that day in
 * posts that may report it.
 * @throws Refusal `branch-unknown`, `unit-unknown`, `event-not-a-hall`, `event-day-unfit`,
 * `event-hours-unfit`, `staff-unknown`, `event-staff-unfit`, `campaign-unknown`, `not-allowed`
 */
export async function planEvent(unit: Unit, around: Around, { branchId }: InBranch, asked: Asked) {
  mayDo(unit.actor, 'event:plan')
  await readBranch(unit, branchId)
  await checkHall(unit, branchId, asked.unitId)
  await mayDoAt(unit, asked.unitId, 'event:plan')
  const today = dayOf(unit.now)
  if (asked.onDay < today || asked.onDay > addDays(today, DAYS_AHEAD))
    throw new Refusal('invalid', 'event-day-unfit', { days: DAYS_AHEAD })
  if (asked.ends <= asked.starts) throw new Refusal('invalid', 'event-hours-unfit')
  await checkWhoGoes(unit, branchId, asked)
  await checkCampaign(unit, branchId, asked)
  const of = { branchId, eventId: randomUUID() }
  const staffIds = [...new Set(asked.staffIds)].sort()
  await insertEvent(unit, { ...of, ...asked, staffIds })
  audit(unit, {
    ...{ branchId, action: 'event.planned', about: { kind: 'event', id: of.eventId } },
    values: { unit: asked.unitId, day: asked.onDay, count: staffIds.length },
  })
  return viewEventFile(unit, around, of)
}

async function checkHall(unit: Unit, branchId: string, unitId: string): Promise<void> {
  const hall = await readUnit(unit, unitId)
  const inScope = await unitsInScope(unit)
  if (!inScope.includes(unitId) || (await branchOf(unit, unitId)) !== branchId)
    throw new Refusal('not-found', 'unit-unknown', { unit: unitId })
  if (hall.kind !== 'hall') throw new Refusal('invalid', 'event-not-a-hall', { unit: hall.name })
}

async function checkWhoGoes(
  unit: Unit,
  branchId: string,
  { staffIds, onDay }: Asked,
): Promise<void> {
  const staff = new Map((await staffOn(unit, branchId, onDay)).map((each) => [each.staffId, each]))
  for (const staffId of staffIds) {
    const person = staff.get(staffId)
    if (!person) throw new Refusal('not-found', 'staff-unknown', { staff: staffId })
    if (!actionsOf(person.roles).has('event:report'))
      throw new Refusal('invalid', 'event-staff-unfit', { staff: staffId })
  }
}

async function checkCampaign(unit: Unit, branchId: string, { campaignId, onDay }: Asked) {
  if (campaignId === null) return
  const running = await campaignsOn(unit, branchId, onDay)
  if (!running.some(({ campaign }) => campaign.id === campaignId))
    throw new Refusal('not-found', 'campaign-unknown', { campaign: campaignId })
}

/**
 * Calls an event off that nobody has proved or reported.
 * @throws Refusal `branch-unknown`, `event-unknown`, `event-called-off`, `event-held-already`,
 * `not-allowed`
 */
export async function callOffEvent(
  unit: Unit,
  around: Around,
  of: OfEvent,
  { note }: Readonly<{ note: string }>,
) {
  mayDo(unit.actor, 'event:plan')
  await readBranch(unit, of.branchId)
  const event = await lockEvent(unit, of)
  if (!event) throw new Refusal('not-found', 'event-unknown', { event: of.eventId })
  await mayDoAt(unit, event.unitId, 'event:plan')
  if (event.state === 'called-off') throw new Refusal('conflict', 'event-called-off')
  if (event.state !== 'planned') throw new Refusal('conflict', 'event-held-already')
  await updateCalledOff(unit, { ...of, note })
  audit(unit, {
    ...{ branchId: of.branchId, action: 'event.called-off' },
    about: { kind: 'event', id: of.eventId },
    values: { unit: event.unitId, day: event.onDay },
  })
  return viewEventFile(unit, around, of)
}
