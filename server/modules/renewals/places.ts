import { type PlaceOf, placesOf } from '#people'
import { Refusal } from '#platform/refusal.ts'
import type { Unit } from '#platform/unit.ts'
import type { PlaceRange } from './lapsed-store.ts'

/** The places in scope by their codes. */
export type Places = ReadonlyMap<string, PlaceOf>

export async function placesByCode(unit: Unit, branchId: string): Promise<Places> {
  const places = await placesOf(unit, branchId)
  return new Map(places.map((place) => [place.divisionCode, place]))
}

/** @throws Refusal `lapsed-place-unknown` */
export function placeAmong(places: Places, code: string): PlaceOf {
  const place = places.get(code)
  if (!place) throw new Refusal('not-found', 'lapsed-place-unknown', { place: code })
  return place
}

const TOWN_DIGITS = 9

/**
 * What lies in a place, in the order of bytes: of a village its own code and those of its buildings
 * (`<village>-<number>`), of a town those of 12 digits that begin with its own.
 */
export function rangeOf(code: string): PlaceRange {
  return { from: code, to: code.length === TOWN_DIGITS ? `${code}:` : `${code}.` }
}

/** 翠屏社区, and of a building its village before it: 翠京社区 3号楼; null for what nobody knows. */
export function placeName(places: Places, code: string | null): string | null {
  if (code === null) return null
  const village = places.get(code.split('-')[0] ?? '')?.name
  const own = places.get(code)?.name
  if (!own) return village ?? null
  return village && village !== own ? `${village} ${own}` : own
}
