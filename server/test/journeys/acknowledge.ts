import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs'
import { readOwner } from '#platform/folder.ts'
import type { ControlLine } from '../../control.ts'

/** Something ordered of the server: a command with its input. */
export type Order = Readonly<{ name: 'import' | 'plan'; input: object }>

/** What this process tells on its standard output, line by line. */
export type Heard =
  | Readonly<{ begun: Order['name'] }>
  | Readonly<{ progress: Extract<ControlLine, { progress: unknown }>['progress'] }>
  | Readonly<{ acknowledged: Acknowledged }>
  | Readonly<{ failed: string }>

export type Acknowledged = Readonly<{ order: Order; result: Readonly<Record<string, unknown>> }>

/**
 * Orders one thing after the other of the server that runs on a data folder, and puts down what it
 * acknowledged where no death of the server can reach it: on the disk, before anything else is
 * asked. Ends when all is done, or at the first answer that does not come.
 */
async function main(dataFolder: string, log: string, orders: readonly Order[]): Promise<void> {
  const owner = await readOwner(dataFolder)
  if (!owner?.url || !owner.token) return tell({ failed: 'nobody serves' })
  for (const order of orders) {
    tell({ begun: order.name })
    const response = await fetch(new URL(`/control/${order.name}`, owner.url), {
      method: 'POST',
      headers: { authorization: `Bearer ${owner.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(order.input),
    })
    for await (const line of linesOf(response)) {
      if ('progress' in line) tell({ progress: line.progress })
      else if ('result' in line) acknowledge(log, { order, result: line.result })
      else return tell({ failed: JSON.stringify(line) })
    }
  }
}

function acknowledge(log: string, acknowledged: Acknowledged): void {
  const file = openSync(log, 'a')
  writeSync(file, `${JSON.stringify(acknowledged)}\n`)
  fsyncSync(file)
  closeSync(file)
  tell({ acknowledged })
}

const tell = (heard: Heard): void => void writeSync(1, `${JSON.stringify(heard)}\n`)

async function* linesOf(response: Response): AsyncGenerator<ControlLine> {
  let rest = ''
  const decoder = new TextDecoder()
  for await (const bytes of response.body ?? []) {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) yield JSON.parse(line) as ControlLine
  }
}

if (import.meta.main) {
  const [dataFolder = '', log = '', orders = '[]'] = process.argv.slice(2)
  try {
    await main(dataFolder, log, JSON.parse(orders))
  } catch (error) {
    tell({ failed: String(error) }) // the server is gone; what it acknowledged is on the disk
  }
}
