import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PEOPLE_ROW_SENTENCES } from '#contract/refusals/people.ts'
import {
  checkPlaces,
  checkStaff,
  checkUnits,
  importPlaces,
  importStaff,
  importUnits,
  type Listed,
  mayDoInName,
  type Outcome,
  type PlaceRow,
  type RowFinding,
  type StaffRow,
  type UnitRow,
} from '#people'
import { question } from '#platform/duckdb/lake.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Unit } from '#platform/unit.ts'
import { rehomeCards } from '../cards/move-cards.ts'
import type { Column } from '../columns/column.ts'
import { ORGANISATION_COLUMNS, PLACES_COLUMNS, STAFF_COLUMNS } from '../columns/others.ts'
import { reviseSnapshot } from '../snapshots/revise-snapshot.ts'
import type { Batch, ImportHandler } from './handler.ts'
import { importTakes } from './import-takes.ts'

type Organising = 'organisation' | 'places' | 'staff'

/** What people does with one kind of file: it looks at the rows, then makes them true. */
type Taken<Row> = Readonly<{
  kind: Organising
  columns: readonly Column[]
  required: readonly string[]
  key: string
  check(unit: Unit, of: Listed, rows: readonly Row[]): Promise<RowFinding[]>
  take(unit: Unit, of: Listed, rows: readonly Row[]): Promise<Outcome>
  /** Cards follow where places and units went. */
  rehomes: boolean
}>

const ORGANISATION = handlerFor<UnitRow>({
  kind: 'organisation',
  columns: ORGANISATION_COLUMNS,
  required: ['unit_id', 'kind', 'name'],
  key: 'unit_id',
  check: checkUnits,
  take: importUnits,
  rehomes: true,
})
const PLACES = handlerFor<PlaceRow>({
  kind: 'places',
  columns: PLACES_COLUMNS,
  required: ['division_code', 'name', 'kind'],
  key: 'division_code',
  check: checkPlaces,
  take: importPlaces,
  rehomes: true,
})
const STAFF = handlerFor<StaffRow>({
  kind: 'staff',
  columns: STAFF_COLUMNS,
  required: ['staff_id', 'name', 'roles', 'unit_id'],
  key: 'staff_id',
  check: checkStaff,
  take: importStaff,
  rehomes: false,
})

/** The files that say how the branch is organised; people owns what they say. */
export const PEOPLE_HANDLERS: readonly ImportHandler[] = [ORGANISATION, PLACES, STAFF]

function handlerFor<Row>(of: Taken<Row>): ImportHandler {
  const { kind, columns, required, key } = of
  return {
    ...{ kind, columns, required, key: [key], sentences: PEOPLE_ROW_SENTENCES },
    check: async (batch) => {
      const rows = await listedRows<Row>(batch, of.kind, 'converted')
      const listed = { branchId: batch.branchId, date: batch.date }
      const { works } = batch
      const findings = await naming(batch.source.file, () =>
        works.run(batch.actor, async (unit) => {
          await mayDoInName(unit, batch.branchId, importTakes(of.kind))
          return of.check(unit, listed, rows)
        }),
      )
      await addFindings(batch, findings)
    },
    load: async (unit, batch) => {
      await mayDoInName(unit, batch.branchId, importTakes(of.kind))
      const rows = await listedRows<Row>(batch, of.kind, 'accepted')
      const rejected = await batch.session.rows<{ id: string }>(
        question(import.meta.url, '../queries/rejected-keys.sql'),
      )
      const { branchId, date } = batch
      const alsoNamed = rejected.map((each) => each.id)
      const { changed } = await naming(batch.source.file, () =>
        of.take(unit, { branchId, date, alsoNamed }, rows),
      )
      if (changed && of.rehomes) await rehomeCards(unit, branchId)
      return { changed }
    },
    ...(of.rehomes && {
      follow: async ({ works, branchId, watch }: Batch) => {
        await reviseSnapshot(works, branchId, watch)
      },
    }),
  }
}

/** A refusal of what a file says also names the file, which people does not know. */
async function naming<Result>(file: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    throw new Refusal(error.kind, error.code, { file, ...error.values })
  }
}

async function listedRows<Row>(
  { session }: Batch,
  kind: Taken<Row>['kind'],
  which: 'converted' | 'accepted',
): Promise<Row[]> {
  await session.run(question(import.meta.url, `../queries/listed-${which}.sql`))
  return (await session.rows(question(import.meta.url, `../queries/${kind}-listed.sql`))) as Row[]
}

/** Adds complaints about rows to those the conversion found. */
async function addFindings(batch: Batch, findings: readonly RowFinding[]): Promise<void> {
  if (findings.length === 0) return
  const file = join(batch.folder, 'findings.ndjson')
  const lines = findings.map(({ row, severity, code, column, value }) =>
    JSON.stringify({ row_no: row, severity, code, column_id: column, value }),
  )
  await writeFile(file, lines.join('\n'))
  await batch.session.run(question(import.meta.url, '../queries/add-findings.sql'), { file })
}
