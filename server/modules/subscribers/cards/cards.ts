import { readOnce, type Unit } from '#platform/unit.ts'
import { type Card, selectCards } from './card-store.ts'

export type { Card }

/** The card of a subscriber in scope, its names and numbers sealed; nobody's outside it. */
export const readCard = (
  unit: Unit,
  branchId: string,
  subscriberId: string,
): Promise<Card | undefined> =>
  readOnce(
    unit,
    { from: ['subscribers'], what: `card ${branchId} ${subscriberId}` },
    async () => (await selectCards(unit, branchId, [subscriberId]))[0],
  )

/** The cards of those subscribers that are in scope, by id. */
export async function readCards(
  unit: Unit,
  branchId: string,
  subscriberIds: readonly string[],
): Promise<ReadonlyMap<string, Card>> {
  if (subscriberIds.length === 0) return new Map()
  const cards = await selectCards(unit, branchId, subscriberIds)
  return new Map(cards.map((card) => [card.subscriberId, card]))
}
