import { expect, test } from 'vitest'
import { inOrderOfDay } from './order-of-day.ts'

const DAY = '2026-11-20'
const EVENING = { windowStart: `${DAY}T09:30:00Z`, windowEnd: `${DAY}T12:30:00Z` }
const MORNING = { windowStart: '2026-11-19T22:00:00Z', windowEnd: `${DAY}T00:00:00Z` }

/** A visit told as its place on the list (0: no plan gave it one), its town and its village. */
const visit = (visitOrder: number, where: string, other: object = {}) => {
  const [townName = '', placeName = ''] = where.split(' ')
  const task = { day: DAY, touchpoint: 'door' as const, visitOrder, townName, placeName }
  return { ...task, ...EVENING, name: `${visitOrder} ${where}`, ...other }
}
const namesOf = (tasks: readonly { name: string }[]) => tasks.map(({ name }) => name)
const PLANNED = [visit(1, 'T1 V1'), visit(2, 'T1 V2'), visit(3, 'T2 V5'), visit(4, 'T1 V1')]

test('a list that is as a plan left it stays so', () => {
  expect(inOrderOfDay(PLANNED.toReversed())).toEqual(PLANNED)
})

test('who promised for the day is visited with the village, else with the town, else at the end', () => {
  const tasks = [
    ...PLANNED.slice(0, 3),
    ...[visit(0, 'T9 V9'), visit(0, 'T1 V7'), visit(0, 'T2 V5'), visit(0, 'T1 V1')],
  ]
  expect(namesOf(inOrderOfDay(tasks))).toEqual([
    ...['0 T1 V1', '1 T1 V1', '2 T1 V2', '0 T1 V7'],
    ...['0 T2 V5', '3 T2 V5', '0 T9 V9'],
  ])
})

test('another attempt in the early morning comes before the evening, which begins where one is then', () => {
  const tasks = [...PLANNED.slice(0, 3), visit(0, 'T1 V2', MORNING)]
  expect(namesOf(inOrderOfDay(tasks))).toEqual(['0 T1 V2', '2 T1 V2', '1 T1 V1', '3 T2 V5'])
})

test('two lists that one person has to do are one way, village by village', () => {
  const other = [visit(1, 'T2 V5'), visit(2, 'T1 V2')]
  const names = namesOf(inOrderOfDay([...PLANNED.slice(0, 3), ...other]))
  expect(names.map((name) => name.slice(2))).toEqual(['T1 V1', 'T1 V2', 'T1 V2', 'T2 V5', 'T2 V5'])
})

test('what is overdue comes first, and calls after the doors', () => {
  const late = visit(0, 'T3 V3', { day: '2026-11-18' })
  const later = visit(0, 'T2 V2', { day: '2026-11-17' })
  const call = visit(5, 'T1 V1', { touchpoint: 'call_out' })
  expect(inOrderOfDay([call, ...PLANNED, late, later])).toEqual([
    ...[later, late],
    ...PLANNED,
    call,
  ])
})
