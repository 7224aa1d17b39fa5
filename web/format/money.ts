import type { Language } from '#contract/language.ts'
import { type Figure, upTo } from './count.ts'

/** Fen as yuan: `9800` → `¥98`, `9850` → `¥98.50`, `-100` → `−¥1`. */
export function moneyText(fen: number): string {
  const yuan = Math.abs(fen) / 100
  const digits = fen % 100 === 0 ? 0 : 2
  const text = yuan.toLocaleString('en-US', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })
  return `${fen < 0 ? '−' : ''}¥${text}`
}

/** A large amount in 万元 and 亿元 (M and B in English), the exact one beside it. */
export function shortMoney(fen: number, language: Language): Figure {
  const exact = moneyText(fen)
  const yuan = fen / 100
  const size = Math.abs(yuan)
  const sign = fen < 0 ? '−' : ''
  const steps = language === 'zh' ? CHINESE : ENGLISH
  const step = steps.find(({ from }) => size >= from)
  if (!step) return { text: exact, exact }
  return { text: `${sign}¥${upTo(size / step.from, 2)}${step.name}`, exact }
}

const CHINESE = [
  { from: 100_000_000, name: '亿' },
  { from: 10_000, name: '万' },
] as const
const ENGLISH = [
  { from: 1_000_000_000, name: ' B' },
  { from: 1_000_000, name: ' M' },
] as const
