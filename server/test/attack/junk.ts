import fc from 'fast-check'

const WORDS = [
  ...[
    '',
    ' ',
    '\u0000',
    'a\u0000b',
    '\uD800',
    'x\uDFFFy',
    '\uFEFF',
    '\u202E反',
    '𠀀㐂',
    '%00',
    '%',
  ],
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', '..', '../../etc/passwd', '\\'],
  ...["'; drop table people.staff; --", `" or 1=1 --`, '$1', '{"$ne":null}', '=cmd()', '<script>'],
  ...['null', 'NaN', '1e999', '-0', '0x10', '99999999999999999999', '2026-02-30', '0000-00-00'],
  ...['9999-12-31T23:59:59.999Z', '٣', 'İ', 'ß', '\r\n', '\t', 'a'.repeat(80), '好'.repeat(5000)],
]

/** Text that people do not write: of other scripts, of attackers, of machines gone wrong. */
export const junkText: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...WORDS) },
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 12 })
    .map((units) => String.fromCharCode(...units)),
)

const OUT_OF_PLACE: readonly unknown[] = [
  ...['x', '', '1', '2026-02-31', '0000-01-01', '9999-12-31', '9999999999999999999', '0x10', 'NaN'],
  ...['2026-11-20T22:30:00.000Z', '0000-01-01T00:00:00.000Z', '+275760-09-13T00:00:00.000Z'],
  ...[0, -1, 1.5, 2 ** 31, 2 ** 53, 1e308, null, true, [], {}],
]

/** Page marks that no list wrote: most of the right form, with a value that few columns take. */
export const junkCursor: fc.Arbitrary<string> = fc.oneof(
  { weight: 1, arbitrary: junkText },
  {
    weight: 6,
    arbitrary: fc
      .tuple(
        fc.oneof(fc.constantFrom(...OUT_OF_PLACE), junkText),
        fc.oneof(fc.constant('y'), junkText),
      )
      .map((mark) => Buffer.from(JSON.stringify(mark)).toString('base64url')),
  },
)

const nested = (levels: number): unknown => {
  let value: unknown = 1
  for (let level = 0; level < levels; level++) value = level % 2 ? [value] : { all: value }
  return value
}

/** Anything that JSON can say and a schema does not expect. */
export const junkValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 3, arbitrary: junkText },
  fc.constantFrom<unknown>(null, true, [], {}, 0, -1, 1.5, 1e308, -1e308, 2 ** 53, 2 ** 31),
  fc.integer({ min: 1, max: 40 }).map(nested),
  fc.dictionary(junkText, junkText, { maxKeys: 3 }),
  fc.array(junkText, { maxLength: 300 }),
  fc.jsonValue({ maxDepth: 3 }),
)

/** The value with one of its parts replaced, left out, or joined by one that nobody asked for. */
export function spoilt(value: unknown): fc.Arbitrary<unknown> {
  if (Array.isArray(value) && value.length > 0)
    return fc.oneof(
      junkValue,
      fc
        .tuple(fc.nat(value.length - 1), junkValue)
        .map(([at, junk]) => value.with(at, junk) as unknown),
      fc
        .nat(value.length - 1)
        .chain((at) => spoilt(value[at]).map((part) => value.with(at, part) as unknown)),
    )
  if (value === null || typeof value !== 'object') return junkValue
  const names = Object.keys(value)
  const whole = value as Record<string, unknown>
  const [first = 'more', ...others] = names
  const name = fc.constantFrom(first, ...others)
  return fc.oneof(
    junkValue,
    fc.tuple(name, junkValue).map(([at, junk]) => ({ ...whole, [at]: junk })),
    fc.tuple(junkText, junkValue).map(([at, junk]) => withMember(whole, at, junk)),
    name.map((at) => Object.fromEntries(Object.entries(whole).filter(([key]) => key !== at))),
    name.chain((at) => spoilt(whole[at]).map((part) => ({ ...whole, [at]: part }))),
  )
}

/** A member of any name, `__proto__` too, as JSON would carry it. */
function withMember(whole: Record<string, unknown>, name: string, value: unknown): unknown {
  const members = { ...whole }
  Object.defineProperty(members, name, {
    ...{ value, enumerable: true, configurable: true, writable: true },
  })
  return members
}
