import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { listStaff, type Role, setPassword } from '#people'
import { readConfig } from '../../config.ts'
import { type OwnedHouse, openHouse } from '../../house.ts'
import { type Desk, ROOT } from './command-line.ts'

/** A server that runs as a process of its own on the data folder of a desk. */
export type Served = AsyncDisposable &
  Readonly<{
    url: string
    process: ChildProcess
    /** Resolves when the process has ended, however it did. */
    ended: Promise<unknown>
  }>

/** Tests ask faster than people do. */
const UNLIMITED = {
  GRIDKEEPER_ACCOUNT_REQUESTS_PER_MINUTE: '0',
  GRIDKEEPER_ADDRESS_REQUESTS_PER_MINUTE: '0',
}

/**
 * Starts the server and waits until it says where it serves; `words` go after the command. Disposed
 * of, it is asked to stop.
 */
export async function startServer(
  { folder, env }: Desk,
  words: readonly string[] = [],
): Promise<Served> {
  const child = spawn(process.execPath, [join(ROOT, 'cli/main.ts'), 'start', ...words], {
    cwd: folder,
    env: { ...UNLIMITED, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(child, 'exit')
  const url = await new Promise<string>((serves, fail) => {
    let said = ''
    const hear = (chunk: Buffer) => {
      said += chunk
      const [, found] = /serves on (http:\S+)/.exec(said) ?? []
      if (found) serves(found)
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.on('exit', (code) => fail(new Error(`the server ended with ${code}: ${said}`)))
  })
  return {
    url,
    process: child,
    ended,
    [Symbol.asyncDispose]: async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM')
      await ended
    },
  }
}

export const PASSWORD = 'a-long-walk-in-autumn'

/** Opens the data folder of a desk in this process, to look at what no command shows. */
export function openAt(desk: Desk): Promise<OwnedHouse> {
  return openHouse(join(desk.folder, 'data'), readConfig(desk.env), {
    clock: () => new Date(),
    log: { error: (fields, text) => process.stderr.write(`${text} ${JSON.stringify(fields)}\n`) },
    onDeath: (error) => {
      throw error
    },
  })
}

/** Gives somebody of the branch a password, as whoever sets an installation up does. No server runs. */
export async function giveAccount(desk: Desk, branchId: string, role: Role): Promise<string> {
  await using house = await openAt(desk)
  const { works } = house
  return await works.run(works.system, async (unit) => {
    const on = works.clock().toISOString().slice(0, 10)
    const { rows } = await listStaff(unit, { unit: branchId, role, on, limit: 1 })
    const [person] = rows
    if (!person?.account) throw new Error(`nobody of ${branchId} is ${role} and has an account`)
    await setPassword(unit, person.staffId, PASSWORD)
    return person.account
  })
}

type Called = Readonly<{ status: number; body: Record<string, unknown> }>

/** Signs in, and answers with a way to call the API as that person. */
export async function signIn({ url }: Pick<Served, 'url'>, account: string) {
  const post = (path: string, init: RequestInit) => fetch(new URL(`/api/v1${path}`, url), init)
  const json = { 'content-type': 'application/json' }
  const session = await post('/session', {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ account, password: PASSWORD }),
  })
  if (!session.ok) throw new Error(`not signed in: ${await session.text()}`)
  const cookie = session.headers.get('set-cookie')?.split(';')[0] ?? ''
  return async (method: string, path: string, body?: object, language = 'zh'): Promise<Called> => {
    const isForm = body instanceof FormData
    const response = await post(path, {
      method,
      headers: { cookie, 'accept-language': language, ...(body && !isForm && json) },
      ...(body && { body: isForm ? body : JSON.stringify(body) }),
    })
    return { status: response.status, body: await response.json() }
  }
}
