import { rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Works } from '#platform/works.ts'
import { namesIn } from '../retention.ts'
import { manifestPath } from './manifest.ts'
import { selectFiles } from './snapshot-store.ts'

/**
 * At a start: removes the scratch folders of imports that died, drafts, and snapshots that the ledger
 * does not know: an import that never came to its end leaves them, and nobody would ever erase anyone
 * from them.
 */
export async function sweep(works: Works): Promise<void> {
  const { tmp } = works.folder
  for (const name of await namesIn(tmp))
    if (/^(?:import|withdraw|preview)-[^/]*$/.test(name))
      await rm(join(tmp, name), { recursive: true })
  for (const dataset of ['subscribers', 'competitors'])
    for (const name of await namesIn(join(works.folder.lake, dataset)))
      if (name.endsWith('.draft') || name.endsWith('.tmp'))
        await rm(join(works.folder.lake, dataset, name), { force: true })
  await removeUnknown(works)
}

/** Only where the ledger knows other files: beside a ledger that is another one, all would go. */
async function removeUnknown(works: Works): Promise<void> {
  const known = await works.run(works.system, selectFiles)
  const folders = new Set([...known].map((file) => dirname(dirname(file))))
  for (const folder of folders)
    for (const name of await namesIn(join(works.folder.lake, folder))) {
      const file = join(folder, name)
      if (!file.endsWith('.parquet') || known.has(file)) continue
      for (const path of [file, manifestPath(file)])
        await rm(join(works.folder.lake, path), { force: true })
    }
}
