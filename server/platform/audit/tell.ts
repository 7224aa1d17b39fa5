import { type FileHandle, open } from 'node:fs/promises'
import { createConnection, type Socket } from 'node:net'
import type { Works } from '../works.ts'
import { markTold, selectUntold } from './store.ts'

/** Somebody outside who is told every entry: a file on another disk, a syslog server. */
export type AuditSink = Readonly<{
  /** What `audit_told` knows it by; a new name is told everything from the beginning. */
  name: string
  /** Resolves when the lines are safe there, as far as the protocol tells. */
  write(lines: readonly string[]): Promise<void>
  close(): Promise<void>
}>

const AT_ONCE = 1_000

/** Tells a sink what it has not been told; how many. A crash between the two tells some twice. */
export async function tellAudit(works: Works, sink: AuditSink): Promise<number> {
  let told = 0
  for (;;) {
    const untold = await works.run(works.system, (unit) => selectUntold(unit, sink.name, AT_ONCE))
    if (untold.length === 0) return told
    await sink.write(untold.map(({ body, ...entry }) => JSON.stringify({ ...entry, body })))
    await works.run(works.system, (unit) => markTold(unit, sink.name, untold))
    told += untold.length
  }
}

/** Appends to a file and forces each part to the disk. */
export function fileSink(path: string): AuditSink {
  let file: FileHandle | undefined
  return {
    name: `file:${path}`,
    write: async (lines) => {
      file ??= await open(path, 'a', 0o600)
      await file.appendFile(`${lines.join('\n')}\n`)
      await file.sync()
    },
    close: async () => file?.close(),
  }
}

/** RFC 5424 over TCP with octet counting (RFC 6587), facility 13 (log audit), severity 5 (notice). */
export function syslogSink({ hostname, port }: URL): AuditSink {
  let socket: Promise<Socket> | undefined
  let made: Socket | undefined
  const connect = () =>
    new Promise<Socket>((resolve, reject) => {
      const own = createConnection({ host: hostname, port: Number(port || 601) })
      made = own
      own.once('connect', () => resolve(own))
      own.once('error', reject)
      own.once('close', () => {
        socket = undefined
        reject(new Error('the connection to the syslog server was closed'))
      })
    })
  return {
    name: `syslog:${hostname}:${port || 601}`,
    write: async (lines) => {
      socket ??= connect()
      const at = await socket.catch((error: unknown) => {
        socket = undefined
        throw error
      })
      const frames = lines.map((line) => {
        const message = `<109>1 ${instantOf(line)} - gridkeeper - audit - \u{feff}${line}`
        return `${Buffer.byteLength(message)} ${message}`
      })
      await new Promise<void>((resolve, reject) => {
        at.write(frames.join(''), (error) => (error ? reject(error) : resolve()))
      })
    },
    close: async () => {
      // What the other side has not taken by now is told again by the next start.
      if (made?.connecting || made?.writableLength) made.destroy()
      else made?.destroySoon()
    },
  }
}

function instantOf(line: string): string {
  const { body } = JSON.parse(line) as { body: string }
  return (JSON.parse(body) as { at: string }).at
}
