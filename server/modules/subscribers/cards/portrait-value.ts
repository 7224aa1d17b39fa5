import { MaskedAddress, MaskedName, MaskedPhone, PERSONAL_COLUMNS } from '#contract/personal.ts'
import { COUNTED, type Column, type Sentence } from '../columns/column.ts'
import { maskAddress, maskFreely, maskName, maskPhone } from './mask.ts'

const same = (text: string): Sentence => ({ zh: text, en: text })

/**
 * A value of a snapshot as a portrait shows it: in the words and the unit of the catalogue, and
 * masked where it identifies somebody. Null: there is nothing to show.
 */
export function shownOf(column: Column, value: unknown): Sentence | null {
  if (value === null || value === undefined || value === '') return null
  if (column.personal === 'sensitive') return same(maskFreely(String(value)))
  if (column.personal === 'direct') return same(maskedDirect(column, String(value)))
  switch (column.type) {
    case 'fen':
      return money(Number(value))
    case 'bool':
      return value ? { zh: '是', en: 'Yes' } : { zh: '否', en: 'No' }
    case 'datetime':
      return same(String(value).slice(0, 16).replace('T', ' '))
    case 'minutes':
      return { zh: `${Number(value)} 分钟`, en: `${Number(value)} min` }
    case 'megabytes':
      return same(volume(Number(value)))
    case 'hours':
      return { zh: `${Number(value)} 小时`, en: `${Number(value)} h` }
    case 'share':
      return same(`${Math.round(Number(value) * 1000) / 10}%`)
    case 'list':
      return same((value as unknown[]).join('、'))
    case 'code':
      return CODES[String(value)] ?? same(String(value))
    case 'int':
      return counted(column, Number(value))
    default:
      return same(String(value))
  }
}

/** As the type of the column in the contract wants it, which lets nothing else leave. */
function maskedDirect({ id }: Column, text: string): string {
  const mask = MASKS.get(PERSONAL_COLUMNS[id])
  return INSIDE.has(id) ? '**' : ((mask ?? maskFreely)(text) ?? '')
}
/** Where inside a building somebody lives. */
const INSIDE: ReadonlySet<string> = new Set(['unit_no', 'house_no'])
const MASKS = new Map<unknown, (text: string) => string | null>([
  [MaskedName, maskName],
  [MaskedPhone, maskPhone],
  [MaskedAddress, maskAddress],
])

/** Whole fen as yuan, without passing through a fraction. */
function money(fen: number): Sentence {
  const sign = fen < 0 ? '-' : ''
  const [yuan, rest] = [Math.trunc(Math.abs(fen) / 100), Math.abs(fen) % 100]
  const text = `${sign}${yuan}.${String(rest).padStart(2, '0')}`
  return { zh: `${text} 元`, en: `¥${text}` }
}

/** A number with what it counts: `46 个月` · `46 months`. */
function counted({ counts }: Column, number: number): Sentence {
  if (counts === undefined) return same(String(number))
  const { zh, one, others } = COUNTED[counts]
  return { zh: `${number} ${zh}`, en: `${number} ${number === 1 ? one : others}`.trim() }
}

/** Megabytes as they are, from 1,024 on as gigabytes to a tenth. */
const volume = (megabytes: number) =>
  megabytes < 1024 ? `${megabytes} MB` : `${Math.round(megabytes / 102.4) / 10} GB`

const CODES: Readonly<Record<string, Sentence>> = {
  active: { zh: '正常', en: 'Active' },
  suspended_by_user: { zh: '主动停机', en: 'Suspended by the user' },
  suspended_for_arrears: { zh: '欠费停机', en: 'Suspended for arrears' },
  pending: { zh: '待开通', en: 'Pending' },
  terminated: { zh: '已离网', en: 'Terminated' },
  male: { zh: '男', en: 'Male' },
  female: { zh: '女', en: 'Female' },
  unknown: { zh: '未知', en: 'Unknown' },
}
