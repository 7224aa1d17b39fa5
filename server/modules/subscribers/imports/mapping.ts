import { normaliseHeader } from '#platform/files/header.ts'
import type { Column, Unit } from '../columns/column.ts'
import type { ImportHandler, Warning } from './handler.ts'
import type { DateFormat, DerivedColumn, Profile, ProfileColumn } from './profile.ts'
import { dictionaryOf, proposalFor, SURE } from './propose.ts'

/** One delivered column and what becomes of it. `place` is its number in the file, from 1. */
export type Mapped = Readonly<{
  place: number
  source: string
  column: Column
  unit?: Unit
  format?: DateFormat
  values?: Readonly<Record<string, string>>
  /** What a value outside `values` becomes: itself if absent, nothing if null. */
  otherwise?: string | null
  reject: boolean
}>

/** How the columns of one file become the columns of its kind. */
export type Mapping = Readonly<{
  columns: readonly Mapped[]
  constants: Readonly<Record<string, string>>
  derived: readonly DerivedColumn[]
  nullTokens: readonly string[]
  warnings: readonly Warning[]
  /** Required columns, or groups of them, that nothing delivers. */
  missing: readonly string[]
}>

export const NULL_TOKENS = ['\\N', 'NULL', 'null', '-', '--', '无', '空', 'N/A', '#N/A']

/** Decides for every header cell what it is: by the profile, else by the dictionary, never by guess. */
export function mappingOf(
  header: readonly string[],
  handler: ImportHandler,
  profile: Profile | null,
): Mapping {
  const warnings: Warning[] = []
  const taken = new Map<string, Mapped>()
  const used = new Set<number>()
  const take = (mapped: Mapped) => {
    used.add(mapped.place)
    taken.set(mapped.column.id, mapped)
  }
  for (const of of profile?.columns ?? []) {
    const place = placeOf(header, of.source)
    if (place === null) {
      if (!of.ignore)
        warnings.push({ code: 'profile-column-absent', values: { column: of.source } })
    } else if (of.ignore) used.add(place)
    else take(byProfile(of, place, handler))
  }
  const others = profile?.others ?? 'dictionary'
  if (others === 'dictionary')
    for (const mapped of byDictionary(header, handler, used))
      if (!taken.has(mapped.column.id) && !isComputed(profile, mapped.column.id)) take(mapped)
      else used.add(mapped.place) // a twin, such as the same amount in 元 beside 分
  const left = header.flatMap((source, at) => (used.has(at + 1) || !source.trim() ? [] : [at]))
  if (others !== 'ignore' && handler.custom)
    for (const at of left) take(customColumn(header[at] ?? '', at + 1, taken))
  else if (left.length > 0 && others !== 'ignore')
    warnings.push({
      code: 'columns-unknown',
      values: { columns: left.map((at) => header[at]?.trim() ?? '').join('、') },
    })
  const constants = profile?.constants ?? {}
  const derived = [...(profile?.derived ?? []), ...keyInstead(handler, taken, profile)]
  const has = (id: string) =>
    taken.has(id) || id in constants || derived.some((each) => each.target === id)
  return {
    columns: [...taken.values()].sort((a, b) => a.place - b.place),
    constants,
    derived,
    nullTokens: profile?.nullTokens ?? NULL_TOKENS,
    warnings,
    missing: missingOf(handler, has),
  }
}

/** Where no subscriber is numbered, the customer's number stands for it. */
function keyInstead(
  { kind }: ImportHandler,
  taken: ReadonlyMap<string, Mapped>,
  profile: Profile | null,
): DerivedColumn[] {
  const numbered = taken.has('subscriber_id') || isComputed(profile, 'subscriber_id')
  if (kind !== 'subscribers' || numbered || !taken.has('customer_id')) return []
  return [{ target: 'subscriber_id', first: ['customer_id'] }]
}

function isComputed(profile: Profile | null, id: string): boolean {
  if (!profile) return false
  return (
    id in (profile.constants ?? {}) || (profile.derived ?? []).some((each) => each.target === id)
  )
}

