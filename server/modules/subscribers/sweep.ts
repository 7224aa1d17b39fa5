import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Works } from '#platform/works.ts'

const UPLOADS_STAY_MS = 7 * 86_400_000

/** At a start: removes the scratch folders of imports that died, drafts, and uploads a week old. */
export async function sweep(works: Works): Promise<void> {
  const { tmp, uploads } = works.folder
  for (const name of await namesIn(tmp))
    if (/^(?:import|withdraw|preview)-/.test(name)) await rm(join(tmp, name), { recursive: true })
  for (const name of await namesIn(uploads)) {
    const path = join(uploads, name)
    const { mtimeMs } = await stat(path)
    if (works.clock().getTime() - mtimeMs > UPLOADS_STAY_MS) await rm(path, { force: true })
  }
  for (const dataset of ['subscribers', 'competitors'])
    for (const name of await namesIn(join(works.folder.lake, dataset), true))
      if (name.endsWith('.draft') || name.endsWith('.tmp'))
        await rm(join(works.folder.lake, dataset, name), { force: true })
}

async function namesIn(folder: string, recursive = false): Promise<string[]> {
  try {
    return await readdir(folder, { recursive })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}
