import { expect, test } from 'vitest'
import type { Posted } from '../outgoing/post.ts'
import { type Attempt, fateOf, TRIED_FOR_MS } from './retry.ts'

const now = new Date('2026-11-20T00:00:00Z')
const later = (seconds: number) => new Date(now.getTime() + seconds * 1_000)
const answered = (status: number): Posted => ({ kind: 'answered', status })
const failed = (fault: 'timed-out' | 'stopped' | 'secret-unreadable'): Posted => ({
  ...{ kind: 'failed', fault },
})
const first = { now, attempts: 0, triedSince: null, deliveredAt: null }
const fate = (posted: Posted, of: Partial<Attempt> = {}) => fateOf({ ...first, ...of, posted })

test.each([[200], [202], [204]])('%i is an arrival', (status) => {
  expect(fate(answered(status))).toEqual({ state: 'delivered' })
})

test.each([[301], [307], [400], [401], [404], [429], [500], [503]])(
  '%i is tried again',
  (status) => {
    expect(fate(answered(status))).toEqual({ state: 'waiting', nextAt: later(5), counts: true })
  },
)

test('whoever is gone is not asked again, nor is anything sent unsigned', () => {
  expect(fate(answered(410))).toEqual({ state: 'failed', disables: true })
  expect(fate(failed('secret-unreadable'))).toEqual({ state: 'failed', disables: true })
})

test('a server that stops gives the message back as it was', () => {
  expect(fate(failed('stopped'))).toEqual({ state: 'waiting', nextAt: now, counts: false })
})

test('pauses grow to half a day, and the last attempt is three days after the first', () => {
  let at = now
  const pauses: number[] = []
  for (let attempts = 0; ; attempts++) {
    const { state, ...rest } = fate(failed('timed-out'), { attempts, now: at, triedSince: now })
    if (state !== 'waiting') {
      expect({ state, ...rest }).toEqual({ state: 'failed', disables: true })
      break
    }
    const { nextAt } = rest as { nextAt: Date }
    pauses.push((nextAt.getTime() - at.getTime()) / 1_000)
    at = nextAt
  }
  expect(pauses.slice(0, 8)).toEqual([5, 60, 300, 1_800, 7_200, 18_000, 36_000, 43_200])
  expect(at.getTime() - now.getTime()).toBe(TRIED_FOR_MS)
})

test('days in which the server stood still, or its clock jumped, give nothing up', () => {
  const monday = { now: later((2 * TRIED_FOR_MS) / 1_000), triedSince: now }
  const next = (seconds: number) => new Date(monday.now.getTime() + seconds * 1_000)
  expect(fate(failed('timed-out'), { ...monday, attempts: 1 })).toEqual({
    ...{ state: 'waiting', nextAt: next(60), counts: true },
  })
  expect(fate(failed('timed-out'), { ...monday, attempts: 6 })).toEqual({
    ...{ state: 'waiting', nextAt: next(36_000), counts: true },
  })
  expect(fate(failed('timed-out'), { ...monday, attempts: 7 })).toEqual({
    ...{ state: 'failed', disables: true },
  })
})

test('where anything has arrived meanwhile, one message that does not gives nothing up', () => {
  const end = { now: later(TRIED_FOR_MS / 1_000), triedSince: now, attempts: 12 }
  expect(fate(answered(400), { ...end, deliveredAt: later(60) })).toEqual({
    ...{ state: 'failed', disables: false },
  })
  expect(fate(answered(400), { ...end, deliveredAt: later(-60) })).toEqual({
    ...{ state: 'failed', disables: true },
  })
})
