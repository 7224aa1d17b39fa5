import { type LakeSession, question } from '#platform/duckdb/lake.ts'
import type { Staged } from '#platform/files/stage.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Works } from '#platform/works.ts'
import { PERIOD } from './compile.ts'
import type { ImportHandler, Warning } from './handler.ts'
import type { ImportRequest } from './import-file.ts'
import { selectLatest } from './import-store.ts'
import type { Mapping } from './mapping.ts'
import type { Profile } from './profile.ts'

/** How far the number of rows of an extract may move before somebody has to say why. */
export const ROW_SHARE = 0.2

/**
 * Refuses an extract whose number of rows moved too far from the last one, unless it is forced with
 * a reason. Answers with what the report has to say about it.
 */
export async function gateRows(
  works: Works,
  request: ImportRequest,
  of: Readonly<{ staged: Staged; profile: Profile | null; handler: ImportHandler }>,
): Promise<Warning[]> {
  if (of.handler.kind !== 'subscribers') return []
  const last = await works.run(works.system, (unit) =>
    selectLatest(unit, request.branchId, 'subscribers'),
  )
  if (!last || last.rows === 0) return []
  const limit = of.profile?.gates?.rowShare ?? ROW_SHARE
  const moved = (of.staged.rows - last.rows) / last.rows
  if (Math.abs(moved) <= limit) return []
  const share = Math.round(moved * 1000) / 10
  const values = { rows: of.staged.rows, before: last.rows, share }
  if (request.force)
    return [{ code: 'row-count-forced', values: { ...values, reason: request.force } }]
  throw new Refusal('conflict', 'row-count-moved', {
    ...values,
    file: request.name,
    limit: Math.round(limit * 1000) / 10,
  })
}

/** Refuses a file that says of itself to be about another day. */
export async function gateDate(
  session: LakeSession,
  of: Readonly<{ mapping: Mapping; handler: ImportHandler; request: ImportRequest }>,
): Promise<Warning[]> {
  if (!of.handler.columns.some((each) => each.id === PERIOD)) return []
  const { date, name: file } = of.request
  if (!of.mapping.columns.some((each) => each.column.id === PERIOD))
    return [{ code: 'date-not-in-file', values: { date } }]
  const [other] = await session.rows<{ row_no: number; period: string }>(
    question(import.meta.url, '../queries/other-period.sql'),
    { date },
  )
  if (other)
    throw new Refusal('invalid', 'date-differs', {
      file,
      row: other.row_no,
      found: other.period,
      date,
    })
  return []
}
