import { type Owner, readOwner } from '#platform/folder.ts'
import { Refusal } from '#platform/refusal.ts'
import type { CommandName } from '../server/commands/index.ts'
import { type ControlLine, perform } from '../server/control.ts'
import { type Effects, openHouse } from '../server/house.ts'
import type { CliCall } from './call.ts'

/**
 * Has a command done by whoever owns the data folder: by the server that runs on it, or, when none
 * does, by this process, which then owns the folder for as long as the command takes.
 */
export async function order(
  call: CliCall,
  name: CommandName,
  input: object,
): Promise<Record<string, unknown>> {
  const owner = await readOwner(call.dataFolder)
  if (owner?.url && owner.token) return handOver(call, { ...owner, url: owner.url }, name, input)
  await using house = await openHouse(call.dataFolder, call.config, effectsOf(call))
  return await perform(house, name, input, call.watch) // before the house is closed
}

/** The world of the command line’s own process. */
export function effectsOf(call: CliCall): Effects {
  return {
    clock: call.clock,
    log: {
      error: (fields, text) => {
        const { err } = fields as { err?: unknown }
        process.stderr.write(
          `${text}: ${err instanceof Error ? err.stack : JSON.stringify(fields)}\n`,
        )
      },
    },
    onDeath: (error) => {
      process.stderr.write(`${error.message}\n`)
      process.exitCode = 3
      process.kill(process.pid, 'SIGTERM')
    },
  }
}

async function handOver(
  call: CliCall,
  { url, token }: Owner & { url: string },
  name: CommandName,
  input: object,
): Promise<Record<string, unknown>> {
  const response = await fetch(new URL(`/control/${name}`, url), {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(input),
    signal: call.watch.signal,
  })
  if (!response.ok || !response.body)
    throw new Error(`the server at ${url} answered ${response.status}: ${await response.text()}`)
  for await (const line of linesOf(response.body)) {
    if ('progress' in line) call.watch.tell(line.progress)
    else if ('result' in line) return line.result
    else if ('refusal' in line)
      throw new Refusal(line.refusal.kind, line.refusal.code, line.refusal.values)
    else throw new Error(`the server failed: ${line.defect}`)
  }
  throw new Error(`the server at ${url} stopped before the command was done`)
}

async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<ControlLine> {
  let rest = ''
  const decoder = new TextDecoder()
  for await (const bytes of body) {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) yield JSON.parse(line) as ControlLine
  }
}
