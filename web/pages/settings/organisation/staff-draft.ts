import type { z } from 'zod'
import type { Sentence } from '#contract/language.ts'
import { Extension, putStaff, type Staff } from '#contract/organisation.ts'

export type Person = z.output<typeof Staff>
export type StaffBody = z.input<(typeof putStaff)['body']>

/** A person as the form holds one: amounts may be empty meanwhile. */
export type StaffDraft = Readonly<
  Omit<StaffBody, 'unitId' | 'capacity'> & {
    staffId: string
    unitId: string | undefined
    capacity: { readonly [key in keyof StaffBody['capacity']]: number | null }
  }
>

/** What a person is now, to be changed from a day on. */
export function draftOf(person: Person, from: string): StaffDraft {
  const { unitName: _, ...rest } = person
  return { ...rest, validFrom: from }
}

/** Somebody new in a unit, from a day on: works on weekdays and can do nothing yet. */
export function newPerson(unitId: string | undefined, from: string): StaffDraft {
  return {
    staffId: '',
    name: '',
    phone: null,
    account: null,
    roles: [],
    unitId,
    skills: [],
    capacity: { door: 0, call_out: 0, hall: 0, installer: 0 },
    days: '12345',
    validFrom: from,
    validTo: null,
    agency: null,
    extension: null,
  }
}

const GAPS = {
  needed: { zh: '请填写。', en: 'Fill this in.' },
  roles: { zh: '至少选一个岗位。', en: 'Choose one role at least.' },
  days: { zh: '至少选一天。', en: 'Choose one day at least.' },
  account: { zh: '至少 2 个字符。', en: 'At least 2 characters.' },
  extension: { zh: '2 至 12 位数字。', en: '2 to 12 digits.' },
  dates: { zh: '结束日期早于开始日期。', en: 'The end is before the start.' },
  whole: { zh: '应为 0 或正整数。', en: 'A whole number, 0 or more.' },
} as const satisfies Record<string, Sentence>

/** What is not right yet, by field; none: the person can be saved. */
export function gapsOf(draft: StaffDraft): Readonly<Record<string, Sentence>> {
  const gaps: Record<string, Sentence> = {}
  if (!draft.staffId.trim()) gaps.staffId = GAPS.needed
  if (!draft.name.trim()) gaps.name = GAPS.needed
  if (draft.unitId === undefined) gaps.unitId = GAPS.needed
  if (draft.roles.length === 0) gaps.roles = GAPS.roles
  if (draft.days === '') gaps.days = GAPS.days
  if (draft.account !== null && draft.account.length < 2) gaps.account = GAPS.account
  if (draft.extension && !Extension.safeParse(draft.extension).success)
    gaps.extension = GAPS.extension
  if (draft.validTo !== null && draft.validTo < draft.validFrom) gaps.validTo = GAPS.dates
  for (const [touchpoint, count] of Object.entries(draft.capacity))
    if (count === null || !Number.isInteger(count) || count < 0) gaps[touchpoint] = GAPS.whole
  return gaps
}

/** What is sent for a draft without gaps. */
export function bodyOf(draft: StaffDraft): StaffBody | undefined {
  if (Object.keys(gapsOf(draft)).length > 0) return undefined
  const { staffId: _, ...rest } = draft
  return putStaff.body.parse(rest)
}

/** `1234567` from chosen weekdays in any order; Monday is 1. */
export function daysOf(chosen: readonly (string | number)[]): string {
  return [...new Set(chosen.map(String))].sort().join('')
}
