/** No text of people holds the letter of number 0, and PostgreSQL stores none. */
export function holdsNul(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\0')
  if (value === null || typeof value !== 'object') return false
  return Object.entries(value).some(([name, part]) => name.includes('\0') || holdsNul(part))
}
