import { expect, test } from 'vitest'
import { type Choice, decided, decisionsOf, NO_CHOICES, withChoice } from './deciding.ts'

const left = ['a1', 'a2', 'b1'].map((taskId) => ({ taskId, staffId: taskId[0] ?? '', times: 0 }))
const NEXT: Choice = { outcome: 'next-day' }
const BACK: Choice = { outcome: 'taken-back' }

test.each([
  [undefined, undefined],
  [NEXT, { outcome: 'next-day' }],
  [{ outcome: 'given' }, undefined],
  [
    { outcome: 'given', to: 'W2' },
    { outcome: 'given', to: 'W2' },
  ],
  [{ outcome: 'dropped' }, undefined],
  [
    { outcome: 'dropped', reason: 'weather', note: 'left over' },
    { outcome: 'dropped', reason: 'weather' },
  ],
  [{ outcome: 'dropped', reason: 'other', note: '  ' }, undefined],
  [
    { outcome: 'dropped', reason: 'other', note: ' 拆迁 ' },
    { outcome: 'dropped', reason: 'other', note: '拆迁' },
  ],
] as const)('the choice %j says %j', (choice, says) => {
  expect(decided(choice)).toEqual(says)
})

test('the choice nearest to a task counts, and whoever has no other goes the way of the rest', () => {
  const choices = {
    rest: NEXT,
    byPerson: withChoice(new Map(), 'a', BACK),
    byTask: withChoice(new Map(), 'a2', { outcome: 'next-day' }),
  }
  expect(decisionsOf(choices, left)).toEqual({
    decisions: [
      { taskId: 'a1', what: { outcome: 'taken-back' } },
      { taskId: 'a2', what: { outcome: 'next-day' } },
    ],
    ...{ rest: { outcome: 'next-day' }, undecided: 0 },
    counts: new Map([
      ['taken-back', 1],
      ['next-day', 2],
    ]),
  })
})

test('what has no choice, or half of one, is still to be decided', () => {
  expect(decisionsOf(NO_CHOICES, left)).toMatchObject({ decisions: [], rest: null, undecided: 3 })
  const byPerson = withChoice(new Map(), 'a', { outcome: 'given', to: null })
  const half = { ...NO_CHOICES, rest: NEXT, byPerson }
  expect(decisionsOf(half, left), 'half a choice hides the one above').toMatchObject({
    ...{ decisions: [], undecided: 2 },
  })
  expect(withChoice(byPerson, 'a', undefined).size).toBe(0)
})
