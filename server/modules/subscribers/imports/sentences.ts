import { ROW_SENTENCES } from '#contract/refusals/files.ts'
import { CELL_SENTENCES } from '#contract/refusals/subscribers.ts'
import { isDay } from '#platform/day.ts'
import { sayDay } from '#platform/say-day.ts'
import { maskFreely } from '../cards/mask.ts'
import type { Column, Sentence } from '../columns/column.ts'
import type { ImportHandler, Value, Warning } from './handler.ts'

/** A reason as data, with its sentences. */
export type Reason = Readonly<{ code: string; values: Record<string, Value>; text: Sentence }>

const SENTENCES: Readonly<Record<string, Sentence>> = { ...CELL_SENTENCES, ...ROW_SENTENCES }

/**
 * The sentences of `code`, its holes filled; a handler brings those of its own codes. A value `cause`
 * is a code itself, whose sentence fills the hole `detail`; English takes the value `nameEn` before
 * `name`. What was delivered is shown as delivered; days of ours are said as people say them.
 */
export function reasonOf({ code, values }: Warning, handler?: ImportHandler): Reason {
  const { cause } = values
  const detail =
    typeof cause === 'string' ? reasonOf(without({ code: cause, values }), handler).text : null
  const template = handler?.sentences?.[code] ?? SENTENCES[code] ?? { zh: code, en: code }
  const fill = (language: 'zh' | 'en') =>
    template[language].replaceAll(/\{(\w+)\}/g, (hole, name: string) => {
      if (name === 'detail' && detail) return detail[language]
      if (!(name in values)) return hole
      const english = language === 'en' ? values[`${name}En`] : undefined
      const value = String(english ?? values[name] ?? '')
      return OF_OURS.has(name) && isDay(value) ? sayDay(value, language) : value
    })
  return { code, values: { ...values }, text: { zh: fill('zh'), en: fill('en') } }
}

/** Days that are no delivered text. */
const OF_OURS: ReadonlySet<string> = new Set(['date', 'latest'])

/** A column as the values of a reason name it; one without a label by its id alone. */
export function called(label: Sentence | null | undefined, id: string | null) {
  return label ? { column: label.zh, columnEn: label.en } : { column: id }
}

function without({ code, values: { cause: _, ...values } }: Warning): Warning {
  return { code, values }
}

/** A delivered value as a report may show it: what identifies people is masked. */
export function shownValue(column: Column | undefined, value: string | null): string {
  if (value === null) return ''
  const open = column && ['none', 'staff'].includes(column.personal)
  const short = (value.length > 60 ? `${value.slice(0, 60)}…` : value).toWellFormed()
  return open ? short : maskFreely(short)
}
