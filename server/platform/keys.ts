import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  randomBytes,
  randomUUID,
} from 'node:crypto'
import { chmod, link, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { syncFolder } from './files/atomic.ts'
import { type KeyPairs, keyPairsOf } from './key-pairs.ts'
import { Refusal } from './refusal.ts'
import type { CellKeys } from './sealed-cells.ts'

/**
 * Seals short texts for one purpose (`people.second_factor`). `about` names what the text belongs
 * to, such as the person: a sealed text moved to another row does not open.
 */
export type Sealer = Readonly<{
  seal(text: string, about: string): string
  /** Undefined when it was sealed under a key that this installation does not hold. */
  open(sealed: string, about: string): string | undefined
}>

/** The keys of an installation, which live outside its data folder and its backups. */
export type Keys = Readonly<{
  /** Where they are kept. */
  file: string
  /** The id of the key that seals now; it tells nothing of the key. */
  readonly id: string
  /** The ids of all that are held, the oldest first. */
  readonly ids: readonly string[]
  /** Whether the key that sealed a text is held. */
  holds(sealed: string): boolean
  sealerFor(purpose: string): Sealer
  /** For cells by the million: see `sealed-cells.ts`. */
  cellKeysFor(purpose: string): CellKeys
  /** For what others seal to us or check of us: see `key-pairs.ts`. */
  pairsFor(purpose: string): KeyPairs
  /** Makes a further key, in the file first, which seals from then on. */
  add(): Promise<void>
}>

const KEY_BYTES = 32
const NONCE_BYTES = 12
const FORM = /^v1\.([\da-f]{8})\.([\w-]{16})\.([\w-]{22,})$/

/**
 * Opens the key file, which holds one key of 32 random bytes in base64url a line, the last of them
 * in use; makes it, readable by its owner alone, where there is none.
 * @throws Refusal `key-file-open` when others may read it, `key-file-damaged`, `key-file-unwritable`.
 */
export async function openKeys(file: string): Promise<Keys> {
  const held = heldIn(file, (await readKeys(file)) ?? (await makeKeys(file)))
  const current = () => [...held.keys()].at(-1) as string // a file without a key is refused
  const cells = new Map<string, CellKeys>()
  const pairs = new Map<string, KeyPairs>()
  let adding: Promise<void> = Promise.resolve()
  return {
    file,
    get id() {
      return current()
    },
    get ids() {
      return [...held.keys()]
    },
    holds: (sealed) => held.has(FORM.exec(sealed)?.[1] ?? ''),
    sealerFor: (purpose) => sealerOf({ held, id: current(), purpose }),
    cellKeysFor: (purpose) => {
      const known = cells.get(purpose)
      if (known) return known
      const each = [...held].map(([id, root]) => [id, cellKeyOf(root, purpose)])
      const made = { file, current: current(), held: Object.fromEntries(each) }
      cells.set(purpose, made)
      return made
    },
    pairsFor: (purpose) => {
      const known = pairs.get(purpose)
      if (known) return known
      const made = keyPairsOf(held, current(), purpose)
      pairs.set(purpose, made)
      return made
    },
    add: () => {
      const added = adding.then(async () => {
        const key = randomBytes(KEY_BYTES)
        await addKey(file, held, key)
        held.set(idOf(key), key)
        cells.clear()
        pairs.clear()
      })
      adding = added.catch(() => undefined) // whoever asked is told; the next one has its turn
      return added
    },
  }
}

/** By their ids, in the order of the file. */
function heldIn(file: string, text: string): Map<string, Buffer> {
  const keys = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => Buffer.from(line, 'base64url'))
  if (keys.length === 0 || keys.some(({ length }) => length !== KEY_BYTES))
    throw new Refusal('invalid', 'key-file-damaged', { file })
  return new Map(keys.map((key) => [idOf(key), key]))
}

