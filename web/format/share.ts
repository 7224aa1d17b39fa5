/** `0.1234` → `12.3%`; `0.0004` → `<0.1%`; a share of nothing is said as `–`. */
export function shareText(share: number | null): string {
  if (share === null || Number.isNaN(share)) return '–'
  if (share > 0 && share < 0.001) return '<0.1%'
  if (share < 1 && share > 0.999) return '99.9%'
  return `${(share * 100).toLocaleString('en-US', { maximumFractionDigits: 1 })}%`
}

/** The share of `part` in `whole`; null where there is nothing to share. */
export function shareOf(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole
}
