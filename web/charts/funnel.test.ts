import { expect, test } from 'vitest'
import { placeSteps } from './funnel.ts'

test('each loss lies where it was cut off, and what is left begins at zero', () => {
  const steps = placeSteps([
    { key: 'candidates', name: '', count: 100, kind: 'left' },
    { key: 'suppressed', name: '', count: 30, kind: 'lost' },
    { key: 'unassigned', name: '', count: 50, kind: 'lost' },
    { key: 'assigned', name: '', count: 20, kind: 'left' },
  ])
  expect(steps.map(({ from }) => from)).toEqual([0, 70, 20, 0])
})

test('losses that do not add up are still drawn inside the picture', () => {
  const [, lost] = placeSteps([
    { key: 'candidates', name: '', count: 10, kind: 'left' },
    { key: 'suppressed', name: '', count: 30, kind: 'lost' },
  ])
  expect(lost?.from).toBe(0)
})
