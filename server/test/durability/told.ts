import { closeSync, openSync, readSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import type { Call, Line } from './client.ts'

/** Instants in milliseconds of the epoch. */
export type Acknowledged = Readonly<{ call: Call; askedAt: number; at: number; answer: unknown }>

/** What the log of a load says so far. */
export type Told = Readonly<{
  /** In the order in which the answers came. */
  acknowledged: readonly Acknowledged[]
  complaints: readonly string[]
  ended: readonly Extract<Line, { ended: unknown }>['ended'][]
}>

const LOOK_AGAIN_MS = 10
const PATIENCE_MS = 60_000

/** Follows the log of a load that another process writes. */
export function followLog(path: string) {
  const file = openSync(path, 'a+')
  const acknowledged: Acknowledged[] = []
  const complaints: string[] = []
  const ended: Told['ended'][number][] = []
  const bytes = Buffer.alloc(1 << 20)
  let [offset, rest] = [0, '']

  function take(line: Line): void {
    if ('acknowledged' in line) {
      const { acknowledged: call, askedAt, at, answer } = line
      acknowledged.push({ call, askedAt, at, answer })
    } else if ('complaint' in line) complaints.push(line.complaint)
    else if ('ended' in line) ended.push(line.ended)
  }

  function read(): Told {
    for (;;) {
      const count = readSync(file, bytes, 0, bytes.length, offset)
      if (count === 0) return { acknowledged, complaints, ended }
      offset += count
      const lines = (rest + bytes.toString('latin1', 0, count)).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) take(JSON.parse(Buffer.from(line, 'latin1').toString('utf8')))
    }
  }

  /** Waits until so much is acknowledged; whatever the load complains of is thrown. */
  async function until(count: number): Promise<Told> {
    const late = performance.now() + PATIENCE_MS
    for (;;) {
      const told = read()
      if (told.complaints.length > 0) throw new Error(told.complaints.join('\n'))
      if (told.acknowledged.length >= count) return told
      if (performance.now() > late) throw new Error(`${told.acknowledged.length} of ${count}`)
      await wait(LOOK_AGAIN_MS)
    }
  }

  /** Waits for the first answer to what was asked after an instant. */
  async function next(after: number): Promise<Acknowledged> {
    for (let count = acknowledged.length; ; count++) {
      const found = acknowledged.find(({ askedAt }) => askedAt > after)
      if (found) return found
      await until(count + 1)
    }
  }

  return { read, until, next, close: () => closeSync(file) }
}
