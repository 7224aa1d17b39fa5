import { chmod, chown, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Account, mayEnter } from './account.ts'

/** The number in the socket's file name; no port of the machine is taken. */
export const PORT = 5432

// 107 bytes is the longest address of a Unix socket on Linux, 103 on macOS.
const LONGEST_FOLDER = 103 - `/.s.PGSQL.${PORT}.lock`.length

/**
 * Makes the folder of the engine's socket, which only the engine's account and we may enter: in
 * the data folder, or, where that path is too long or closed to the account, a short one in the
 * system's temporary folder. Returns its path.
 */
export async function makeSocketFolder(
  dataFolder: string,
  account: Account | null,
): Promise<string> {
  const near = join(dataFolder, 'socket')
  const fits = Buffer.byteLength(near) <= LONGEST_FOLDER && mayEnter(account, dataFolder)
  if (fits) await rm(near, { recursive: true, force: true }) // a socket of a dead server
  if (fits) await mkdir(near, { mode: 0o700 })
  const folder = fits ? near : await mkdtemp(join(tmpdir(), 'gridkeeper-'))
  await chmod(folder, 0o700)
  if (account) await chown(folder, account.uid, account.gid)
  return folder
}

export async function removeSocketFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true })
}
