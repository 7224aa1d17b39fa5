import { expect, test } from 'vitest'
import { openWish } from './wishes.ts'

const evening = {
  start: '2026-11-21T09:30:00.000Z',
  end: '2026-11-21T12:30:00.000Z',
  seasonIds: [],
}
const wanted = (...touchpoints: string[]) => ({
  campaign: 'renewal-due',
  townCode: 'T1',
  touchpoints,
})

test('touchpoints keep the order of the campaign, messages are nobody’s visit', () => {
  const wish = openWish(wanted('call_out', 'sms', 'door'), () => evening)
  expect(wish.open).toEqual(['call_out', 'door'])
  expect(wish.visits.map(({ time }) => time.start)).toEqual([evening.start, evening.start])
})

test('a touchpoint without a window on the day is left out, and the next one is taken', () => {
  const wish = openWish(wanted('door', 'call_out'), (how) => (how === 'door' ? undefined : evening))
  expect(wish).toMatchObject({ open: ['call_out'], mayBeMet: true })
})

test.each([
  { touchpoints: ['door'], mayBeMet: true, because: 'on another day somebody may go' },
  { touchpoints: ['sms', 'online'], mayBeMet: false, because: 'no person is asked for at all' },
])('a closed day leaves $touchpoints without a visit: $because', ({ touchpoints, mayBeMet }) => {
  expect(openWish(wanted(...touchpoints), () => undefined)).toMatchObject({ open: [], mayBeMet })
})
