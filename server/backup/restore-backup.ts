import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises'
import { basename, dirname, join, normalize, resolve } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { extract } from 'tar-stream'
import { keyFileBeside, openKeys } from '#platform/keys.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Watch } from '#platform/works.ts'
import type { Config } from '../config.ts'
import { openLedger } from '../ledger.ts'
import { migrationNames } from './known-migrations.ts'
import { MANIFEST, Manifest } from './manifest.ts'
import {
  beginLoad,
  clearTable,
  copyTableIn,
  isLedgerEmpty,
  pauseWebhooks,
  raiseIdentities,
  selectSealed,
  selectTables,
} from './store.ts'

const UNPACKING = { zh: '解包并核对', en: 'Unpacking and checking' }
const LOADING = { zh: '恢复账目', en: 'Loading the ledger' }

export type Restored = Readonly<{
  tables: number
  rows: number
  files: number
  keyFile: string
  unreadable: number
}>

/**
 * Restores a backup into `dataFolder`, which must be empty or absent. Everything is unpacked and
 * compared with the manifest first; until the end the folder carries a mark that keeps a server
 * from opening it. What is refused or broken off before the ledger is loaded leaves the folder as it
 * was; the mark stays where a process was killed, or a loaded ledger has not all its files. Keys are
 * in no backup: answers with how many sealed secrets cannot be read with those that are held. @throws Refusal `folder-not-empty`, `backup-damaged`, `backup-newer`.
 */
export async function restoreBackup(
  file: string,
  dataFolder: string,
  config: Config,
  watch: Watch,
): Promise<Restored> {
  const { made } = await refuseUnlessEmpty(dataFolder)
  const unpacked = join(dataFolder, 'restoring')
  await writeFile(join(dataFolder, UNFINISHED), basename(file))
  let loaded: Loaded
  try {
    loaded = await load(file, dataFolder, config, watch)
  } catch (error) {
    await leaveAsFound(dataFolder, { made })
    throw error
  }
  const { manifest, sealed } = loaded
  for (const { path } of manifest.files) {
    await mkdir(dirname(join(dataFolder, path)), { recursive: true })
    await rename(join(unpacked, path), join(dataFolder, path))
  }
  await rm(unpacked, { recursive: true })
  await rm(join(dataFolder, UNFINISHED))
  return {
    tables: manifest.tables.length,
    rows: manifest.tables.reduce((sum, { rows }) => sum + rows, 0),
    files: manifest.files.length,
    ...(await readable(sealed, config.keyFile ?? keyFileBeside(resolve(dataFolder)))),
  }
}

type Loaded = Readonly<{ manifest: Manifest; sealed: readonly string[] }>

/** The first start makes a key where none is; one that is put there before is taken. */
async function readable(sealed: readonly string[], keyFile: string) {
  if (!existsSync(keyFile)) return { keyFile, unreadable: sealed.length }
  const keys = await openKeys(keyFile)
  return { keyFile, unreadable: sealed.filter((each) => !keys.holds(each)).length }
}

/** Unpacks the backup, and loads its ledger in one transaction at the end. */
async function load(
  file: string,
  dataFolder: string,
  config: Config,
  watch: Watch,
): Promise<Loaded> {
  const unpacked = join(dataFolder, 'restoring')
  await mkdir(unpacked)
  const manifest = await unpack(file, unpacked, watch)
  const unknown = manifest.migrations.filter((name) => !migrationNames().includes(name))
  if (unknown.length > 0)
    throw new Refusal('invalid', 'backup-newer', { file: basename(file), made: manifest.product })
  const sealed = await loadLedger(dataFolder, config, unpacked, manifest, watch)
  return { manifest, sealed }
}

/** While this file is in a data folder, a restore into it has not ended. */
export const UNFINISHED = 'RESTORE-UNFINISHED'

