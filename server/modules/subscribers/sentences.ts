import { ROW_SENTENCES } from '#contract/refusals/files.ts'
import { CELL_SENTENCES } from '#contract/refusals/subscribers.ts'
import type { Column, Sentence } from './columns/column.ts'
import type { ImportHandler, Value, Warning } from './handler.ts'
import { maskFreely } from './mask.ts'

/** A reason as data, with its sentences. */
export type Reason = Readonly<{ code: string; values: Record<string, Value>; text: Sentence }>

const SENTENCES: Readonly<Record<string, Sentence>> = { ...CELL_SENTENCES, ...ROW_SENTENCES }

/**
 * The sentences of `code`, its holes filled; a handler brings those of its own codes. A value `cause`
 * is a code itself, whose sentence fills the hole `detail`.
 */
export function reasonOf({ code, values }: Warning, handler?: ImportHandler): Reason {
  const { cause } = values
  const detail =
    typeof cause === 'string' ? reasonOf(without({ code: cause, values }), handler).text : null
  const template = handler?.sentences?.[code] ?? SENTENCES[code] ?? { zh: code, en: code }
  const fill = (language: 'zh' | 'en') =>
    template[language].replaceAll(/\{(\w+)\}/g, (hole, name: string) =>
      name === 'detail' && detail
        ? detail[language]
        : name in values
          ? String(values[name] ?? '')
          : hole,
    )
  return { code, values: { ...values }, text: { zh: fill('zh'), en: fill('en') } }
}

function without({ code, values: { cause: _, ...values } }: Warning): Warning {
  return { code, values }
}

/** A delivered value as a report may show it: what identifies people is masked. */
export function shownValue(column: Column | undefined, value: string | null): string {
  if (value === null) return ''
  const open = column && ['none', 'staff'].includes(column.personal)
  const short = value.length > 60 ? `${value.slice(0, 60)}…` : value
  return open ? short : maskFreely(short)
}
