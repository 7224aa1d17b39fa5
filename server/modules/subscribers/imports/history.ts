import { abilities, type CalledBy, mayDoInBranch, namePeople, readBranch } from '#people'
import { audit } from '#platform/audit/audit.ts'
import { commented } from '#platform/files/write-csv.ts'
import type { Download } from '#platform/http.ts'
import { orderBy, readCursor, writeCursor } from '#platform/page.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Actor, Unit } from '#platform/unit.ts'
import type { Works } from '#platform/works.ts'
import { CANONICAL_COLUMNS, columnOf } from '../columns/catalogue.ts'
import { type LeftOut, leftOutOf, leftOutPath } from '../exports/export-left-out.ts'
import { watermarkFor } from '../exports/watermark.ts'
import { selectDifference } from '../snapshots/snapshot-store.ts'
import { DERIVED_LABELS } from '../snapshots/write-snapshot.ts'
import type { ImportHandler, ImportKind } from './handler.ts'
import { handlerOf } from './import-file.ts'
import { countHistory, type ImportRecord, selectImport, selectImports } from './import-store.ts'
import { called, reasonOf } from './sentences.ts'

type Handlers = readonly ImportHandler[]

const SORTS = { importedAt: { sql: 'turn', type: 'integer' } } as const

/** The history of imports, newest first. */
export async function listImports(
  unit: Unit,
  handlers: Handlers,
  query: Readonly<{
    branchId: string
    kind?: ImportKind | undefined
    sort?: string | undefined
    cursor?: string | undefined
    limit: number
  }>,
) {
  const { branchId, kind, limit } = query
  await readBranch(unit, branchId)
  const order = orderBy(query.sort, SORTS, '-importedAt')
  const after = readCursor(query.cursor, order.column.type)
  const found = await selectImports(unit, {
    ...{ branchId, limit: limit + 1, oldestFirst: !order.descending },
    ...(kind && { kind }),
    ...(after && { before: Number(after.value) }),
  })
  const rows = found.slice(0, limit)
  const last = rows.at(-1)
  const next =
    found.length > limit && last ? writeCursor({ value: last.turn, id: last.importId }) : null
  const whoIs = await namePeople(
    unit,
    rows.map(({ importedBy }) => importedBy),
  )
  return {
    rows: rows.map((each) => rowOf(each, handlers, whoIs(each.importedBy))),
    next,
    total: await countHistory(unit, branchId, kind),
    can: abilities(unit.actor),
  }
}

/** The report of one import, with what it changed. */
export async function readImport(
  unit: Unit,
  handlers: Handlers,
  { branchId, importId }: Readonly<{ branchId: string; importId: string }>,
) {
  await readBranch(unit, branchId)
  const record = await foundImport(unit, branchId, importId)
  const handler = handlerOf(handlers, record.kind)
  const difference = await selectDifference(unit, branchId, importId)
  const whoIs = await namePeople(unit, [record.importedBy])
  return {
    ...rowOf(record, handlers, whoIs(record.importedBy)),
    rejectReasons: record.rejectReasons.map(
      ({ code, column, label, count, exampleRow, value }) => ({
        reason: reasonOf(
          { code, values: { ...called(label, column), row: exampleRow, value } },
          handler,
        ),
        ...{ column, count, exampleRow },
      }),
    ),
    columns: record.columns.map((each) => ({ ...each })),
    notDelivered: record.notDelivered.map((each) => ({ ...each })),
    difference: difference
      ? {
          against: difference.beforeDate,
          appeared: difference.appeared,
          gone: difference.gone,
          changed: difference.changed,
          columns: difference.columns.map(({ column, changed }) => ({
            ...{ column, changed },
            label: labelOf(column, record),
          })),
        }
      : null,
  }
}

async function foundImport(unit: Unit, branchId: string, importId: string): Promise<ImportRecord> {
  const record = await selectImport(unit, branchId, importId)
  if (!record) throw new Refusal('not-found', 'import-unknown', { import: importId })
  return record
}

function labelOf(id: string, record: ImportRecord) {
  const label = columnOf(id)?.label ?? DERIVED_LABELS[id]
  return label ?? record.columns.find((each) => each.column === id)?.label ?? { zh: id, en: id }
}

function rowOf(of: ImportRecord, handlers: Handlers, importedByName: CalledBy) {
  return {
    ...{ rows: of.rows, accepted: of.accepted, rejected: of.rejected, duplicates: of.duplicates },
    warnings: of.warnings.map((each) => reasonOf(each, handlerOf(handlers, of.kind))),
    rejects: of.rejectsFile && 'rejects.csv',
    ...{ snapshot: of.snapshot, changed: of.changed, importId: of.importId, kind: of.kind },
    ...{ date: of.date, file: of.file, bytes: of.bytes, profile: of.profile, forced: of.forced },
    importedAt: of.importedAt.toISOString(),
    ...{ importedBy: of.importedBy, importedByName },
    ...{ state: of.state, withdrawnReason: of.withdrawnReason },
  }
}

/** How long whoever imported a file may take its left-out rows without asking. */
const OWN_FOR_MS = 24 * 3_600_000

/**
 * The rows that were left out, in clear text, for whoever imported them within a day; everybody else,
 * and everybody later, asks for an export.
 * @throws Refusal `branch-unknown`, `import-unknown`, `not-allowed`, `left-out-gone`,
 * `export-needs-approval`, `not-for-tokens`.
 */
export async function downloadLeftOut(
  works: Works,
  actor: Actor,
  of: Readonly<{ branchId: string; importId: string; which: LeftOut }>,
): Promise<Download> {
  const { record, path, watermark } = await works.run(actor, async (unit) => {
    await mayDoInBranch(unit, of.branchId, 'import:write')
    // Nobody’s name could stand on the file.
    if (actor.kind === 'token') throw new Refusal('forbidden', 'not-for-tokens')
    const left = await leftOutOf(unit, of)
    const path = leftOutPath(works, left)
    const age = unit.now.getTime() - left.record.importedAt.getTime()
    if (left.record.importedBy !== actor.id || age >= OWN_FOR_MS)
      throw new Refusal('forbidden', 'export-needs-approval')
    const number = `IM-${of.importId.slice(0, 8)}`
    audit(unit, {
      ...{ branchId: of.branchId, action: 'export.made' },
      about: { kind: 'import', id: of.importId },
      values: { which: of.which, rows: left.rows, number },
    })
    return { record: left.record, path, watermark: await watermarkFor(unit, actor.id, number) }
  })
  const name = `${record.kind}-${record.date}-${of.which}.csv`
  const stream = commented(path, watermark)
  return { name, type: 'text/csv; charset=utf-8', stream }
}

/** What a column of a kind of file is called, for people who map files. */
export function columnsOfKind(handlers: Handlers, kind: ImportKind) {
  const handler = handlerOf(handlers, kind)
  const required = new Set(handler.required.flat())
  const columns = kind === 'subscribers' ? CANONICAL_COLUMNS : handler.columns
  return {
    columns: columns.map(({ id, label, type, personal, aliases }) => ({
      ...{ column: id, label, type, personal },
      required: required.has(id),
      aliases: [...aliases],
    })),
  }
}