/** Makes the folder unless it is there, and says whether it did. */
async function refuseUnlessEmpty(folder: string): Promise<{ made: boolean }> {
  const made = (await mkdir(folder, { recursive: true })) !== undefined
  const found = await readdir(folder)
  if (found.length > 0) throw new Refusal('conflict', 'folder-not-empty', { folder })
  return { made }
}

/** The folder was empty, so all in it is of this restore; the mark goes last. */
async function leaveAsFound(folder: string, { made }: { made: boolean }): Promise<void> {
  const found = await readdir(folder)
  for (const name of found.filter((each) => each !== UNFINISHED))
    await rm(join(folder, name), { recursive: true, force: true })
  await rm(join(folder, UNFINISHED), { force: true })
  if (made) await rmdir(folder)
}

async function unpack(file: string, target: string, watch: Watch): Promise<Manifest> {
  const found = new Map<string, { bytes: number; sha256: string }>()
  const archive = extract()
  const reading = pipeline(createReadStream(file), createGunzip(), archive, {
    signal: watch.signal,
  })
  reading.catch(() => undefined) // told below, where the entries end
  try {
    for await (const entry of archive) {
      const path = normalize(entry.header.name)
      if (path.startsWith('..') || path.startsWith('/')) throw damaged(file, path)
      watch.tell({ phase: UNPACKING, done: found.size, total: null })
      await mkdir(dirname(join(target, path)), { recursive: true })
      found.set(path, await write(entry, join(target, path)))
    }
    await reading
  } catch (cause) {
    watch.signal.throwIfAborted()
    if (cause instanceof Refusal) throw cause
    throw damaged(file, cause instanceof Error ? cause.message : String(cause))
  }
  const text = found.has(MANIFEST) ? await readFile(join(target, MANIFEST), 'utf8') : 'null'
  const manifest = Manifest.safeParse(JSON.parse(text))
  if (!manifest.success) throw damaged(file, MANIFEST)
  for (const { path, bytes, sha256 } of [...manifest.data.tables, ...manifest.data.files]) {
    const entry = found.get(path)
    if (entry?.bytes !== bytes || entry.sha256 !== sha256) throw damaged(file, path)
  }
  return manifest.data
}

async function write(source: NodeJS.ReadableStream, path: string) {
  const hash = createHash('sha256')
  let bytes = 0
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      bytes += chunk.length
      done(null, chunk)
    },
  })
  await pipeline(source, counted, createWriteStream(path))
  return { bytes, sha256: hash.digest('hex') }
}

async function loadLedger(
  dataFolder: string,
  config: Config,
  unpacked: string,
  manifest: Manifest,
  watch: Watch,
): Promise<string[]> {
  await using ledger = await openLedger({
    dataFolder,
    databaseUrl: config.databaseUrl?.reveal(),
    loginUrl: config.databaseLoginUrl?.reveal(),
    onDeath: (error) => {
      throw error
    },
  })
  const client = await ledger.owner.connect()
  try {
    const tables = await selectTables(client)
    if (!(await isLedgerEmpty(client, tables)))
      throw new Refusal('conflict', 'folder-not-empty', { folder: dataFolder })
    await beginLoad(client)
    for (const table of tables) await clearTable(client, table)
    for (const [place, { table, columns, rows, path }] of manifest.tables.entries()) {
      watch.signal.throwIfAborted()
      watch.tell({ phase: LOADING, done: place, total: manifest.tables.length })
      const source = createReadStream(join(unpacked, path))
      const loaded = await copyTableIn(client, { table, columns }, source)
      if (loaded !== rows) throw damaged(path, `${loaded} / ${rows}`)
    }
    await raiseIdentities(client)
    await pauseWebhooks(client)
    const sealed = await selectSealed(client)
    await client.query('commit')
    return sealed
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    client.release()
  }
}

const damaged = (file: string, part: string) =>
  new Refusal('invalid', 'backup-damaged', { file: basename(file), part })
