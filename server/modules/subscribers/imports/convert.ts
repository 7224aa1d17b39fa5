import { join } from 'node:path'
import { question } from '#platform/duckdb/lake.ts'
import type { Staged } from '#platform/files/stage.ts'
import { learnCells } from './cells.ts'
import { columnsMade, convertedView, rejectedCells, typedFile } from './compile.ts'
import type { Batch, ImportHandler } from './handler.ts'
import type { Mapping } from './mapping.ts'
import { PHASES } from './phases.ts'

export type Converting = Readonly<{ staged: Staged; mapping: Mapping; handler: ImportHandler }>

/** The converted file: how many rows are taken and why others are not. */
export type Converted = Readonly<{
  batch: Batch
  /** Rows that were read but left out. */
  rejected: number
  duplicates: number
}>

/**
 * Turns a staged file into work.converted, work.finding, work.dropped and work.accepted of the
 * batch’s session, by statements over the whole file.
 */
export async function convert(batch: Batch, of: Converting): Promise<Converted> {
  const { session, watch, folder, date } = batch
  const { staged, mapping, handler } = of
  watch.tell({ phase: PHASES.converting, done: 0, total: staged.rows })
  const typed = join(folder, 'typed.parquet')
  const cells = staged.header.length
  await learnCells(session)
  await session.run(typedFile({ relation: staged.relation, cells, mapping, handler, date }, typed))
  await session.run(convertedView(handler, mapping, typed))
  await session.run(question(import.meta.url, '../queries/found.sql'), { typed })
  const known: Batch = {
    ...batch,
    delivered: columnsMade(mapping),
    custom: mapping.columns.flatMap((each) =>
      handler.columns.includes(each.column) ? [] : [each.column],
    ),
  }
  await handler.check?.(known)
  await session.run(question(import.meta.url, '../queries/resolve.sql'))
  await session.run(question(import.meta.url, '../queries/accepted.sql'))
  type Counts = { converted_count: number; rejected_count: number; duplicate_count: number }
  const [counts] = await session.rows<Counts>(question(import.meta.url, '../queries/counts.sql'))
  const {
    converted_count: all = 0,
    rejected_count: rejected = 0,
    duplicate_count: duplicates = 0,
  } = counts ?? {}
  if (rejected > 0) {
    const [kept, others] = rejectedCells({ relation: staged.relation, cells, typed })
    await session.run(kept)
    const [lost] = await session.rows<{ count: number }>(
      question(import.meta.url, '../queries/cells-missing.sql'),
    )
    if (lost?.count) await session.run(others) // reads the whole staged file once more
    await handler.hush?.(known)
  }
  watch.tell({ phase: PHASES.converting, done: staged.rows, total: staged.rows })
  return {
    batch: { ...known, rows: all - rejected - duplicates },
    rejected,
    duplicates,
  }
}