/** The file with one key more, in its place at once or not at all; none that is held may be missing. */
async function addKey(file: string, held: ReadonlyMap<string, Buffer>, key: Buffer): Promise<void> {
  const draft = `${file}.${randomUUID()}.tmp`
  try {
    const text = `${(await readFile(file, 'utf8')).trimEnd()}\n${key.toString('base64url')}\n`
    const after = heldIn(file, text)
    if ([...held.keys()].some((id) => !after.has(id)))
      throw new Refusal('invalid', 'key-file-damaged', { file })
    await writeDurably(draft, text)
    await rename(draft, file)
    await syncFolder(dirname(file))
  } catch (error) {
    throw unwritable(error, file)
  } finally {
    await rm(draft, { force: true })
  }
}

/** The cipher’s key and the two that tokens are made with, each of its own. */
function cellKeyOf(root: Buffer, purpose: string): CellKeys['held'][string] {
  const part = (use: string) =>
    Buffer.from(hkdfSync('sha256', root, '', `gridkeeper ${purpose} ${use}`, KEY_BYTES)).toString(
      'hex',
    )
  return { cipher: part('cells'), inner: part('inner token'), outer: part('outer token') }
}

async function readKeys(file: string): Promise<string | undefined> {
  try {
    const { mode } = await stat(file)
    if (process.platform !== 'win32' && (mode & 0o077) !== 0)
      throw new Refusal('forbidden', 'key-file-open', { file })
    return await readFile(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** Whole or not at all, and never over one that another process has just made. */
async function makeKeys(file: string): Promise<string> {
  const draft = `${file}.${randomUUID()}.tmp`
  const text = `${randomBytes(KEY_BYTES).toString('base64url')}\n`
  try {
    await writeDurably(draft, text)
    await link(draft, file)
    await syncFolder(dirname(file))
    return text
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST') return (await readKeys(file)) ?? text
    throw unwritable(error, file)
  } finally {
    await rm(draft, { force: true })
  }
}

/** Says that a file cannot be written where that is why. */
function unwritable(error: unknown, file: string): unknown {
  const { code } = error as NodeJS.ErrnoException
  return code && UNWRITABLE.has(code)
    ? new Refusal('invalid', 'key-file-unwritable', { file, folder: dirname(file) })
    : error
}
const UNWRITABLE: ReadonlySet<string> = new Set(['EACCES', 'EROFS', 'ENOENT', 'EPERM'])

async function writeDurably(path: string, text: string): Promise<void> {
  await using handle = await open(path, 'wx', 0o600)
  await handle.writeFile(text)
  await handle.sync()
  await chmod(path, 0o600) // whatever the umask says
}

const idOf = (key: Buffer) =>
  createHmac('sha256', key).update('gridkeeper key id').digest('hex').slice(0, 8)

/** AES-256-GCM under a key of its own for each purpose, with a random nonce for each text. */
function sealerOf(of: { held: ReadonlyMap<string, Buffer>; id: string; purpose: string }): Sealer {
  const derived = new Map<string, Buffer>()
  const keyOf = (id: string): Buffer | undefined => {
    const root = of.held.get(id)
    const known = derived.get(id)
    if (known || !root) return known
    const key = Buffer.from(hkdfSync('sha256', root, '', `gridkeeper ${of.purpose}`, KEY_BYTES))
    derived.set(id, key)
    return key
  }
  const bound = (about: string) => Buffer.from(`${of.purpose}\0${about}`)
  return {
    seal: (text, about) => {
      const key = keyOf(of.id) as Buffer // the current key is held
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(bound(about))
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
      return `v1.${of.id}.${nonce.toString('base64url')}.${body.toString('base64url')}`
    },
    open: (sealed, about) => {
      const [, id = '', nonce = '', body = ''] = FORM.exec(sealed) ?? []
      const key = keyOf(id)
      if (!key) return undefined
      const bytes = Buffer.from(body, 'base64url')
      const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce, 'base64url'))
        .setAAD(bound(about))
        .setAuthTag(bytes.subarray(-16))
      return Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()]).toString()
    },
  }
}

/** Where the keys of a data folder are kept unless the configuration says otherwise. */
export const keyFileBeside = (dataFolder: string): string =>
  `${dirname(dataFolder)}/${basename(dataFolder)}.key`
