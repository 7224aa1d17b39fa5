import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { isRunning, processesOf as sessionsOf } from '#platform/postgres/process.ts'
import { serverIn } from '#platform/postgres/stop.ts'
import type { Desk } from '../journeys/command-line.ts'
import { processesOf } from '../journeys/processes.ts'

/** Who is killed: our server, the engine's server, both at once, or one of the engine's processes. */
type Victim = 'server' | 'engine' | 'both' | 'session'

/** What is killed, after how many more acknowledgements, and how many milliseconds later. */
export type Kill = Readonly<{ victim: Victim; after: number; laterMs: number; draw: number }>

/** The first `count` kills of a seed; the same seed gives the same. */
export function killsOf(seed: number, count: number, victims: readonly Victim[]): Kill[] {
  return Array.from({ length: count }, (_, nth) => {
    const digest = createHash('sha256').update(`${seed} ${nth}`).digest()
    return {
      victim: victims[nth % victims.length] ?? 'server',
      after: 3 + (digest.readUInt32BE(0) % 20),
      laterMs: digest.readUInt32BE(4) % 40,
      draw: digest.readUInt32BE(8) / 2 ** 32,
    }
  })
}

/** Everybody at work in the folder of a desk, by number. */
export const pidsOf = ({ folder }: Desk): number[] =>
  processesOf(folder).map((line) => Number.parseInt(line, 10))

/** Kills without a warning. Answers with the number of the engine's process that was hit, if any. */
export async function strike(desk: Desk, server: number, { victim, draw }: Kill): Promise<void> {
  const ledger = join(desk.folder, 'data', 'ledger')
  const engine = await serverIn(ledger)
  if (victim === 'server' || victim === 'both') process.kill(server, 'SIGKILL')
  if (engine && (victim === 'engine' || victim === 'both')) process.kill(engine, 'SIGKILL')
  if (victim !== 'session') return
  const others = sessionsOf(ledger).filter((pid) => pid !== engine)
  const one = others[Math.floor(draw * others.length)]
  if (one === undefined) throw new Error('an engine has processes')
  process.kill(one, 'SIGKILL')
}

const LOOK_AGAIN_MS = 20

/** Milliseconds until none of them runs. @throws Error naming who does after `mostMs`. */
export async function untilGone(pids: readonly number[], mostMs: number): Promise<number> {
  const since = performance.now()
  for (;;) {
    const left = pids.filter((pid) => isRunning(pid))
    const spent = Math.round(performance.now() - since)
    if (left.length === 0) return spent
    if (spent > mostMs) throw new Error(`left after ${spent} ms: ${left.join(', ')}`)
    await wait(LOOK_AGAIN_MS)
  }
}
