import { createReadStream } from 'node:fs'
import { mkdir, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { readBranch, unitsInScope } from '#people'
import type { Download } from '#platform/http.ts'
import { Refusal } from '#platform/refusal.ts'
import { type Actor, onBehalfOf } from '#platform/unit.ts'
import type { Watch, Works } from '#platform/works.ts'
import { endedBefore, stateOf } from './export-state.ts'
import {
  countDownload,
  selectEnded,
  selectExport,
  updateDeleted,
  updateMade,
} from './export-store.ts'
import { type ExportMakers, foundExport, makerOf, numberOf, tell } from './exports.ts'
import { watermarkFor } from './watermark.ts'

type Of = Readonly<{ branchId: string; exportId: string }>

const TYPES = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
} as const

/**
 * Makes the file of an approved export, below `exports` in the data folder, which no backup takes
 * along. Doing it again after a crash writes the same file anew.
 */
export async function makeExport(
  works: Works,
  makers: ExportMakers,
  of: Of,
  watch: Watch,
): Promise<number> {
  const { record, watermark } = await works.run(works.system, async (unit) => {
    const found = await selectExport(unit, of)
    if (!found?.approved) throw new Refusal('not-found', 'export-unknown', { export: of.exportId })
    return {
      record: found,
      watermark: await watermarkFor(unit, found.requestedBy, numberOf(found)),
    }
  })
  if (record.madeAt !== null) return record.rowCount ?? 0
  const maker = makerOf(makers, record.order)
  const file = join('exports', of.branchId, `${of.exportId}.${maker.formatOf(record.order)}`)
  const path = join(works.folder.root, file)
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const { branchId } = of
  const rowCount = await maker.write(
    works,
    { branchId, order: record.order, path, watermark },
    watch,
  )
  await works.run(works.system, async (unit) => {
    if (await updateMade(unit, { ...of, file, rowCount }))
      tell(unit, 'export.made', of, { rows: rowCount }, record.requestedBy)
  })
  return rowCount
}

/**
 * The file of an export, for whoever asked for it, as long as they have the unit in scope and it has
 * not ended; each download is counted and audited.
 * @throws Refusal `branch-unknown`, `export-unknown`, `export-not-yours`, `export-not-ready`.
 */
export async function downloadExport(works: Works, actor: Actor, of: Of): Promise<Download> {
  const { path, name, extension } = await works.run(actor, async (unit) => {
    await readBranch(unit, of.branchId)
    const record = await foundExport(unit, of)
    if (record.requestedBy !== actor.id) throw new Refusal('forbidden', 'export-not-yours')
    if (!(await unitsInScope(unit)).includes(record.unitId))
      throw new Refusal('not-found', 'export-unknown', { export: of.exportId })
    const state = stateOf(record, unit.now)
    const place = record.file && join(works.folder.root, record.file)
    if (state !== 'ready' || !place || !(await stat(place).catch(ifMissing)))
      throw new Refusal('conflict', 'export-not-ready', {
        state: state === 'ready' ? 'ended' : state, // a restored ledger knows files that are gone
      })
    await onBehalfOf(unit, works.system, (system) => countDownload(system, of))
    tell(unit, 'export.downloaded', of, { rows: record.rowCount ?? 0 })
    const kind = place.endsWith('.csv') ? 'csv' : 'xlsx'
    return { path: place, name: numberOf(record), extension: kind } as const
  })
  return { name: `${name}.${extension}`, type: TYPES[extension], stream: createReadStream(path) }
}

/** Deletes the files of exports that have ended. A crash between file and ledger is made good next time. */
export async function deleteEndedExports(works: Works): Promise<number> {
  const ended = await works.run(works.system, (unit) => selectEnded(unit, endedBefore(unit.now)))
  for (const of of ended) {
    if (of.file) await rm(join(works.folder.root, of.file), { force: true })
    await works.run(works.system, async (unit) => {
      await updateDeleted(unit, of)
      tell(unit, 'export.deleted', of, {})
    })
  }
  return ended.length
}

function ifMissing(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
  throw error
}
