import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, open, rm, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import type { Desk } from '../journeys/command-line.ts'

/** Only root can make a disk; elsewhere there is nothing to fill. */
export const CAN_MAKE_DISKS =
  process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/mount')

const MB = 1024 * 1024

/** A disk of its own below the data folder of a desk, to be filled to the last byte. */
type SmallDisk = AsyncDisposable &
  Readonly<{
    /** Fills the disk until `bytes` are free, or makes room until they are. */
    leave(bytes: number): Promise<void>
  }>

export async function mountDisk({ folder }: Desk, sizeMb: number): Promise<SmallDisk> {
  const disk = join(folder, 'data')
  const filler = join(disk, 'filler')
  await mkdir(disk, { mode: 0o700 })
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${sizeMb}m,mode=700`, 'tmpfs', disk])
  const free = async () => {
    const { bavail, bsize } = await statfs(disk)
    return bavail * bsize
  }
  return {
    leave: async (bytes) => {
      await rm(filler, { force: true })
      await using file = await open(filler, 'w')
      for (let left = (await free()) - bytes; left > 0; left -= MB)
        await file.write(Buffer.alloc(Math.min(left, MB)))
    },
    [Symbol.asyncDispose]: async () => {
      execFileSync('umount', ['--lazy', disk])
    },
  }
}
