import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'

/** Linux tells of every process where it works and how it was called. */
export const CAN_SEE_PROCESSES = process.platform === 'linux'

/** The processes that work in `folder` or were called with it, but for those of `others`. */
export function processesOf(folder: string, others: readonly number[] = []): string[] {
  if (!CAN_SEE_PROCESSES) return []
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((name) => !others.includes(Number(name)))
    .flatMap((name) => {
      const about = aboutProcess(name)
      return about?.includes(folder) ? [`${name} ${about}`] : []
    })
}

/** Null when it ended while it was looked at, as is a zombie that waits for its parent. */
function aboutProcess(pid: string): string | null {
  try {
    const place = readlinkSync(`/proc/${pid}/cwd`)
    return `${place} ${readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')}`
  } catch {
    return null
  }
}

const LOOK_AGAIN_MS = 50

/** Milliseconds until nobody of the folder is left. @throws Error naming who is, after `mostMs`. */
export async function untilAllAreGone(folder: string, mostMs: number): Promise<number> {
  const since = performance.now()
  for (;;) {
    const left = processesOf(folder)
    const spent = Math.round(performance.now() - since)
    if (left.length === 0) return spent
    if (spent > mostMs) throw new Error(`left after ${spent} ms: ${left.join('\n')}`)
    await wait(LOOK_AGAIN_MS)
  }
}
