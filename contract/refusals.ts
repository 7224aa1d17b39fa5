import type { Language, Sentence } from './language.ts'
import { CALENDAR_REFUSALS } from './refusals/calendar.ts'
import { CAMPAIGNS_REFUSALS } from './refusals/campaigns.ts'
import { CONTACTS_REFUSALS } from './refusals/contacts.ts'
import { EVENTS_REFUSALS } from './refusals/events.ts'
import { FIELD_REFUSALS } from './refusals/field.ts'
import { FILES_REFUSALS } from './refusals/files.ts'
import { INSIGHT_REFUSALS } from './refusals/insight.ts'
import { PEOPLE_REFUSALS } from './refusals/people.ts'
import { PLATFORM_REFUSALS } from './refusals/platform.ts'
import { RENEWALS_REFUSALS } from './refusals/renewals.ts'
import { SAMPLE_REFUSALS } from './refusals/sample.ts'
import { SUBSCRIBERS_REFUSALS } from './refusals/subscribers.ts'
import { TERRITORY_REFUSALS } from './refusals/territory.ts'
import { WEBHOOKS_REFUSALS } from './refusals/webhooks.ts'
import { WORKLISTS_REFUSALS } from './refusals/worklists.ts'

/** Every code with which a call may be refused, and the sentence people then read. */
export const REFUSALS = {
  ...PLATFORM_REFUSALS,
  ...FILES_REFUSALS,
  ...SAMPLE_REFUSALS,
  ...PEOPLE_REFUSALS,
  ...CALENDAR_REFUSALS,
  ...SUBSCRIBERS_REFUSALS,
  ...CONTACTS_REFUSALS,
  ...INSIGHT_REFUSALS,
  ...CAMPAIGNS_REFUSALS,
  ...WORKLISTS_REFUSALS,
  ...RENEWALS_REFUSALS,
  ...FIELD_REFUSALS,
  ...EVENTS_REFUSALS,
  ...TERRITORY_REFUSALS,
  ...WEBHOOKS_REFUSALS,
} as const

export type RefusalCode = keyof typeof REFUSALS
export type RefusalValues = Readonly<Record<string, string | number>>

/** The sentence of `code` in `language`, its `{names}` replaced by `values`. */
export function sentenceOf(code: RefusalCode, values: RefusalValues, language: Language): string {
  return REFUSALS[code][language].replaceAll(/\{(\w+)\}/g, (hole, name: string) =>
    String(values[name] ?? hole),
  )
}

/** The same in both languages, for whoever reads it later. */
export const sentencesOf = (code: RefusalCode, values: RefusalValues): Sentence => ({
  zh: sentenceOf(code, values, 'zh'),
  en: sentenceOf(code, values, 'en'),
})
