import { expect, test } from 'vitest'
import { planSteps } from './funnel.ts'

const say = (sentence: Readonly<{ zh: string }>, values: Record<string, string | number> = {}) =>
  sentence.zh.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(values[name]))

const counts = {
  base: 1000,
  candidates: 300,
  suppressed: [{ reason: 'standing-refusal', text: { zh: '已拒绝', en: 'Refused' }, count: 40 }],
  heldOut: 10,
  outranked: 50,
  assigned: 180,
  unassigned: [{ reason: 'no_capacity', text: { zh: '能力不足', en: 'No capacity' }, count: 20 }],
}

test('every loss has its own name, and what it opens is what it counts', () => {
  const steps = planSteps(counts, say)
  expect(steps.map(({ name, count }) => `${name} ${count}`)).toContain('不宜接触：已拒绝 40')
  expect(steps.find(({ name }) => name === '未派：能力不足')?.opens).toEqual({
    outcome: 'unassigned',
    reason: 'no_capacity',
  })
})

test('what is lost and what is assigned are the candidates', () => {
  const steps = planSteps(counts, say)
  const lost = steps
    .filter(({ kind }) => kind === 'lost')
    .reduce((sum, { count }) => sum + count, 0)
  expect(lost + counts.assigned).toBe(counts.candidates)
})
