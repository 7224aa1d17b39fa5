import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import { againstOn } from '#contacts'
import type { planSweep as contract } from '#contract/lapsed.ts'
import { mayDo, mayDoAt, readBranch, unitsOf } from '#people'
import { audit } from '#platform/audit/audit.ts'
import { addDays, dayOf } from '#platform/day.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Unit } from '#platform/unit.ts'
import type { Works } from '#platform/works.ts'
import { giveTasks, withdrawErrand } from '#worklists'
import { keepRegister } from './keep-register.ts'
import { purposeFor } from './lapse.ts'
import { placeAmong, placesByCode, rangeOf } from './places.ts'
import { lockRegister } from './register-store.ts'
import {
  type Choice,
  chooseMembers,
  count,
  sayLeftOut,
  TOUCH_FOR,
  type WhyLeftOut,
  whyNot,
} from './sweep.ts'
import {
  type Candidate,
  freeMembers,
  insertSweep,
  selectCandidates,
  selectSweep,
  takeForSweep,
  updateCalledOff,
} from './sweep-store.ts'
import { arrange, giftsOf, readGoer } from './sweep-tasks.ts'
import { viewSweeps } from './sweep-view.ts'

type InBranch = Readonly<{ branchId: string }>
type Asked = z.output<typeof contract.body>
/** Sweeps are planned so far ahead. */
const DAYS_AHEAD = 60

/**
 * Plans a sweep of a village or a building: whom it goes to, what for, and who is left out and why.
 * Each visit is a task on the list of whoever goes, those that look for a reason first; a crew divides
 * them. Nobody is in two sweeps to come, and no household is gone to twice a day.
 * @throws Refusal `lapsed-place-unknown`, `sweep-day-unfit`, `sweep-by-one`, `staff-unknown`,
 * `staff-cannot-work-tasks`, `unit-unknown`, `nobody-to-sweep`, `no-snapshot`, `snapshot-damaged`, `not-allowed`
 */
export async function planSweep(unit: Unit, works: Works, of: InBranch, asked: Asked) {
  mayDo(unit.actor, 'sweep:plan')
  const { branchId } = of
  await readBranch(unit, branchId)
  const place = placeAmong(await placesByCode(unit, branchId), asked.place)
  if (place.kind === 'town')
    throw new Refusal('not-found', 'lapsed-place-unknown', { place: asked.place })
  await mayDoAt(unit, place.gridId, 'sweep:plan')
  const today = dayOf(unit.now)
  if (asked.onDay < today || asked.onDay > addDays(today, DAYS_AHEAD))
    throw new Refusal('invalid', 'sweep-day-unfit', { days: DAYS_AHEAD })
  await checkWhoGoes(unit, branchId, asked)
  await keepRegister(unit, works, branchId)
  await lockRegister(unit, branchId)
  const candidates = await selectCandidates(unit, { branchId, place: rangeOf(asked.place) })
  const choice = await choose(unit, works, { branchId, candidates, asked, today })
  const leave = new Map<WhyLeftOut, number>(choice.leftOut)
  const visits = await arrange(unit, works, { branchId, asked, members: choice.members, leave })
  const sweepId = randomUUID()
  const sweep = { branchId, sweepId, onDay: asked.onDay }
  const lapseIds = visits.map(({ lapseId }) => lapseId)
  const taken = await takeForSweep(unit, { ...sweep, lapseIds, today })
  const members = visits.filter(({ lapseId }) => taken.has(lapseId))
  count(leave, 'swept-already', visits.length - members.length)
  const leftOut = Object.fromEntries(leave)
  if (members.length === 0) throw nobody(leftOut)
  await insertSweep(unit, {
    ...{ ...sweep, placeCode: asked.place, unitId: place.gridId, purpose: asked.purpose },
    ...{ staffId: asked.staffId, crewId: asked.unitId, leftOut, members: members.map(kept) },
  })
  await giveTasks(unit, { branchId, day: asked.onDay }, giftsOf(members, sweepId))
  audit(unit, {
    ...{ branchId, action: 'sweep.planned', about: { kind: 'sweep', id: sweepId } },
    values: { place: asked.place, day: asked.onDay, count: members.length },
  })
  return sweepNow(unit, { branchId, sweepId })
}
const kept = ({ lapseId, subscriberId, purpose }: Choice['members'][number]) => ({
  ...{ lapseId, subscriberId, purpose },
})

