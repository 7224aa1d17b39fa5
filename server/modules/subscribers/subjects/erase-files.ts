import { createReadStream } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Works } from '#platform/works.ts'
import { updateDeleted } from '../exports/export-store.ts'
import { tell } from '../exports/exports.ts'
import { removeUpload, Uploaded } from '../imports/uploads.ts'
import { namesIn } from '../retention.ts'
import { selectAwaitedUploads, selectExportsOnDisk } from './erasure-store.ts'

/**
 * Deletes the files of a branch that hold rows in clear text and are kept for convenience alone: every
 * export, every upload that no import waits for, and of the rows that imports left out those lists in
 * which one of the `needles` is found.
 */
export async function eraseClearFiles(
  works: Works,
  branchId: string,
  needles: readonly string[],
): Promise<void> {
  await eraseExports(works, branchId)
  await eraseUploads(works, branchId)
  const reports = join(works.folder.reports, 'imports', branchId)
  for (const name of await namesIn(reports)) {
    const path = join(reports, name)
    if (name.endsWith('.csv') && (await holdsAny(path, needles))) await rm(path, { force: true })
  }
}

async function eraseExports(works: Works, branchId: string): Promise<void> {
  const found = await works.run(works.system, (unit) => selectExportsOnDisk(unit, branchId))
  for (const each of found) {
    await rm(join(works.folder.root, each.file), { force: true })
    await works.run(works.system, async (unit) => {
      await updateDeleted(unit, each)
      tell(unit, 'export.deleted', each, {})
    })
  }
}

async function eraseUploads(works: Works, branchId: string): Promise<void> {
  const awaited = await works.run(works.system, (unit) => selectAwaitedUploads(unit, branchId))
  for (const name of await namesIn(works.folder.uploads)) {
    if (!name.endsWith('.bin.json')) continue
    const about = join(works.folder.uploads, name)
    const upload = Uploaded.parse(JSON.parse(await readFile(about, 'utf8')))
    if (upload.branchId !== branchId || awaited.includes(upload.uploadId)) continue
    await removeUpload(works, upload.uploadId)
  }
}

/** Whether a file of UTF-8 holds one of these texts. */
async function holdsAny(path: string, needles: readonly string[]): Promise<boolean> {
  const sought = needles.map((needle) => Buffer.from(needle))
  const longest = Math.max(1, ...sought.map(({ length }) => length))
  let carried: Buffer = Buffer.alloc(0)
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    const seen = Buffer.concat([carried, chunk])
    if (sought.some((needle) => seen.includes(needle))) return true
    carried = seen.subarray(Math.max(0, seen.length - longest + 1))
  }
  return false
}
