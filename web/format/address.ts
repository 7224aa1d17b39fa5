/** Province, city and county at the head of an address, as far as it names them. */
const LEVELS = [
  /^\p{Script=Han}{2,8}?(?:省|自治区)/u,
  /^[^省县区镇乡街道路村\d]{2,8}?(?:市|自治州|地区|盟)/u,
  /^[^镇乡街道路村\d]{1,8}?(?:县|区|市|旗)/u,
] as const

/** A few addresses of a list may be written otherwise; they are shown whole. */
const SHARE_OF_LINES = 0.75

/**
 * The province, city and county that the addresses of a list begin with, to be said once above it:
 * as far down as three quarters of them agree; the empty text where they do not. Addresses that do
 * not begin with any are as short as can be.
 */
export function sharedLead(addresses: readonly (string | null)[]): string {
  const leads = addresses.flatMap((address) => {
    const levels = address === null ? [] : levelsOf(address)
    return levels.length > 0 ? [levels] : []
  })
  for (let depth = LEVELS.length; depth > 0; depth--) {
    const counts = new Map<string, number>()
    for (const levels of leads) {
      const lead = levels.slice(0, depth).join('')
      if (levels.length >= depth) counts.set(lead, (counts.get(lead) ?? 0) + 1)
    }
    for (const [lead, count] of counts) if (count >= leads.length * SHARE_OF_LINES) return lead
  }
  return ''
}

/** An address on a list whose addresses share `lead`: `…桃村镇国路夼村**` without its county. */
export function shortAddress(address: string | null, lead: string): string {
  if (address === null) return '–'
  return lead !== '' && address.startsWith(lead) && address.length > lead.length
    ? address.slice(lead.length)
    : address
}

/** A county counts only below a province or a city: 桃村镇城区 is none. */
function levelsOf(address: string): string[] {
  const levels: string[] = []
  let rest = address
  for (const [at, level] of LEVELS.entries()) {
    if (at === 2 && levels.length === 0) break
    const [named] = level.exec(rest) ?? []
    if (!named) continue
    levels.push(named)
    rest = rest.slice(named.length)
  }
  return levels
}

/** Where a task leads: the whole address for whoever goes there, else as far as it is told. */
export const whereTo = (task: Readonly<{ visitAddress: string | null; address: string | null }>) =>
  task.visitAddress ?? task.address
