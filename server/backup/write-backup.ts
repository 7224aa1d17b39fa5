import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdtemp, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join, relative } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type { PoolClient } from 'pg'
import { type Pack, pack } from 'tar-stream'
import { keepLake, letLakeGo } from '#platform/duckdb/hold-store.ts'
import type { Watch, Works } from '#platform/works.ts'
import type { Ledger } from '../ledger.ts'
import { VERSION } from '../version.ts'
import { FORMAT, MANIFEST, type Manifest, type ManifestEntry } from './manifest.ts'
import {
  beginSnapshot,
  copyTableOut,
  selectMigrations,
  selectTables,
  selectUploads,
} from './store.ts'

const PHASE = { zh: '备份', en: 'Backing up' }

export type Written = Readonly<{
  file: string
  tables: number
  rows: number
  files: number
  bytes: number
  leftOut: number
}>

/**
 * Writes a backup of the house to `file` (a gzipped tar), which appears whole or not at all.
 * Serving goes on meanwhile. Answers with what the manifest counts, and how many reports and uploads
 * were forgotten before they were read, and so left out.
 */
export async function writeBackup(
  { works, ledger }: { works: Works; ledger: Ledger },
  file: string,
  watch: Watch,
): Promise<Written> {
  const unfinished = `${file}.unfinished`
  const scratch = await mkdtemp(join(works.folder.tmp, 'backup-'))
  const archive = pack()
  const written = pipeline(
    archive,
    createGzip({ level: 1 }),
    createWriteStream(unfinished, { mode: 0o600 }),
    { signal: watch.signal },
  )
  // Awaited below; an early failure must not pass for an unhandled one meanwhile.
  written.catch(() => archive.destroy())
  const client = await ledger.owner.connect()
  try {
    await keepLake(client)
    const { uploads, ...tables } = await packTables(archive, client, scratch, watch)
    const { files, leftOut } = await packFiles(archive, works, uploads, watch)
    const manifest: Manifest = {
      format: FORMAT,
      product: VERSION,
      takenAt: works.clock().toISOString(),
      ...tables,
      files,
    }
    archive.entry({ name: MANIFEST }, JSON.stringify(manifest, null, 1))
    archive.finalize()
    await written
    await settle(unfinished, file)
    return {
      file,
      tables: manifest.tables.length,
      rows: manifest.tables.reduce((sum, { rows }) => sum + rows, 0),
      files: files.length,
      bytes: (await stat(file)).size,
      leftOut,
    }
  } finally {
    archive.destroy()
    await letLakeGo(client).finally(() => client.release())
    await rm(scratch, { recursive: true, force: true })
    await rm(unfinished, { force: true })
  }
}

/** Every table through a file, since a tar entry says its size before its content. */
async function packTables(archive: Pack, client: PoolClient, scratch: string, watch: Watch) {
  try {
    await beginSnapshot(client)
    const migrations = await selectMigrations(client)
    const uploads = await selectUploads(client)
    const found = await selectTables(client)
    const tables: Manifest['tables'] = []
    for (const [place, table] of found.entries()) {
      watch.signal.throwIfAborted()
      watch.tell({ phase: PHASE, done: place, total: found.length })
      const dump = join(scratch, `${place}.csv`)
      const rows = await copyTableOut(client, table, createWriteStream(dump))
      const path = `ledger/${table.table}.csv`
      const entry = await packFile(archive, dump, path, watch)
      await rm(dump)
      tables.push({ ...entry, table: table.table, columns: [...table.columns], rows })
    }
    return { migrations, tables, uploads }
  } finally {
    await client.query('rollback')
  }
}

async function packFiles(
  archive: Pack,
  works: Works,
  uploads: readonly string[],
  watch: Watch,
): Promise<{ files: ManifestEntry[]; leftOut: number }> {
  const { lake, evidence, reports, root } = works.folder
  const sent = await filesBelow(works.folder.uploads)
  const kept = [...(await filesBelow(lake)), ...(await filesBelow(evidence))]
  // Nobody waits for us before forgetting these.
  const passing = [
    ...(await filesBelow(reports)),
    ...sent.filter((path) => uploads.some((id) => basename(path).startsWith(id))),
  ]
  const files: ManifestEntry[] = []
  let leftOut = 0
  for (const path of [...kept, ...passing]) {
    watch.tell({ phase: PHASE, done: files.length, total: null })
    const packed = packFile(archive, path, relative(root, path), watch)
    const entry = await (passing.includes(path) ? packed.catch(goneAsNull) : packed)
    if (entry) files.push(entry)
    else leftOut += 1
  }
  return { files, leftOut }
}

function goneAsNull(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null
  throw error
}

async function packFile(
  archive: Pack,
  source: string,
  path: string,
  watch: Watch,
): Promise<ManifestEntry> {
  await using file = await open(source, 'r') // what is forgotten from here on is read all the same
  const bytes = (await file.stat()).size
  const hash = createHash('sha256')
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      done(null, chunk)
    },
  })
  const entry = archive.entry({ name: path, size: bytes })
  const content = file.createReadStream({ autoClose: false })
  await pipeline(content, counted, entry, { signal: watch.signal })
  return { path, bytes, sha256: hash.digest('hex') }
}

/** Finished files below `room` in the order of their names; what is being written is not one. */
async function filesBelow(room: string): Promise<string[]> {
  const entries = await readdir(room, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !/\.(unfinished|draft|tmp)$|\/spill\//.test(path))
    .sort()
}

/** On disk before it has its name. */
async function settle(unfinished: string, file: string): Promise<void> {
  const handle = await open(unfinished, 'r+')
  await handle.sync()
  await handle.close()
  await rename(unfinished, file)
  const folder = await open(dirname(file), 'r')
  await folder.sync()
  await folder.close()
}