/** @throws Refusal `sweep-by-one`, `staff-unknown`, `staff-cannot-work-tasks`, `unit-unknown` */
async function checkWhoGoes(unit: Unit, branchId: string, { staffId, unitId, onDay }: Asked) {
  if ((staffId === null) === (unitId === null)) throw new Refusal('invalid', 'sweep-by-one')
  if (staffId !== null) await readGoer(unit, { branchId, staffId, day: onDay })
  if (unitId !== null) {
    const units = await unitsOf(unit, branchId, onDay)
    if (!units.some((each) => each.unitId === unitId))
      throw new Refusal('not-found', 'unit-unknown', { unit: unitId })
  }
}

/** The gate is asked as on the day of the sweep. */
async function choose(
  unit: Unit,
  works: Works,
  of: Readonly<{ branchId: string; candidates: readonly Candidate[]; asked: Asked; today: string }>,
): Promise<Choice> {
  const { branchId, candidates, asked, today } = of
  const wish = { purpose: asked.purpose, most: asked.most, today }
  const fit = candidates.filter((each) => !whyNot(each, purposeFor(each.reason), wish))
  const subscriberIds = fit.map(({ subscriberId }) => subscriberId)
  const against = await againstOn(unit, works, { branchId, day: asked.onDay, subscriberIds })
  return chooseMembers(candidates, wish, ({ subscriberId }, purpose) => {
    const intent = { touchpoint: 'door', purpose: TOUCH_FOR[purpose], offer: null } as const
    return against(subscriberId, intent)?.code
  })
}

function nobody(leftOut: Readonly<Record<string, number>>): Refusal {
  const why = sayLeftOut(leftOut)
  const list = (language: 'zh' | 'en') =>
    why.map(({ why: { text }, count }) => `${text[language]} ${count}`)
  return new Refusal('conflict', 'nobody-to-sweep', {
    whyZh: list('zh').join('，') || '没有失效用户',
    whyEn: list('en').join(', ') || 'nobody has lapsed',
  })
}

/**
 * Calls a sweep off before its day is over: its tasks that nobody has touched leave the lists, and whom
 * it was to go to may be in another one.
 * @throws Refusal `sweep-unknown`, `sweep-over`, `not-allowed`
 */
export async function callOffSweep(
  unit: Unit,
  of: Readonly<{ branchId: string; sweepId: string }>,
) {
  mayDo(unit.actor, 'sweep:plan')
  const { branchId, sweepId } = of
  await readBranch(unit, branchId)
  const sweep = await selectSweep(unit, of)
  if (!sweep) throw new Refusal('not-found', 'sweep-unknown', { sweep: sweepId })
  await mayDoAt(unit, sweep.unitId, 'sweep:plan')
  if (!(await updateCalledOff(unit, { ...of, today: dayOf(unit.now) })))
    throw new Refusal('conflict', 'sweep-over')
  await lockRegister(unit, branchId)
  // Tasks before lines of the register, as results hold them.
  await withdrawErrand(unit, { branchId, errand: sweepId })
  await freeMembers(unit, of)
  audit(unit, {
    ...{ branchId, action: 'sweep.called-off', about: { kind: 'sweep', id: sweepId } },
    values: { place: sweep.placeCode, day: sweep.onDay },
  })
  return sweepNow(unit, of)
}

async function sweepNow(unit: Unit, of: Readonly<{ branchId: string; sweepId: string }>) {
  const row = await selectSweep(unit, of)
  const [sweep] = row ? await viewSweeps(unit, of.branchId, [row]) : []
  if (!sweep) throw new Refusal('not-found', 'sweep-unknown', { sweep: of.sweepId })
  return sweep
}
