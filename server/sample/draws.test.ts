import { expect, test } from 'vitest'
import { drawsOf, stream, weighted } from './draws.ts'

const HEADS = stream('heads')
const TAILS = stream('tails')
const KEYS = Array.from({ length: 20_000 }, (_, key) => key)
const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length

test('a draw depends on seed, stream, key and number, and on nothing drawn before', () => {
  const [first, second] = [drawsOf(7), drawsOf(7)]
  for (const key of KEYS) first.whole(HEADS, key)
  expect(first.whole(HEADS, 41, 3)).toBe(second.whole(HEADS, 41, 3))
  const others = [
    drawsOf(8).whole(HEADS, 41, 3),
    second.whole(TAILS, 41, 3),
    second.whole(HEADS, 42, 3),
    second.whole(HEADS, 41, 4),
  ]
  expect(others).not.toContain(second.whole(HEADS, 41, 3))
})

test('shares are spread evenly, and one stream tells nothing about another', () => {
  const chance = drawsOf(7)
  const [a, b] = [HEADS, TAILS].map((name) => KEYS.map((key) => chance.share(name, key))) as [
    number[],
    number[],
  ]
  for (let tenth = 0; tenth < 10; tenth++) {
    const within = a.filter((share) => Math.floor(share * 10) === tenth).length
    expect(within / KEYS.length).toBeCloseTo(0.1, 1.8)
  }
  const together = mean(a.map((share, at) => (share - 0.5) * ((b[at] ?? 0) - 0.5)))
  const neighbours = mean(a.slice(1).map((share, at) => (share - 0.5) * ((a[at] ?? 0) - 0.5)))
  expect(Math.abs(together)).toBeLessThan(0.003)
  expect(Math.abs(neighbours)).toBeLessThan(0.003)
})

test.each([
  { at: 0, drawn: 'a', because: 'the first part begins at nought' },
  { at: 0.2499, drawn: 'a', because: 'one of four is a quarter' },
  { at: 0.25, drawn: 'b', because: 'a boundary belongs to the part that begins there' },
  { at: 0.9999, drawn: 'b', because: 'the last part ends at one' },
])('$at falls into $drawn: $because', ({ at, drawn }) => {
  const parts = [
    ['a', 1],
    ['b', 3],
  ] as const
  expect(weighted(parts, at)).toBe(drawn)
})
