import fc from 'fast-check'
import { expect, test } from 'vitest'
import { reconcile, standing, type Version } from './versions.ts'

const id = 'H01'
const since2020 = { id, validFrom: '2020-01-01', validTo: null, of: 'Z1' }
const states = (of: string, validFrom: string | null = null, validTo: string | null = null) => ({
  id,
  validFrom,
  validTo,
  of,
})
const day = '2026-11-20'
const onDay = (held: Version<string>[], stated: ReturnType<typeof states>[], on = day) =>
  reconcile({ held, stated, day: on, mayEnd: () => true })

test.each([
  {
    because: 'who is new begins when the file says',
    held: [],
    stated: [states('Z1', '2024-05-01')],
    begun: [{ id, validFrom: '2024-05-01', validTo: null, of: 'Z1' }],
    amended: [],
  },
  {
    because: 'who is new begins on the day of a file that says nothing',
    held: [],
    stated: [states('Z1')],
    begun: [{ id, validFrom: day, validTo: null, of: 'Z1' }],
    amended: [],
  },
  {
    because: 'nothing new is nothing to write',
    held: [since2020],
    stated: [states('Z1', '2020-01-01')],
    begun: [],
    amended: [],
  },
  {
    because: 'a change under the old first day counts from the day of the file',
    held: [since2020],
    stated: [states('Z2', '2020-01-01')],
    begun: [{ id, validFrom: day, validTo: null, of: 'Z2' }],
    amended: [{ ...since2020, validTo: day }],
  },
  {
    because: 'a change that names a later day counts from there',
    held: [since2020],
    stated: [states('Z2', '2026-12-01')],
    begun: [{ id, validFrom: '2026-12-01', validTo: null, of: 'Z2' }],
    amended: [{ ...since2020, validTo: '2026-12-01' }],
  },
  {
    because: 'a change that names an earlier day is a late entry',
    held: [since2020],
    stated: [states('Z2', '2026-11-01')],
    begun: [{ id, validFrom: '2026-11-01', validTo: null, of: 'Z2' }],
    amended: [{ ...since2020, validTo: '2026-11-01' }],
  },
  {
    because: 'a second change on one day corrects the first',
    held: [
      { ...since2020, validTo: day },
      { id, validFrom: day, validTo: null, of: 'Z2' },
    ],
    stated: [states('Z3', '2020-01-01')],
    begun: [],
    amended: [{ id, validFrom: day, validTo: null, of: 'Z3' }],
  },
  {
    because: 'who is missing ends on the day of the file',
    held: [since2020],
    stated: [],
    begun: [],
    amended: [{ ...since2020, validTo: day }],
  },
  {
    because: 'who comes back begins again',
    held: [{ ...since2020, validTo: '2026-06-01' }],
    stated: [states('Z1', '2020-01-01')],
    begun: [{ id, validFrom: day, validTo: null, of: 'Z1' }],
    amended: [],
  },
  {
    because: 'an end that the file states is written',
    held: [since2020],
    stated: [states('Z1', '2020-01-01', '2026-12-31')],
    begun: [],
    amended: [{ ...since2020, validTo: '2026-12-31' }],
  },
  {
    because: 'a change planned for later stays planned',
    held: [
      { ...since2020, validTo: '2026-12-01' },
      { id, validFrom: '2026-12-01', validTo: null, of: 'Z2' },
    ],
    stated: [states('Z1', '2020-01-01')],
    begun: [],
    amended: [],
  },
  {
    because: 'what is not yet there is not ended by a file that does not know it',
    held: [{ id, validFrom: '2026-12-01', validTo: null, of: 'Z2' }],
    stated: [],
    begun: [],
    amended: [],
  },
])('$because', ({ held, stated, begun, amended }) => {
  expect(onDay(held, stated)).toMatchObject({ begun, amended })
})

const dayIn2026 = fc
  .integer({ min: 1, max: 28 })
  .map((n) => `2026-11-${String(n).padStart(2, '0')}`)
const statement = fc.record({
  id: fc.constantFrom('a', 'b', 'c'),
  validFrom: fc.option(dayIn2026),
  validTo: fc.option(dayIn2026),
  of: fc.constantFrom('Z1', 'Z2'),
})
const file = fc.uniqueArray(
  statement.filter(({ validFrom, validTo }) => !validTo || !validFrom || validFrom <= validTo),
  { selector: (row) => row.id },
)

test('however many files came, versions do not overlap, and the last file again changes nothing', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(file, dayIn2026), { minLength: 1, maxLength: 6 }), (files) => {
      const days = files.map(([, on]) => on).toSorted()
      let held: Version<string>[] = []
      for (const [at, [stated]] of files.entries()) {
        const on = days[at] ?? day
        const { begun, amended } = reconcile({ held, stated, day: on, mayEnd: () => true })
        held = apply(held, begun, amended)
        for (const version of held) {
          expect(version.validTo === null || version.validTo >= version.validFrom).toBe(true)
          for (const other of held)
            if (other.id === version.id && other.validFrom > version.validFrom)
              expect(
                (version.validTo !== null && version.validTo <= other.validFrom) ||
                  other.validTo === other.validFrom,
              ).toBe(true)
        }
        const again = reconcile({ held, stated, day: on, mayEnd: () => true })
        expect([...again.begun, ...again.amended]).toEqual([])
      }
    }),
    { seed: 2026, numRuns: 2000 },
  )
})

test('the version that stands is the last begun, even if it has ended', () => {
  const ended = { ...since2020, validTo: '2026-01-01' }
  const later = { id, validFrom: '2027-01-01', validTo: null, of: 'Z2' }
  expect(standing([ended, later], day)).toBe(ended)
  expect(standing([later], day)).toBe(later)
})

function apply(
  held: Version<string>[],
  begun: readonly Version<string>[],
  amended: readonly Version<string>[],
): Version<string>[] {
  const key = (version: Version<string>) => `${version.id} ${version.validFrom}`
  const changed = new Map(amended.map((version) => [key(version), version]))
  for (const version of begun) expect(held.map(key)).not.toContain(key(version))
  return [...held.map((version) => changed.get(key(version)) ?? version), ...begun]
}
