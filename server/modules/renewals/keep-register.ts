import { branchesInScope } from '#people'
import { dayOf } from '#platform/day.ts'
import { onBehalfOf, type Unit } from '#platform/unit.ts'
import type { Works } from '#platform/works.ts'
import { cardsStand, fillLapsedCards, readCards } from '#subscribers'
import { fateOf } from './lapse.ts'
import {
  closeLapses,
  type Kept,
  lockRegister,
  mergeLapsed,
  selectKept,
  selectLeft,
  upsertKept,
} from './register-store.ts'

/**
 * Brings the register of a branch up to its cards and to today, unless it is there already; answers
 * on what it stands. Set by set: a new night costs what moved, and nobody’s line is read alone.
 */
export async function keepRegister(unit: Unit, works: Works, branchId: string): Promise<Kept> {
  const wanted = await standOn(unit, branchId)
  const kept = await selectKept(unit, branchId)
  if (kept && isSame(kept, wanted)) return kept
  return onBehalfOf(unit, works.system, async (system) => {
    await lockRegister(system, branchId)
    const now = await standOn(system, branchId)
    const meanwhile = await selectKept(system, branchId)
    if (meanwhile && isSame(meanwhile, now)) return meanwhile
    await bringUp(system, branchId, now)
    return now
  })
}

/** Every branch of the house; on behalf of the system, now and then. */
export async function keepRegisters(works: Works): Promise<void> {
  const branches = await works.run(works.system, branchesInScope)
  for (const branchId of branches)
    await works.run(works.system, (unit) => keepRegister(unit, works, branchId))
}

/** After cards have gone to other units, whatever the register stood on. */
export async function rehomeRegister(system: Unit, branchId: string): Promise<void> {
  await lockRegister(system, branchId)
  if (await selectKept(system, branchId))
    await bringUp(system, branchId, await standOn(system, branchId))
}

async function standOn(unit: Unit, branchId: string): Promise<Kept> {
  const stand = await cardsStand(unit, branchId)
  return { snapshotId: stand?.snapshotId ?? null, asOf: stand?.date ?? null, day: dayOf(unit.now) }
}

/** A day that has passed is not gone back to: of two clocks the later one counts. */
const isSame = (kept: Kept, wanted: Kept) =>
  kept.snapshotId === wanted.snapshotId && kept.asOf === wanted.asOf && kept.day >= wanted.day

async function bringUp(system: Unit, branchId: string, now: Kept): Promise<void> {
  await fillLapsedCards(system, { branchId, before: now.day })
  const left = await selectLeft(system, branchId)
  const ids = left.map(({ subscriberId }) => subscriberId)
  const cards = await readCards(system, branchId, ids)
  const fates = left.map((open) => ({
    lapseId: open.lapseId,
    ...fateOf(open, cards.get(open.subscriberId), now.day),
  }))
  if (fates.length > 0) await closeLapses(system, branchId, now.asOf ?? now.day, fates)
  if (now.asOf !== null) await mergeLapsed(system, branchId, now.asOf)
  await upsertKept(system, branchId, now)
}
