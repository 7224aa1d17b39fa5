import { type LakeSession, question } from '#platform/duckdb/lake.ts'
import type { Unit } from '#platform/unit.ts'
import type { Works } from '#platform/works.ts'
import { openCorrection } from './correct-card.ts'
import { endCorrection, selectCorrection, selectOpenCorrections } from './correction-store.ts'
import { tell } from './corrections.ts'

const ask = (file: string) => question(import.meta.url, `../queries/${file}.sql`)
type Of = Readonly<{ works: Works; session: LakeSession; branchId: string }>

/**
 * Puts the corrections of the branch that stand over what the extract brings, in work.converted:
 * before anything follows from it.
 */
export async function correctBrought({ works, session, branchId }: Of): Promise<void> {
  const open = await works.run(works.system, (unit) => selectOpenCorrections(unit, { branchId }))
  const rows = open.map((each) => ({
    ...{ correction_id: each.correctionId, subscriber_id: each.subscriberId },
    ...{ field: each.field, said: openCorrection(works.keys, each) },
  }))
  await session.run(ask('corrections'), { corrections: JSON.stringify(rows) })
  if (rows.length === 0) return
  await session.run(ask('uncorrected'))
  await session.run(ask('corrected'))
}

/** Which corrections are in what was brought, and which of them it says itself by now. */
export async function correctionsIn(
  session: LakeSession,
): Promise<Readonly<{ applied: readonly string[]; said: readonly string[] }>> {
  const rows = await session.rows<{ id: string }>(ask('corrections-applied'))
  const applied = rows.map(({ id }) => id)
  if (applied.length === 0) return { applied, said: [] }
  const said = await session.rows<{ id: string }>(ask('corrections-said'))
  return { applied, said: said.map(({ id }) => id) }
}

/** Ends those that the extract says itself, in the unit that records it. */
export async function endTakenOver(
  unit: Unit,
  branchId: string,
  correctionIds: readonly string[],
): Promise<void> {
  for (const correctionId of correctionIds) {
    const record = await selectCorrection(unit, { branchId, correctionId })
    if (record && (await endCorrection(unit, { ...record, as: 'taken-over' })))
      tell(unit, 'correction.taken-over', record)
  }
}
