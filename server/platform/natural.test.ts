import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inNaturalOrder } from './natural.ts'

test('entrances and rooms stand in the order of their numbers', () => {
  const doors = [
    '3号楼10单元301室',
    '3号楼2单元1201室',
    '12号楼1单元101室',
    '3号楼2单元301室',
    '3号楼',
  ]
  expect(doors.sort(inNaturalOrder)).toEqual([
    ...['3号楼', '3号楼2单元301室', '3号楼2单元1201室', '3号楼10单元301室', '12号楼1单元101室'],
  ])
})

test('it is one order of all texts, whatever is in them', () => {
  const text = fc.stringMatching(/^[0-3楼室 ]{0,6}$/)
  fc.assert(
    fc.property(text, text, text, (a, b, c) => {
      const sign = (one: string, other: string) => Math.sign(inNaturalOrder(one, other))
      expect(sign(a, b) + sign(b, a)).toBe(0)
      expect(sign(a, b) === 0).toBe(a === b)
      if (sign(a, b) < 0 && sign(b, c) < 0) expect(sign(a, c)).toBe(-1)
    }),
    { seed: 4, numRuns: 2_000 },
  )
})
