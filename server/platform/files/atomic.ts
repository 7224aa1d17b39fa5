import { randomUUID } from 'node:crypto'
import { open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'

export type Content =
  | string
  | Uint8Array
  | Iterable<Uint8Array | string>
  | AsyncIterable<Uint8Array | string>

/**
 * Writes a file so that after a crash at any moment its path holds the old content or the new one
 * in full: a temporary neighbour is written and forced to the disk, then renamed, then the folder
 * is forced to the disk. When it returns, the content is durable. The folder must exist.
 */
export async function atomicWrite(path: string, content: Content): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`
  try {
    await writeDurably(temporary, content)
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
  await syncFolder(dirname(path))
}

async function writeDurably(path: string, content: Content): Promise<void> {
  await using file = await open(path, 'wx')
  await file.writeFile(content)
  await file.sync()
}

/** Makes names created, renamed or removed in `folder` durable. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return // which neither offers nor needs it
  await using handle = await open(folder, 'r')
  await handle.sync()
}
