import { expect, test } from 'vitest'
import { Refusal } from '#platform/refusal.ts'
import { strictnessOf } from './strictness.ts'

type Rules = Readonly<{ touches: number; days: number; isMarketing: boolean; mayOverflow: boolean }>

const law = { setting: 'days', limit: 7, by: { zh: '法规', en: 'the law' } } as const
const { limits, isLooser, tightened } = strictnessOf<keyof Rules, Rules>({
  values: {
    touches: { stricter: 'less' },
    days: { stricter: 'more' },
    isMarketing: { stricter: 'more' },
    mayOverflow: { stricter: 'less' },
  },
  law: [law],
  tooLoose: () => new Refusal('invalid', 'plan-rules-too-loose', { level: '' }),
})
const LOOSE: Rules = { touches: 9, days: 1, isMarketing: false, mayOverflow: true }
const said = (name: string, change: Partial<Rules>) => ({ name, setting: { ...LOOSE, ...change } })
const by = (name: string) => ({ zh: name, en: name })

test('the law alone limits where no unit above has settled anything', () => {
  expect(limits([])).toEqual([law])
})

test('of each value the strictest above is the limit, and of equals the nearest', () => {
  const above = [said('city', { touches: 2, days: 9 }), said('province', { touches: 2, days: 8 })]
  expect(limits(above)).toEqual([
    { setting: 'touches', limit: 2, by: by('city') },
    { setting: 'days', limit: 9, by: by('city') },
  ])
  expect(limits([said('city', { days: 7 })])).toContainEqual(law)
})

test('a switch above limits to the strict side, and not where it is loose', () => {
  expect(limits([said('city', {})]).map(({ setting }) => setting)).toEqual(['touches', 'days'])
  expect(limits([said('city', { isMarketing: true, mayOverflow: false })])).toEqual(
    expect.arrayContaining([
      { setting: 'isMarketing', limit: true, by: by('city') },
      { setting: 'mayOverflow', limit: false, by: by('city') },
    ]),
  )
})

test('what is looser than a limit is found and tightened, what is stricter stays', () => {
  expect(isLooser(LOOSE, law)).toBe(true)
  expect(tightened(LOOSE, law)).toEqual({ ...LOOSE, days: 7 })
  expect(isLooser({ ...LOOSE, days: 7 }, law)).toBe(false)
  expect(isLooser({ ...LOOSE, days: 8 }, law)).toBe(false)
})
