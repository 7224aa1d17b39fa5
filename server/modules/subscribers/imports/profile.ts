import { type Document, parseDocument, visit } from 'yaml'
import { z } from 'zod'
import { Refusal } from '#platform/refusal.ts'
import { COLUMN_TYPES, UNITS } from '../columns/column.ts'
import { IMPORT_KINDS } from './handler.ts'

const Name = z.string().regex(/^[a-z0-9-]{2,60}$/)
const Target = z.string().regex(/^[a-z][a-z0-9_]{0,59}$/)
const CustomName = z.string().regex(/^[\p{L}\p{N}_]{1,40}$/u)
const Words = z.record(z.string(), z.string())
const Named = z.strictObject({ zh: z.string(), en: z.string() })

/** How dates are written where their text alone does not tell. */
export const DATE_FORMATS = {
  yyyyMMdd: '%Y%m%d',
  yyyyMMddHHmmss: '%Y%m%d%H%M%S',
  'yyyy-MM-dd': '%Y-%m-%d',
  'yyyy/M/d': '%Y/%m/%d',
  'dd/MM/yyyy': '%d/%m/%Y',
  'MM/dd/yyyy': '%m/%d/%Y',
  'dd.MM.yyyy': '%d.%m.%Y',
} as const
export type DateFormat = keyof typeof DATE_FORMATS

const MappedColumn = z
  .strictObject({
    source: z.string().min(1).max(200).describe('The header of the delivered column'),
    target: Target.optional().describe('The canonical column it becomes'),
    custom: CustomName.optional().describe('Or the name of a column of the branch’s own'),
    ignore: z.literal(true).optional().describe('Or it is left out'),
    type: z.enum(COLUMN_TYPES).optional().describe('Of a custom column; text if not given'),
    label: Named.optional(),
    unit: z.enum(UNITS).optional(),
    format: z.enum(Object.keys(DATE_FORMATS) as [DateFormat, ...DateFormat[]]).optional(),
    values: Words.optional().describe('Delivered value → value that is kept'),
    else: z.string().nullable().optional().describe('What every value not in `values` becomes'),
    reject: z.boolean().optional().describe('An unreadable value rejects the row'),
  })
  .refine(
    (of) => [of.target, of.custom, of.ignore].filter((each) => each !== undefined).length === 1,
    'exactly one of target, custom, ignore',
  )

/** A column computed from converted columns, by one of a closed set of functions. */
const Derived = z
  .strictObject({
    target: Target,
    first: z.array(Target).min(1).max(20).optional().describe('The first that is filled'),
    join: z
      .strictObject({ of: z.array(Target).min(1).max(20), with: z.string().max(10) })
      .optional(),
    part: z
      .strictObject({ of: Target, from: z.int().min(1), length: z.int().min(1).max(200) })
      .optional()
      .describe('Characters of a text, counted from 1'),
    map: z
      .strictObject({ of: Target, values: Words, else: z.string().nullable().optional() })
      .optional(),
    sum: z.array(Target).min(1).max(20).optional().describe('NULL when none is filled'),
    addMonths: z
      .strictObject({ to: Target, months: z.union([z.int(), Target]) })
      .optional()
      .describe('A day so many months later'),
    monthsBetween: z
      .strictObject({ from: Target, to: Target.optional() })
      .optional()
      .describe('Whole months, to the data date if `to` is not given'),
  })
  .refine((of) => Object.keys(of).length === 2, 'exactly one function')

/** How the files of one sender are understood. Kept as YAML, in versions. */
export const Profile = z.strictObject({
  name: Name,
  kind: z.enum(IMPORT_KINDS),
  version: z.int().min(1).optional().describe('For people; a saved profile is numbered anew'),
  about: Named.optional(),
  file: z
    .strictObject({
      encoding: z.enum(['utf-8', 'gb18030', 'utf-16le', 'utf-16be']).optional(),
      delimiter: z.enum([',', '\t', ';', '|', '\x01']).optional(),
      sheet: z.string().max(100).optional(),
      headerRow: z.int().min(1).optional(),
    })
    .optional(),
  nullTokens: z.array(z.string().max(40)).max(100).optional(),
  columns: z.array(MappedColumn).max(5000),
  others: z
    .enum(['dictionary', 'custom', 'ignore'])
    .optional()
    .describe('Columns not named above: looked up by their headers (default), kept, left out'),
  constants: z.record(Target, z.string()).optional(),
  derived: z.array(Derived).max(200).optional(),
  gates: z
    .strictObject({ rowShare: z.number().min(0).max(10).optional() })
    .optional()
    .describe('How far the number of rows may move; 0.2 is 20 %'),
})
export type Profile = Readonly<z.infer<typeof Profile>>
export type ProfileColumn = Profile['columns'][number]
export type DerivedColumn = NonNullable<Profile['derived']>[number]

/** Reads a profile, or refuses with the first thing that is wrong and where it stands. */
export function readProfile(yaml: string): Profile {
  const document = parseDocument(yaml, { uniqueKeys: true, stringKeys: true })
  const [error] = document.errors
  if (error) {
    const line = error.linePos?.[0].line ?? 1
    throw new Refusal('invalid', 'profile-invalid', {
      detail: `${line}: ${error.message.split('\n')[0] ?? ''}`,
    })
  }
  const read = Profile.safeParse(plainOf(document))
  if (read.success) return read.data
  const [issue] = read.error.issues
  const where = issue?.path.join('.') || '/'
  throw new Refusal('invalid', 'profile-invalid', { detail: `${where}: ${issue?.message ?? ''}` })
}

/** An alias makes a short text a long one; a profile needs none. @throws Refusal `profile-invalid` */
function plainOf(document: Document): unknown {
  visit(document, {
    Alias: (_, { source }) => {
      throw new Refusal('invalid', 'profile-invalid', { detail: `*${source}` })
    },
  })
  return document.toJS()
}
