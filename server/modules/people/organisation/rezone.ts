import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { Move } from '#contract/rezoning.ts'
import { audit } from '#platform/audit/audit.ts'
import { type Day, dayOf } from '#platform/day.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Unit } from '#platform/unit.ts'
import { mayDoInBranch } from '../policy.ts'
import { selectStaffOn } from '../staff/staff-store.ts'
import { putUnit } from './put-unit.ts'
import { compareZones, redraw, type Sums } from './redraw.ts'
import type { Homes } from './reshape.ts'
import { insertRezoning, type Rezoning, selectRezonings, updateUndone } from './rezone-store.ts'
import { type Tree, treeOf, type UnitRef } from './tree.ts'
import {
  lockTree,
  selectBelow,
  selectUnitVersions,
  type UnitOf,
  updateUnitVersions,
} from './unit-store.ts'
import { holds, standing, type Version } from './versions.ts'

/** All steps that take effect together on a day. */
export type RezoningInput = Readonly<{ validFrom: Day; moves: readonly Move[] }>
type InBranch = RezoningInput & Readonly<{ branchId: string }>

/** What each zone has before and after, in all the same. Changes nothing; refuses as publishing does. */
export async function previewRezoning(unit: Unit, of: InBranch, homes: Homes) {
  const { before, after } = await draw(unit, of)
  const sums = new Map<string, Sums>()
  const add = (unitId: string, more: Partial<Sums>) =>
    sums.set(unitId, { ...NONE, ...sums.get(unitId), ...more })
  for (const { unitId, ...counts } of await homes.count(unit, of.branchId)) add(unitId, counts)
  for (const { unitId } of await selectStaffOn(unit, {
    ...{ unitIds: [...before.keys()], staffIds: null, day: of.validFrom },
  }))
    add(unitId, { people: (sums.get(unitId)?.people ?? 0) + 1 })
  return compareZones(before, after, sums)
}

const NONE: Sums = { households: 0, subscribers: 0, openTasks: 0, people: 0 }

/**
 * Makes all steps hold from their day on, or none. Zones are opened before anything moves into them
 * and closed when all has left. Answers the id by which it is undone until its day; published once
 * more, word for word, while nothing was changed since, it is the same one.
 */
export async function publishRezoning(unit: Unit, of: InBranch, homes: Homes): Promise<string> {
  const { branchId, validFrom, moves } = of
  await homes.hold(unit, branchId)
  await lockTree(unit)
  const ids = moves.map(({ unitId }) => unitId)
  const before = await selectUnitVersions(unit, ids)
  const same = await selectSame(unit, of, before)
  if (same) return same.rezoningId
  await draw(unit, of)
  const order = ['open', 'move', 'close']
  for (const move of moves.toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind)))
    await step(unit, of, move)
  const after = await selectUnitVersions(unit, ids)
  const rezoningId = randomUUID()
  await insertRezoning(unit, branchId, { rezoningId, validFrom, moves, before, after })
  if (validFrom <= dayOf(unit.now)) await homes.rehome(unit, branchId)
  tell(unit, branchId, rezoningId, { state: 'published', from: validFrom, moves: moves.length })
  return rezoningId
}

/** The re-zoning that says this already and stands as it was made. */
async function selectSame(
  unit: Unit,
  { branchId, validFrom, moves }: InBranch,
  now: readonly Version<UnitOf>[],
): Promise<Rezoning | undefined> {
  await mayDoInBranch(unit, branchId, 'organisation:write')
  return (await selectRezonings(unit, branchId)).find(
    (each) =>
      each.undoneAt === null &&
      each.validFrom === validFrom &&
      isDeepStrictEqual(each.moves, moves) &&
      isAsMade(each, now),
  )
}

/** Whether its units are as it left them. */
const isAsMade = ({ after }: Rezoning, now: readonly Version<UnitOf>[]): boolean =>
  isDeepStrictEqual(JSON.parse(JSON.stringify(now)), after)

