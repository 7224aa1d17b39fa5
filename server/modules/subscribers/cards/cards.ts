import type { Unit } from '#platform/unit.ts'
import { type Card, selectCards } from './card-store.ts'

export type { Card }

/** The card of a subscriber in scope, its names and numbers sealed; nobody's outside it. */
export async function readCard(
  unit: Unit,
  branchId: string,
  subscriberId: string,
): Promise<Card | undefined> {
  const [card] = await selectCards(unit, branchId, [subscriberId])
  return card
}

/** The cards of those subscribers that are in scope, by id. */
export async function readCards(
  unit: Unit,
  branchId: string,
  subscriberIds: readonly string[],
): Promise<ReadonlyMap<string, Card>> {
  const cards = await selectCards(unit, branchId, subscriberIds)
  return new Map(cards.map((card) => [card.subscriberId, card]))
}
