import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { type Desk, openDesk } from '../journeys/command-line.ts'
import { PASSWORD } from '../journeys/served.ts'
import { openClient } from './client.ts'
import type { LoadOf } from './load.ts'
import { BRANCH, DAY, openSmallCounty } from './small-county.ts'
import { type Acknowledged, followLog } from './told.ts'

/** A desk whose servers all serve at one address: the clients know it, whoever serves there. */
export async function openDeskOnOnePort(): Promise<Desk> {
  const desk = await openDesk()
  return { ...desk, env: { ...desk.env, GRIDKEEPER_PORT: String(await freePort()) } }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (address === null || typeof address === 'string') throw new Error('a port is a number')
  return address.port
}

/** A load of a small county that is made on the desk; its logs lie outside the data folder. */
export async function openLoad(desk: Desk) {
  const county = await openSmallCounty(desk)
  const folder = await mkdtemp(join(tmpdir(), 'gridkeeper-told-'))
  const log = join(folder, 'load.jsonl')
  const url = `http://127.0.0.1:${desk.env.GRIDKEEPER_PORT}`
  const load: LoadOf = { ...county, url, log, branchId: BRANCH, password: PASSWORD, day: DAY }
  const told = followLog(log)
  return {
    load,
    told,
    checks: join(folder, 'checks.jsonl'),
    [Symbol.asyncDispose]: async () => {
      told.close()
      await rm(folder, { recursive: true })
    },
  }
}

export function startLoad(load: LoadOf): ChildProcess {
  const words = [join(import.meta.dirname, 'load.ts'), JSON.stringify(load)]
  return spawn(process.execPath, words, { stdio: ['ignore', 'inherit', 'inherit'] })
}

/** Each command that was acknowledged is asked again: it has the same answer still, and is not done again. */
export async function askAgain(
  load: LoadOf,
  log: string,
  acknowledged: readonly Acknowledged[],
): Promise<void> {
  const client = openClient(load.url, log)
  try {
    const { account, password } = load
    const signIn = { errand: 'sign-in', method: 'POST', path: '/session' } as const
    const { cookie } = await client.ask({ ...signIn, body: { account, password } })
    const commands = acknowledged.filter(({ call }) => call.key !== undefined)
    for (const { call, answer } of commands) {
      const { body, repeated } = await client.ask(call, cookie)
      expect({ call, body, repeated }).toEqual({ call, body: answer, repeated: true })
    }
  } finally {
    client.close()
  }
}
