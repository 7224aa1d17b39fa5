import { z } from 'zod'
import type { Jobs } from '#platform/jobs.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Works } from '#platform/works.ts'
import { makeExport } from './exports/export-files.ts'
import type { ExportMakers } from './exports/exports.ts'
import { IMPORT_KINDS, type ImportHandler } from './imports/handler.ts'
import { importFile } from './imports/import-file.ts'
import { ERASED_AGAIN } from './imports/take-subscribers.ts'
import { readUpload, removeUpload } from './imports/uploads.ts'
import { withdrawImport } from './imports/withdraw.ts'
import { eraseSubject } from './subjects/erase-subject.ts'
import type { Eraser } from './subjects/eraser.ts'

export const ImportOrder = z.object({
  uploadId: z.string(),
  kind: z.enum(IMPORT_KINDS),
  date: z.string(),
  profile: z.string().nullable(),
  dryRun: z.boolean(),
  force: z.string().nullable(),
})
const WithdrawOrder = z.object({ importId: z.string(), reason: z.string() })

const EraseOrder = z.object({ erasureId: z.string() })
const MakeOrder = z.object({ exportId: z.string() })

/** The long pieces of work of this module: each may be cut short at any moment and run again. */
export function subscriberJobs(
  works: Works,
  jobs: Jobs,
  {
    handlers,
    makers,
    erasers,
  }: Readonly<{
    handlers: readonly ImportHandler[]
    makers: ExportMakers
    erasers: readonly Eraser[]
  }>,
): void {
  jobs.handle('erase', async ({ branchId, input }, watch) => {
    const { erasureId } = EraseOrder.parse(input)
    return {
      erasureId,
      subscribers: await eraseSubject(works, erasers, { branchId, erasureId }, watch),
    }
  })
  jobs.handle('export', async ({ branchId, input }, watch) => {
    const { exportId } = MakeOrder.parse(input)
    return { exportId, rows: await makeExport(works, makers, { branchId, exportId }, watch) }
  })
  jobs.handle('import', async ({ branchId, input, actor }, watch) => {
    const order = ImportOrder.parse(input)
    const upload = await readUpload(works, branchId, order.uploadId)
    const { path, name } = upload
    const { rejects, ...outcome } = await importFile(
      works,
      handlers,
      { ...order, actor, branchId, path, name },
      watch,
    )
    // A file with somebody in it who is erased is not kept for another try.
    if (!order.dryRun && outcome.warnings.some(({ code }) => code === ERASED_AGAIN))
      await removeUpload(works, order.uploadId)
    return { ...outcome, rejects: rejects === null ? null : 'rejects.csv' }
  })
  jobs.handle('withdraw', async ({ branchId, input, actor }, watch) => {
    const { importId, reason } = WithdrawOrder.parse(input)
    try {
      await withdrawImport(works, handlers, { actor, branchId, importId, reason }, watch)
    } catch (error) {
      // It stood when the job was ordered: this job took it back before a crash.
      if (!(error instanceof Refusal && error.code === 'import-withdrawn')) throw error
    }
    return { importId }
  })
}
