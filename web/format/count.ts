import type { Language } from '#contract/language.ts'

/** A figure as it is shown, and the exact one that a pointer or a screen reader gets. */
export type Figure = Readonly<{ text: string; exact: string }>

/** `12345` → `12,345`, exact in both languages. */
export function countText(count: number): string {
  return count.toLocaleString('en-US')
}

/** Large numbers in 万 and 亿 (or thousand groups, M and B in English), the exact one beside it. */
export function shortCount(count: number, language: Language): Figure {
  return { text: language === 'zh' ? inWan(count) : inMillions(count), exact: countText(count) }
}

/** The total of a list; the server stops counting at 10,001. */
export function totalText(total: number): string {
  return total > 10_000 ? '10,000+' : countText(total)
}

/** A task’s place on the way; `–` for one that stands before it. */
export function orderText(visitOrder: number): string {
  return visitOrder === 0 ? '–' : countText(visitOrder)
}

/** `+12`, `−3`, `0`: how much more or less than before. */
export function changeText(change: number): string {
  if (change === 0) return '0'
  return `${change > 0 ? '+' : '−'}${countText(Math.abs(change))}`
}

function inWan(count: number): string {
  const size = Math.abs(count)
  if (size >= 100_000_000) return `${upTo(count / 100_000_000, 2)}亿`
  if (size >= 10_000) return `${upTo(count / 10_000, size >= 1_000_000 ? 1 : 2)}万`
  return countText(count)
}

function inMillions(count: number): string {
  const size = Math.abs(count)
  if (size >= 1_000_000_000) return `${upTo(count / 1_000_000_000, 2)} B`
  if (size >= 1_000_000) return `${upTo(count / 1_000_000, 2)} M`
  return countText(count)
}

/** At most `digits` decimals, none of them a trailing zero. */
export function upTo(value: number, digits: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: digits })
}
