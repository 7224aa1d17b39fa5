import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Works } from '#platform/works.ts'

/** For how many days files that hold personal data in clear text are kept. */
export type KeptDays = Readonly<{
  /** What people sent, for as long as an import of it may be asked for. */
  uploads: number
  /** The rows that an import left out, for as long as somebody may mend them. */
  leftOut: number
}>

/** Removes the files whose time is over; how many. What is gone already is gone. */
export async function forgetFiles(works: Works, kept: KeptDays): Promise<number> {
  const { uploads, reports } = works.folder
  return (
    (await removeOlder(works, uploads, kept.uploads)) +
    (await removeOlder(works, join(reports, 'imports'), kept.leftOut))
  )
}

async function removeOlder(works: Works, folder: string, days: number): Promise<number> {
  const before = works.clock().getTime() - days * 86_400_000
  let removed = 0
  for (const name of await namesIn(folder)) {
    const path = join(folder, name)
    const found = await stat(path).catch(goneIsFine)
    if (!found?.isFile() || found.mtimeMs >= before) continue
    await rm(path, { force: true })
    removed += 1
  }
  return removed
}

/** The names of everything below a folder; none where there is no folder. */
export async function namesIn(folder: string): Promise<string[]> {
  return (await readdir(folder, { recursive: true }).catch(goneIsFine)) ?? []
}

function goneIsFine(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}
