import { type PlaceOf, placesOf } from '#people'
import { audit } from '#platform/audit/audit.ts'
import { dayOf } from '#platform/day.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Unit } from '#platform/unit.ts'
import { calledBy } from '../identity/identity.ts'
import { nameTokens, numberTokens } from '../identity/identity-index.ts'
import { selectCards } from './card-store.ts'
import { type Search, selectByNumber } from './list-store.ts'
import { digitsOf, maskPhone } from './mask.ts'
import { countMisses, insertMiss, lockMisses } from './miss-store.ts'

type Where = Readonly<{ branchId: string; units: readonly string[] | null }>

/**
 * What was typed: digits are the end of a number that the list shows, a whole number, or an id; letters
 * the sounds of a name; all else a name or the part of an address that the list shows.
 * @throws Refusal `number-misses`
 */
export async function searchOf(unit: Unit, of: Where, text: string): Promise<Search> {
  const { branchId } = of
  if (/^\d{4}$/.test(text)) return { kind: 'ids', ids: [text, ...(await shownEnd(unit, of, text))] }
  if (/^\d{5,}$/.test(text)) return searchOfWhole(unit, of, text)
  if (/^[a-z]{2,8}$/i.test(text)) return { kind: 'initials', id: text, sounds: text.toLowerCase() }
  if (/^[\x21-\x7e]+$/.test(text)) return { kind: 'id', id: text }
  const places = placesNamed(await placesOf(unit, branchId), text)
  if (places.length > 0) return { kind: 'place', text, places }
  if (/^\p{Script=Han}{2,4}$/u.test(text))
    return { kind: 'name', tokens: nameTokens(unit.keys, branchId, text) }
  return { kind: 'text', text }
}

/** Whose number ends in these four digits, where its mask shows all four of them. */
async function shownEnd(unit: Unit, of: Where, end: string): Promise<string[]> {
  const phones = await phonesLike(unit, of, end)
  return phones.filter(({ phone }) => maskPhone(phone)?.endsWith(end)).map(({ id }) => id)
}

/** How many numbers that nobody has are looked for a day before it looks like trying them out. */
const MISSES_A_DAY = 30

/**
 * An id, or else a whole number, compared whole: with parts of one, whoever sees its end would find the
 * rest digit by digit. That somebody looked is told to the trail, and whether anybody has the number,
 * never the number; whoever looks too often for what nobody has is refused for the day.
 */
async function searchOfWhole(unit: Unit, of: Where, number: string): Promise<Search> {
  const { branchId } = of
  const [known] = await selectCards(unit, branchId, [number])
  if (known) return { kind: 'id', id: number }
  const day = dayOf(unit.now)
  await lockMisses(unit)
  const missed = await countMisses(unit, day)
  if (missed >= MISSES_A_DAY)
    throw new Refusal('too-many', 'number-misses', { limit: MISSES_A_DAY })
  const phones = await phonesLike(unit, of, number)
  const ids = phones.filter(({ phone }) => digitsOf(phone) === digitsOf(number)).map(({ id }) => id)
  const found = ids.length > 0
  if (!found && unit.actor.kind !== 'system')
    await insertMiss(unit, { branchId, day, nth: missed + 1 })
  audit(unit, { branchId, action: 'subscriber.sought', values: { found } })
  return { kind: 'ids', ids }
}

/** The numbers in scope with the same last four digits, opened. */
async function phonesLike(unit: Unit, of: Where, number: string) {
  const tokens = numberTokens(unit.keys, of.branchId, number)
  const alike = await selectByNumber(unit, { ...of, tokens })
  return alike.flatMap((card) => {
    const { phone } = calledBy(unit.keys, card)
    return phone === null ? [] : [{ id: card.subscriberId, phone }]
  })
}

/**
 * The places at which an address with this text in it can be: those whose name is in the text, or
 * has the text in it, and what lies below them.
 */
function placesNamed(places: readonly PlaceOf[], text: string): string[] {
  const named = places.filter(({ name }) => {
    const called = name.replace(/(?:村民委员会|村委会|居民委员会|居委会)$/, '')
    return called.length > 1 && (text.includes(called) || called.includes(text))
  })
  const below = new Set(named.map((each) => each.divisionCode))
  return places
    .filter(
      ({ divisionCode, townCode }) =>
        below.has(divisionCode) ||
        below.has(divisionCode.split('-')[0] ?? '') ||
        (townCode !== null && below.has(townCode)),
    )
    .map((each) => each.divisionCode)
}