async function step(unit: Unit, { branchId, validFrom }: InBranch, move: Move): Promise<void> {
  if (move.kind === 'open') {
    const of = { parentId: branchId, kind: 'zone', name: move.name } as const
    const none = { divisionCode: null, headStaffId: null, validTo: null }
    await putUnit(unit, move.unitId, { ...of, ...none, validFrom })
    return
  }
  const held = standing(await selectUnitVersions(unit, [move.unitId]), validFrom)
  if (!held) throw new Refusal('not-found', 'unit-unknown', { unit: move.unitId })
  await putUnit(
    unit,
    move.unitId,
    move.kind === 'move'
      ? { ...held.of, parentId: move.parentId, validFrom, validTo: held.validTo }
      : { ...held.of, validFrom, validTo: validFrom },
  )
}

/** The branch on the day, without the steps and with them. */
async function draw(
  unit: Unit,
  { branchId, validFrom, moves }: InBranch,
): Promise<Readonly<{ before: Tree<UnitRef>; after: Tree<UnitRef> }>> {
  await mayDoInBranch(unit, branchId, 'organisation:write')
  const today = dayOf(unit.now)
  if (validFrom < today) throw new Refusal('invalid', 'rezoning-past', { day: validFrom, today })
  const units = await selectBelow(unit, branchId, validFrom)
  const versions = Map.groupBy(
    await selectUnitVersions(
      unit,
      units.map((each) => each.unitId),
    ),
    ({ id }) => id,
  )
  const open = units.filter(({ unitId }) =>
    versions.get(unitId)?.some((each) => holds(each, validFrom)),
  )
  const after = redraw(branchId, open, moves)
  for (const move of moves) {
    if (move.kind !== 'close') continue
    const people = await selectStaffOn(unit, {
      ...{ unitIds: [move.unitId], staffIds: null, day: validFrom },
    })
    if (people.length > 0)
      throw new Refusal('conflict', 'zone-not-empty', {
        ...{ unit: move.unitId, units: 0, people: people.length },
      })
  }
  // Ended units keep their last parent, so that what still lies in them is counted on both sides.
  const ended = units.filter(({ unitId }) => !after.has(unitId))
  return { before: treeOf(units), after: treeOf([...ended, ...after.values()]) }
}

export async function listRezonings(unit: Unit, branchId: string): Promise<Rezoning[]> {
  return selectRezonings(unit, branchId)
}

/** Until when a re-zoning can be undone: the day before it holds. */
export const isOpen = (unit: Unit, { undoneAt, validFrom }: Rezoning): boolean =>
  undoneAt === null && dayOf(unit.now) < validFrom

/**
 * Takes a re-zoning back before its day. @throws Refusal `rezoning-unknown`, `rezoning-begun`,
 * `rezoning-overtaken` when one of its units was changed since.
 */
export async function undoRezoning(
  unit: Unit,
  { branchId, rezoningId }: Readonly<{ branchId: string; rezoningId: string }>,
  homes: Homes,
): Promise<void> {
  await mayDoInBranch(unit, branchId, 'organisation:write')
  await homes.hold(unit, branchId)
  await lockTree(unit)
  const [rezoning] = await selectRezonings(unit, branchId, rezoningId)
  if (!rezoning || rezoning.undoneAt !== null)
    throw new Refusal('not-found', 'rezoning-unknown', { rezoning: rezoningId })
  const { validFrom, moves, before, after } = rezoning
  if (!isOpen(unit, rezoning)) throw new Refusal('conflict', 'rezoning-begun', { day: validFrom })
  const now = await selectUnitVersions(
    unit,
    moves.map(({ unitId }) => unitId),
  )
  if (!isAsMade(rezoning, now))
    throw new Refusal('conflict', 'rezoning-overtaken', { day: validFrom })
  const kept = new Set(before.map(({ id, validFrom: from }) => `${id} ${from}`))
  const begun = after.filter(({ id, validFrom: from }) => !kept.has(`${id} ${from}`))
  await updateUnitVersions(unit, [
    ...before,
    ...begun.map((version) => ({ ...version, validTo: version.validFrom })),
  ])
  await updateUndone(unit, branchId, rezoningId)
  tell(unit, branchId, rezoningId, { state: 'undone', from: validFrom, moves: moves.length })
}

function tell(
  unit: Unit,
  branchId: string,
  rezoningId: string,
  values: Readonly<Record<string, string | number>>,
): void {
  const about = { kind: 'rezoning', id: rezoningId } as const
  audit(unit, { branchId, action: 'zones.changed', about, values })
}
