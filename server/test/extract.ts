import { randomUUID } from 'node:crypto'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { unwatched } from '#platform/works.ts'
import { type ImportOutcome, type ImportRequest, importFile } from '#subscribers'
import type { Branch } from './branch.ts'

/** Subscribers as a test writes them: column → cell; the first one names the columns. */
export type Cells = Readonly<Record<string, string | number | null>>

export type Delivery = Partial<Omit<ImportRequest, 'path' | 'actor'>>

/** A CSV of these rows, with their keys as its header. */
export function csvOfRows(rows: readonly Cells[]): string {
  const header = Object.keys(rows[0] ?? {})
  const lines = rows.map((row) => header.map((column) => row[column] ?? '').join(','))
  return [header.join(','), ...lines, ''].join('\n')
}

/** Delivers a file to a branch: subscribers of 2026-11-20, by the system, unless said otherwise. */
export async function deliver(
  branch: Branch,
  content: string | Uint8Array | readonly Cells[],
  delivery: Delivery = {},
  actor = branch.system,
): Promise<ImportOutcome> {
  const path = join(branch.works.folder.root, `${randomUUID()}.csv`)
  await writeFile(
    path,
    Array.isArray(content) ? csvOfRows(content as Cells[]) : (content as string),
  )
  await using _ = { [Symbol.asyncDispose]: () => rm(path) } // whoever delivers a file keeps it
  return await importFile(
    branch.works,
    branch.house.handlers,
    {
      actor,
      branchId: branch.branchId,
      kind: 'subscribers',
      date: '2026-11-20',
      name: 'subscribers.csv',
      profile: null,
      dryRun: false,
      force: null,
      ...delivery,
      path,
    },
    unwatched,
  )
}

/** The cards of a branch, past every policy, as one text: equal texts are equal cards. */
export async function cardsOf(branch: Branch): Promise<string> {
  const rows = await branch.sql(`
    select to_jsonb(card)::text as card from subscribers.card
     where branch_id = '${branch.branchId}' order by subscriber_id`)
  return rows.map((row) => row.card).join('\n')
}
