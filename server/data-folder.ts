import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { DataFolder } from '#platform/works.ts'

/** Makes the rooms of a data folder; the ledger’s room is made by its engine. */
export async function openDataFolder(path: string): Promise<DataFolder> {
  const root = resolve(path)
  const folder: DataFolder = {
    root,
    lake: join(root, 'lake'),
    uploads: join(root, 'uploads'),
    evidence: join(root, 'evidence'),
    reports: join(root, 'reports'),
    tmp: join(root, 'tmp'),
  }
  const { lake, uploads, evidence, reports, tmp } = folder
  for (const room of [lake, uploads, evidence, reports, tmp])
    await mkdir(room, { recursive: true, mode: 0o750 })
  return folder
}
