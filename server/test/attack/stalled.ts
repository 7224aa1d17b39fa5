import type { AddressInfo } from 'node:net'
import { connect } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import type { Branch } from '../branch.ts'

/** Somebody who sends the beginning of a request and then nothing more, and hears what is said. */
export type Dribbler = Disposable &
  Readonly<{ closed: Promise<void>; isClosed(): boolean; heard(): string }>

const HALF_A_HEAD = ['GET /api/v1/session HTTP/1.1', 'host: a', '']

export async function dribble(
  server: FastifyInstance,
  lines: readonly string[] = HALF_A_HEAD,
): Promise<Dribbler> {
  if (!server.server.listening) await server.listen({ host: '127.0.0.1', port: 0 })
  const { port } = server.server.address() as AddressInfo
  const socket = connect(port, '127.0.0.1')
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()))
  socket.on('error', () => undefined) // a reset closes it as well
  let heard = ''
  socket.setEncoding('utf8').on('data', (text: string) => {
    heard += text
  })
  await new Promise<void>((resolve) => socket.once('connect', resolve))
  socket.write(lines.join('\r\n'))
  return {
    closed,
    isClosed: () => socket.closed,
    heard: () => heard,
    [Symbol.dispose]: () => socket.destroy(),
  }
}

/** A table that nobody can read or write until it is released, as behind a long transaction. */
export async function holdTable(branch: Branch, table: string) {
  const client = await branch.house.ledger.owner.connect()
  await client.query(`begin; lock table ${table} in access exclusive mode`)
  return {
    release: async () => {
      await client.query('rollback')
      client.release()
    },
    /** How many others are at work in the database. */
    waiting: async () => {
      const [row] = await branch.sql(
        `select count(*)::integer as n from pg_stat_activity
          where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle'`,
      )
      return Number(row?.n)
    },
  }
}

/** Asks again and again, at most 20 s long. */
export async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (const end = performance.now() + 20_000; !(await isSo()); await wait(10))
    if (performance.now() > end) throw new Error('it did not become so within 20 s')
}