/** Where a header stands: spelled the same, else the same but for width, blanks and case. */
function placeOf(header: readonly string[], source: string): number | null {
  const same = header.findIndex((cell) => cell.trim() === source.trim())
  if (same >= 0) return same + 1
  const wanted = normaliseHeader(source)
  const alike = header.findIndex((cell) => normaliseHeader(cell) === wanted)
  return alike >= 0 ? alike + 1 : null
}

function byProfile(of: ProfileColumn, place: number, handler: ImportHandler): Mapped {
  const known = of.target ? handler.columns.find((each) => each.id === of.target) : undefined
  const column = known ?? ownColumn(of.custom ?? of.source, of)
  const values = of.values ?? column.values
  const unit = of.unit ?? unitIn(of.source) ?? column.unit
  return {
    place,
    source: of.source,
    column,
    ...(unit && { unit }),
    ...(of.format && { format: of.format }),
    ...(values && { values }),
    ...(of.else !== undefined && { otherwise: of.else }),
    reject: of.reject ?? column.reject === true,
  }
}

/** By the dictionary; of twins that mean one column, the one counted in the smaller unit wins. */
function byDictionary(
  header: readonly string[],
  handler: ImportHandler,
  used: ReadonlySet<number>,
): Mapped[] {
  const dictionary = dictionaryOf(handler.columns)
  const found = header.flatMap((source, at): Mapped[] => {
    if (used.has(at + 1)) return []
    const proposal = proposalFor(source, dictionary)
    if (!proposal || proposal.confidence < SURE) return []
    const { column } = proposal
    const unit = unitIn(source) ?? column.unit
    return [
      {
        place: at + 1,
        source,
        column,
        ...(unit && { unit }),
        ...(column.values && { values: column.values }),
        reject: column.reject === true,
      },
    ]
  })
  const exact = (mapped: Mapped) => (mapped.unit === '分' ? 0 : 1)
  const sure = (mapped: Mapped) => -(proposalFor(mapped.source, dictionary)?.confidence ?? 0)
  return found.sort((a, b) => exact(a) - exact(b) || sure(a) - sure(b) || a.place - b.place)
}

/** The unit that a header names in brackets: 欠费金额(分), 流量(MB). */
export function unitIn(header: string): Unit | undefined {
  const inside = normaliseHeader(header).match(/\(([^()]*)\)$/)?.[1] ?? ''
  return HEADER_UNITS[inside]
}
const HEADER_UNITS: Readonly<Record<string, Unit>> = {
  分: '分',
  元: '元',
  kb: 'KB',
  k: 'KB',
  mb: 'MB',
  m: 'MB',
  兆: 'MB',
  gb: 'GB',
  g: 'GB',
  秒: '秒',
  分钟: '分钟',
  min: '分钟',
  小时: '小时',
}

function customColumn(source: string, place: number, taken: ReadonlyMap<string, Mapped>): Mapped {
  let column = ownColumn(source, {})
  for (let nth = 2; taken.has(column.id); nth++) column = ownColumn(`${source}_${nth}`, {})
  return {
    place,
    source,
    column: { ...column, label: { zh: source.trim(), en: source.trim() } },
    reject: false,
  }
}

/** A column of the branch’s own. Nobody knows what it holds, so it is treated as sensitive. */
function ownColumn(name: string, of: Pick<ProfileColumn, 'type' | 'label'>): Column {
  const plain = normaliseHeader(name).replaceAll(/[^\p{L}\p{N}_]+/gu, '_')
  return {
    id: `custom_${plain.slice(0, 40) || 'column'}`,
    label: of.label ?? { zh: name.trim(), en: name.trim() },
    type: of.type ?? 'text',
    aliases: [],
    personal: 'sensitive',
  }
}

function missingOf(handler: ImportHandler, has: (id: string) => boolean): string[] {
  const nameOf = (id: string) => {
    const label = handler.columns.find((each) => each.id === id)?.label.zh
    return label ? `${label}(${id})` : id
  }
  return handler.required.flatMap((wanted) => {
    const any = typeof wanted === 'string' ? [wanted] : wanted
    return any.some(has) ? [] : [any.map(nameOf).join(' / ')]
  })
}
