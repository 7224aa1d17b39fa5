import type { Unit } from '#platform/unit.ts'
import { selectNamesOf } from './staff/staff-store.ts'
import { SYSTEM_ID } from './system-store.ts'
import { selectTokenNames } from './tokens/service-token-store.ts'

/** What somebody is called, in both languages; a person’s name is the same in each. */
export type CalledBy = Readonly<{ zh: string; en: string }>

const SYSTEM: CalledBy = { zh: '系统', en: 'System' }
const UNSEEN: CalledBy = { zh: '—', en: '—' }

/**
 * Says who did something, by the ids that records keep: a person by the latest name, a service
 * token by its own, the command line and the timers as the system, and whoever is outside the
 * actor’s scope as “—”. At most two questions for any number of ids.
 */
export async function namePeople(
  unit: Unit,
  ids: readonly (string | null)[],
): Promise<(id: string) => CalledBy> {
  const asked = new Set(ids.flatMap((id) => (id === null || id === SYSTEM_ID ? [] : [id])))
  const found = asked.size > 0 ? await selectNamesOf(unit, [...asked]) : []
  const names = new Map(found.map(({ staffId, name }) => [staffId, { zh: name, en: name }]))
  for (const { tokenId, name } of await tokensAmong(unit, [...asked]))
    names.set(tokenId, { zh: `令牌：${name}`, en: `Token: ${name}` })
  return (id) => (id === SYSTEM_ID ? SYSTEM : (names.get(id) ?? UNSEEN))
}

function tokensAmong(unit: Unit, ids: readonly string[]) {
  const tokenIds = ids.filter((id) => id.startsWith('gk_'))
  return tokenIds.length > 0 ? selectTokenNames(unit, tokenIds) : []
}
