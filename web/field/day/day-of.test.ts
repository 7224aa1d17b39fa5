import { expect, test } from 'vitest'
import type { ReadPack } from '../vault/pack.ts'
import { figuresOf, isAsTold } from './day-of.ts'
import type { Entry, PhoneState } from './phone-state.ts'

const DAY = '2026-11-22'
const STAFF = 'S685A01'
const taskOf = (taskId: string, state = 'open', result: string | null = null) => ({
  ...{ taskId, state, result, town: null, place: null },
})
const pack = {
  ...{
    day: DAY,
    staffId: STAFF,
    neighbours: [],
    unread: { tasks: 0, neighbours: 0, colleagues: 0, events: 0 },
  },
  tasks: [taskOf('t1'), taskOf('t2'), taskOf('t3', 'done', 'done')],
} as unknown as ReadPack

const entry = (at: string, of: Partial<Entry> = {}): Entry => ({
  ...{ itemId: 'i1', taskId: 't1', name: '王**', place: '', result: 'refused', what: null },
  ...{ on: null, at, ...of },
})
const item = (state: 'waiting' | 'accepted', staffId = STAFF) =>
  ({ itemId: 'i1', staffId, state }) as PhoneState['items'][number]

const counts = { planned: 3, done: 1, promised: 0, refused: 0, notAtHome: 0, otherwise: 0, left: 2 }
const rank = { place: 3, of: 8, within: 'crew' } as const
const orders = { renewal: 1, new: 0, box: 0, third_party: 0 }
const said = { date: DAY, staffId: STAFF, counts, overdue: 0, orders, orderToday: true, rank }
const told = { said, at: '2026-11-22T02:00:00.000Z' }
const known = { journal: [], items: [], day: told, syncedAt: '2026-11-22T01:00:00.000Z' }

test('the day is as the server says, and as of when it said so', () => {
  expect(figuresOf(pack, known)).toEqual({
    ...{ ...counts, hasOrder: true, asOf: told.at, isTold: true, rank },
  })
})

test('without a word of the server the phone counts its list and what was recorded here', () => {
  const journal = [entry('2026-11-22T01:30:00.000Z')]
  const of = { ...known, day: null, journal, items: [item('waiting')] }
  expect(figuresOf(pack, of)).toMatchObject({
    ...{ planned: 3, done: 1, refused: 1, left: 1, hasOrder: false, isTold: false },
    asOf: known.syncedAt,
  })
})

test('what waits, or was recorded since the server spoke, stands above what it said', () => {
  const before = [entry('2026-11-22T01:30:00.000Z')]
  const since = [entry('2026-11-22T02:30:00.000Z')]
  const waiting = figuresOf(pack, { ...known, journal: before, items: [item('waiting')] })
  expect(waiting).toMatchObject({ refused: 1, left: 1, isTold: false, rank: null })
  const later = figuresOf(pack, { ...known, journal: since, items: [item('accepted')] })
  expect(later).toMatchObject({ refused: 1, left: 1, isTold: false })
  expect(waiting.hasOrder, 'an order that the server knows of is one').toBe(true)
})

test('what a colleague has waiting on the same phone changes nothing of the own day', () => {
  expect(figuresOf(pack, { ...known, items: [item('waiting', 'S685A02')] }).isTold).toBe(true)
})

test('what the server said of another day is not said of this one', () => {
  const yesterday = { ...told, said: { ...said, date: '2026-11-21' } }
  expect(figuresOf(pack, { ...known, day: yesterday })).toMatchObject({
    ...{ isTold: false, hasOrder: false },
  })
})

test('a list that counts otherwise than the server is noticed', () => {
  expect(isAsTold(pack, known)).toBe(true)
  const fewer = { ...told, said: { ...said, counts: { ...counts, planned: 2, left: 1 } } }
  expect(isAsTold(pack, { ...known, day: fewer })).toBe(false)
})

test('what this page cannot read counts as planned and left, and is no reason to take the list anew', () => {
  const some = { ...pack, unread: { ...pack.unread, tasks: 2 } }
  const own = figuresOf(some, { ...known, day: null })
  expect(own).toMatchObject({ planned: 5, done: 1, left: 4 })
  const at = (left: number) => {
    const more = { ...counts, planned: 5, done: 5 - left, left }
    return isAsTold(some, { ...known, day: { ...told, said: { ...said, counts: more } } })
  }
  expect([1, 2, 3, 4, 5].map(at), 'its results may be known to the server').toEqual([
    ...[false, true, true, true, false],
  ])
  expect(isAsTold(some, known), 'a list of three is another one').toBe(false)
})
