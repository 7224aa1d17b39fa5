import type { Language, Sentence, Sentences } from '#contract/language.ts'
import { isDay } from './day.ts'
import { sayDay } from './say-day.ts'

export type Values = Readonly<Record<string, string | number | boolean | null>>

/** A reason as data, with the sentences made of it. */
export type Reason = Readonly<{
  code: string
  values: Record<string, string | number | boolean | null>
  text: Sentence
}>

/**
 * How reasons are told: `words`, the sentences by code; `lists`, the words of values that name
 * several things, divided by commas; `day`, the day the reason is about, whose year goes without
 * saying.
 */
export type Telling = Readonly<{
  words: Sentences
  lists?: Readonly<Record<string, Sentences>> | undefined
  day?: string | undefined
}>

/**
 * The reason with its sentences. Values unknown are “—”, days are said as people say them, and
 * English takes the value `nameEn` before `name` where both are there; `values` stay as they are.
 */
export function sayReason(code: string, values: Values, telling: Telling): Reason {
  const words = telling.words[code] ?? { zh: code, en: code }
  const filled = (language: Language) =>
    words[language].replaceAll(/\{(\w+)\}/g, (_, name: string) => {
      const english = language === 'en' ? values[`${name}En`] : undefined
      return said(name, english ?? values[name] ?? null, { ...telling, language })
    })
  return { code, values: { ...values }, text: { zh: filled('zh'), en: filled('en') } }
}

function said(
  name: string,
  value: string | number | boolean | null,
  { language, lists, day }: Telling & { language: Language },
): string {
  if (value === null) return '—'
  const list = lists?.[name]
  if (list)
    return String(value)
      .split(',')
      .map((each) => list[each]?.[language] ?? each)
      .join(language === 'zh' ? '、' : ', ')
  if (typeof value === 'string' && isDay(value)) return sayDay(value, language, day)
  return String(value)
}
