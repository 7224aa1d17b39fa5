import { readBranch, staffNames, type UnitRef, unitNames } from '#people'
import { type Order, orderBy, pageOfRows, readCursor } from '#platform/page.ts'
import type { Unit } from '#platform/unit.ts'
import { HANDS_ON, order } from './crews.ts'
import { askedOf } from './lists.ts'
import type { Named } from './losses.ts'
import type { Load } from './plan.ts'
import type { Page } from './read-plan.ts'
import { selectLoads, selectPublished } from './store.ts'
import { selectTaskSums, type TaskSum } from './task-store.ts'
import { campaignNameOf, plansOf, type TaskContext } from './task-view.ts'

export type GroupedBy = 'zone' | 'hall' | 'grid' | 'person' | 'campaign'

type Asked = Page &
  Readonly<{
    branchId: string
    date: string
    by: GroupedBy
    unit?: string | undefined
    campaign?: string | undefined
    search?: string | undefined
  }>

/** What things are called, and where units hang. */
type Words = Readonly<{
  plans: TaskContext['plans']
  units: ReadonlyMap<string, UnitRef>
  staff: ReadonlyMap<string, string>
}>

const SORTS = {
  tasks: { sql: 'tasks', type: 'integer' },
  people: { sql: 'people', type: 'integer' },
  valueFen: { sql: 'value_fen', type: 'integer' },
  name: { sql: 'name', type: 'text' },
} as const

/**
 * The published lists of a day, grouped, in the actor’s scope and below one unit if asked. Tasks
 * count where the household lives; capacity is a person’s, and null for every other group.
 * @throws Refusal `branch-unknown`, `sort-unknown`, `cursor-unreadable`.
 */
export async function listWorklists(unit: Unit, of: Asked) {
  await readBranch(unit, of.branchId)
  const sorting = orderBy(of.sort, SORTS, '-tasks')
  const mark = readCursor(of.cursor, sorting.column.type)
  const plan = await selectPublished(unit, { branchId: of.branchId, day: of.date })
  const planId = plan?.planId ?? null
  const asked = await askedOf(unit, { ...of, planId })
  if (!asked) return { rows: [], next: null, total: 0, planId: null }
  const sums = await selectTaskSums(unit, asked)
  const words = {
    plans: await plansOf(unit, of.branchId, sums, plan ? [plan] : []),
    units: await unitNames(unit, of.branchId),
    staff: await staffNames(unit, of.branchId),
  }
  const loads = plan ? await selectLoads(unit, plan) : []
  const groups = groupsOf(sums, loads, of.by, words)
  const search = of.search?.trim().toLowerCase() ?? ''
  const found = groups
    .filter(({ key, name }) => `${key} ${name.zh} ${name.en}`.toLowerCase().includes(search))
    .sort((a, b) => compare(sorting, a, b))
  const from = mark ? found.findIndex((group) => isBeyond(sorting, group, mark)) : 0
  const rest = from < 0 ? [] : found.slice(from, from + of.limit + 1)
  const page = pageOfRows(rest, of.limit, (group) => ({
    value: sortValue(sorting, group),
    id: group.key,
  }))
  return { ...page, total: found.length, planId }
}

/** A line of the lists: a unit, a person or a campaign with its tasks. */
export type Group = {
  key: string
  name: { zh: string; en: string }
  unitName: string | null
  tasks: number
  people: number
  capacity: number | null
  touchpoints: { touchpoint: (typeof HANDS_ON)[number]; tasks: number }[]
  valueFen: number
}

export function groupsOf(
  sums: readonly TaskSum[],
  loads: readonly Load[],
  by: GroupedBy,
  words: Words,
): Group[] {
  const keyOf = keysBy(by, words)
  const groups = Map.groupBy(sums, keyOf)
  return [...groups].map(([key, own]) => {
    const assignees = new Set(own.map(({ assigneeId }) => assigneeId))
    return {
      key,
      ...calledBy(by, key, own, words),
      tasks: own.reduce((sum, { tasks }) => sum + tasks, 0),
      people: assignees.size,
      capacity: capacityOf(by, key, loads),
      touchpoints: HANDS_ON.map((touchpoint) => ({
        touchpoint,
        tasks: own
          .filter((sum) => sum.touchpoint === touchpoint)
          .reduce((sum, { tasks }) => sum + tasks, 0),
      })).filter(({ tasks }) => tasks > 0),
      valueFen: own.reduce((sum, { valueFen }) => sum + valueFen, 0),
    }
  })
}

/** The unit of a kind at or above another; the other itself where there is none. */
export function unitAbove(
  units: ReadonlyMap<string, UnitRef>,
  unitId: string,
  kind: string,
): string {
  for (let unit = units.get(unitId); unit; unit = units.get(unit.parentId ?? ''))
    if (unit.kind === kind) return unit.unitId
  return unitId
}

function keysBy(by: GroupedBy, words: Words): (sum: TaskSum) => string {
  if (by === 'person') return ({ assigneeId }) => assigneeId
  if (by === 'campaign') return ({ campaign }) => campaign
  return ({ unitId }) => unitAbove(words.units, unitId, by)
}

function calledBy(by: GroupedBy, key: string, own: readonly TaskSum[], words: Words) {
  const both = (name: string): { zh: string; en: string } => ({ zh: name, en: name })
  const [some] = own
  if (by === 'campaign' && some) return { name: campaignNameOf(words.plans, some), unitName: null }
  if (by === 'person') {
    const unitName = words.units.get(own[0]?.assigneeUnitId ?? '')?.name ?? null
    return { name: both(words.staff.get(key) ?? key), unitName }
  }
  const unit = words.units.get(key)
  const above = words.units.get(unit?.parentId ?? '')
  return { name: both(unit?.name ?? key), unitName: above?.name ?? null }
}

/** Only a person’s tasks and capacity count the same work: those of a unit are partly met by others. */
function capacityOf(by: GroupedBy, key: string, loads: readonly Load[]): number | null {
  if (by !== 'person') return null
  return loads
    .filter(({ staffId }) => staffId === key)
    .reduce((sum, { capacity }) => sum + capacity, 0)
}

function sortValue({ column }: Order, group: Group): string | number {
  if (column === SORTS.name) return (group.name satisfies Named).zh
  if (column === SORTS.people) return group.people
  return column === SORTS.valueFen ? group.valueFen : group.tasks
}

function compare(sorting: Order, a: Group, b: Group): number {
  return standing(sorting, a, { value: sortValue(sorting, b), id: b.key })
}

const isBeyond = (sorting: Order, group: Group, mark: { value: string | number; id: string }) =>
  standing(sorting, group, mark) > 0

/** Where a group stands to a mark along the order: before it (< 0), on it, beyond it (> 0). */
function standing(sorting: Order, group: Group, mark: { value: string | number; id: string }) {
  const own = sortValue(sorting, group)
  const byValue =
    typeof own === 'number' ? own - Number(mark.value) : order(own, String(mark.value))
  const place = byValue || order(group.key, mark.id)
  return sorting.descending ? -place : place
}
