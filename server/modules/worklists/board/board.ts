import type { z } from 'zod'
import type { BoardCounts, BoardLevel, readBoard as contract } from '#contract/board.ts'
import { readBranch, staffNames, type UnitRef, unitNames } from '#people'
import { type Day, dayOf } from '#platform/day.ts'
import type { Unit } from '#platform/unit.ts'
import { order } from '../crews.ts'
import { askedOf } from '../lists.ts'
import { selectPublished } from '../store.ts'
import { unitAbove } from '../worklists.ts'
import {
  type BoardSum,
  selectBoardSums,
  selectOrderSums,
  selectTold,
  type Told,
} from './board-store.ts'
import { type AtWork, askedSince, isQuiet, metNobody } from './stuck.ts'

type Counts = z.infer<typeof BoardCounts>
type Level = z.infer<typeof BoardLevel>
type Asked = Readonly<{
  branchId: string
  date?: Day | undefined
  by: Level
  unit?: string | undefined
}>

/** What things are called, and where units hang. */
type Words = Readonly<{
  units: ReadonlyMap<string, UnitRef>
  staff: ReadonlyMap<string, string>
}>

/**
 * How a day stands in the actor’s scope and below one unit if asked, and who is stuck. The day is the
 * one asked for, else today. Rows are in order of units and names, so that they stay where they are.
 * @throws Refusal `branch-unknown`
 */
export async function readBoard(unit: Unit, of: Asked): Promise<z.input<typeof contract.response>> {
  const { branchId } = of
  await readBranch(unit, branchId)
  const date = of.date ?? dayOf(unit.now)
  const plan = await selectPublished(unit, { branchId, day: date })
  const planId = plan?.planId ?? null
  const asked = await askedOf(unit, { branchId, date, planId, unit: of.unit })
  const words = { units: await unitNames(unit, branchId), staff: await staffNames(unit, branchId) }
  const tasks = asked ? await selectBoardSums(unit, asked) : []
  const orders = asked ? await selectOrderSums(unit, asked) : []
  const sums = [...tasks, ...orders.map((sum) => ({ ...NOTHING, ...sum }))]
  const since = askedSince(date, unit.now)
  const people = peopleOf(tasks, await selectTold(unit, { branchId, day: date }), words)
  const those = (is: (person: AtWork) => boolean) => people.filter(is).map(shown)
  return {
    ...{ date, asOf: unit.now.toISOString(), total: sumOf(sums), rows: rowsOf(sums, of.by, words) },
    quiet: {
      since: since?.toISOString() ?? null,
      people: those((person) => isQuiet(person, since)),
    },
    onlyNotAtHome: those(metNobody),
    withoutOrder: those((person) => person.orders === 0),
  }
}

const NOTHING: Counts = {
  ...{ planned: 0, done: 0, promised: 0, refused: 0, notAtHome: 0, otherwise: 0, left: 0 },
  ...{ takenBack: 0, orders: 0 },
}
const KEYS = Object.keys(NOTHING) as (keyof Counts)[]

function sumOf(sums: readonly Counts[]): Counts {
  const total = { ...NOTHING }
  for (const sum of sums) for (const key of KEYS) total[key] += sum[key]
  return total
}

function rowsOf(sums: readonly BoardSum[], by: Level, words: Words) {
  const isPerson = by === 'person'
  const groups = Map.groupBy(sums, ({ unitId, staffId }) =>
    isPerson ? staffId : unitAbove(words.units, unitId, by),
  )
  const nameOf = (unitId: string | null | undefined) => words.units.get(unitId ?? '')?.name ?? null
  return [...groups]
    .map(([key, own]) => {
      const above = isPerson ? own[0]?.staffUnitId : words.units.get(key)?.parentId
      const rowName = (isPerson ? words.staff.get(key) : nameOf(key)) ?? key
      return { ...sumOf(own), key, rowName, unitName: nameOf(above), place: above ?? '' }
    })
    .sort((a, b) => order(a.place, b.place) || order(a.key, b.key))
    .map(({ place: _, ...row }) => row)
}

type Person = AtWork & Readonly<{ staffName: string; unitName: string | null }>

/** Everybody who has tasks, with what they told on the day, whichever grid it was in. */
function peopleOf(tasks: readonly BoardSum[], told: readonly Told[], words: Words): Person[] {
  const toldBy = new Map(told.map((each) => [each.staffId, each]))
  const atWork = tasks.filter(({ planned }) => planned > 0)
  return [...Map.groupBy(atWork, ({ staffId }) => staffId)].map(([staffId, own]) => {
    const said = toldBy.get(staffId)
    return {
      ...{ staffId, staffName: words.staff.get(staffId) ?? staffId, left: sumOf(own).left },
      unitName: words.units.get(own[0]?.staffUnitId ?? '')?.name ?? null,
      ...{ told: said?.told ?? 0, notAtHome: said?.notAtHome ?? 0, orders: said?.orders ?? 0 },
      lastAt: said?.lastAt ?? null,
    }
  })
}

const shown = ({ staffId, staffName, unitName, left, told, lastAt }: Person) => ({
  ...{ staffId, staffName, unitName, left, told },
  lastAt: lastAt?.toISOString() ?? null,
})
