import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Works } from '#platform/works.ts'
import { namesIn } from './retention.ts'

/** At a start: removes the scratch folders of imports that died, and drafts. */
export async function sweep(works: Works): Promise<void> {
  const { tmp } = works.folder
  for (const name of await namesIn(tmp))
    if (/^(?:import|withdraw|preview)-[^/]*$/.test(name))
      await rm(join(tmp, name), { recursive: true })
  for (const dataset of ['subscribers', 'competitors'])
    for (const name of await namesIn(join(works.folder.lake, dataset)))
      if (name.endsWith('.draft') || name.endsWith('.tmp'))
        await rm(join(works.folder.lake, dataset, name), { force: true })
}
