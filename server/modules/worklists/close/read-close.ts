import type { z } from 'zod'
import type { readClose } from '#contract/close.ts'
import {
  branchOf,
  namePeople,
  readBranch,
  readUnit,
  staffNames,
  subtreeOf,
  unitNames,
} from '#people'
import { type Day, dayOf } from '#platform/day.ts'
import { Refusal } from '#platform/refusal.ts'
import { onBehalfOf, type Unit } from '#platform/unit.ts'
import type { Works } from '#platform/works.ts'
import { order } from '../crews.ts'
import { askedOf } from '../lists.ts'
import { selectPublished } from '../store.ts'
import {
  type CloseRow,
  countOrders,
  selectCloses,
  selectLate,
  selectToClose,
  type ToClose,
} from './close-store.ts'
import { countsOf, outcomeOf, timesOf } from './counts.ts'

type OfUnit = Readonly<{ branchId: string; unitId: string; day: Day }>
/** When a phone of each of these people was heard of last; who has none is missing. */
export type LastSeen = (
  unit: Unit,
  of: Readonly<{ branchId: string; staffIds: readonly string[] }>,
) => Promise<ReadonlyMap<string, Date>>

/**
 * What the close of a unit’s day has to account for, or did, with what arrived after it. The day is the
 * one asked for, else today.
 * @throws Refusal `branch-unknown`, `unit-unknown`
 */
export async function readCloseOf(
  unit: Unit,
  works: Works,
  {
    branchId,
    unit: unitId,
    date,
  }: Readonly<{ branchId: string; unit: string; date?: Day | undefined }>,
  lastSeen: LastSeen,
): Promise<z.input<typeof readClose.response>> {
  const day = date ?? dayOf(unit.now)
  const of = { branchId, unitId, day }
  const staffUnitIds = await readUnits(unit, of)
  const tasks = await tasksToClose(unit, of, { staffUnitIds, isHeld: false })
  const closes = await readCloses(unit, of)
  const units = await unitNames(unit, branchId)
  const staff = await staffNames(unit, branchId)
  const nameOf = (id: string) => units.get(id)?.name ?? id
  const closers = await namesAnywhere(
    unit,
    works,
    closes.all.map(({ closedBy }) => closedBy),
  )
  const shown = ({ unitId: id, closedAt, closedBy, counts }: CloseRow) => ({
    ...{ unitId: id, unitName: nameOf(id), closedAt: closedAt.toISOString(), closedBy, counts },
    closedByName: closers(closedBy),
  })
  const orders = await countOrders(unit, { branchId, day, taskIds: tasks.map((t) => t.taskId) })
  const staffIds = [...new Set(tasks.map(({ assigneeId }) => assigneeId))]
  const seen = await lastSeen(unit, { branchId, staffIds })
  const late = await selectLate(unit, { ...of, staffUnitIds })
  const open = tasks.filter((task) => outcomeOf(task) === null)
  return {
    ...{ date: day, unitId, unitName: nameOf(unitId), asOf: unit.now.toISOString() },
    closed: closes.above ? shown(closes.above) : null,
    below: closes.all
      .filter(({ unitId: id }) => id !== unitId && staffUnitIds.includes(id))
      .map(shown),
    counts: countsOf(tasks.map(outcomeOf), orders),
    people: peopleOf(tasks).map(({ staffId, postedAt, planned, left }) => ({
      ...{ staffId, staffName: staff.get(staffId) ?? staffId, planned, left },
      unitName: units.get(postedAt)?.name ?? null,
      lastSeenAt: seen.get(staffId)?.toISOString() ?? null,
    })),
    tasks: open.map((task) => ({
      ...{ taskId: task.taskId, staffId: task.assigneeId, times: timesOf(task) },
    })),
    late: late.map(({ taskId, staffId, result, recordedAt }) => ({
      ...{ taskId, staffId, staffName: staff.get(staffId) ?? staffId, result },
      recordedAt: recordedAt.toISOString(),
    })),
  }
}

/** Whose day was closed knows by whom, and whose task was given away to whom, wherever that person is posted. */
export const namesAnywhere = (unit: Unit, works: Works, ids: readonly (string | null)[]) =>
  onBehalfOf(unit, works.system, (house) => namePeople(house, ids))

/** A unit of the branch with all below it. @throws Refusal `branch-unknown`, `unit-unknown` */
export async function readUnits(unit: Unit, { branchId, unitId }: OfUnit): Promise<string[]> {
  await readBranch(unit, branchId)
  await readUnit(unit, unitId)
  if ((await branchOf(unit, unitId)) !== branchId)
    throw new Refusal('not-found', 'unit-unknown', { unit: unitId })
  return subtreeOf(unit, unitId)
}

/** The tasks of a day with the people of these units that no close accounts for yet. */
export async function tasksToClose(
  unit: Unit,
  { branchId, day }: OfUnit,
  how: Parameters<typeof selectToClose>[2],
): Promise<ToClose[]> {
  const plan = await selectPublished(unit, { branchId, day })
  const asked = await askedOf(unit, { branchId, date: day, planId: plan?.planId ?? null })
  return asked ? selectToClose(unit, asked, how) : []
}

/** All closes of the day in sight, and the one of the unit or of the nearest above it. */
export async function readCloses(
  unit: Unit,
  { branchId, unitId, day }: OfUnit,
): Promise<Readonly<{ all: readonly CloseRow[]; above: CloseRow | undefined }>> {
  const all = await selectCloses(unit, { branchId, day })
  const units = await unitNames(unit, branchId)
  for (let at: string | null | undefined = unitId; at; at = units.get(at)?.parentId) {
    const above = all.find((close) => close.unitId === at)
    if (above) return { all, above }
  }
  return { all, above: undefined }
}

/** Everybody who has tasks to be accounted for, by unit and id. */
function peopleOf(tasks: readonly ToClose[]) {
  return [...Map.groupBy(tasks, ({ assigneeId }) => assigneeId)]
    .map(([staffId, own]) => ({
      ...{ staffId, postedAt: own[0]?.assigneeUnitId ?? '', planned: own.length },
      left: own.filter((task) => outcomeOf(task) === null).length,
    }))
    .sort((a, b) => order(a.postedAt, b.postedAt) || order(a.staffId, b.staffId))
}
