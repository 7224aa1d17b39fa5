import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { Refusal } from '../refusal.ts'
import type { Works } from '../works.ts'
import {
  type AuditFault,
  type ChainHead,
  selectFaults,
  selectHeads,
  selectUnlike,
} from './store.ts'

export type Verified = Readonly<{
  chains: readonly ChainHead[]
  entries: number
  /** Entries of the outside copy that were compared; 0 without one. */
  compared: number
  faults: readonly AuditFault[]
}>

const Told = z.object({ chain: z.string(), seq: z.int(), hash: z.string() })
const AT_ONCE = 5_000

/**
 * Looks for entries that were altered, removed or inserted. Whoever can rewrite the whole ledger can
 * rewrite a whole chain with new hashes; `against`, the file that the server told its entries to
 * (`GRIDKEEPER_AUDIT_FILE`, kept elsewhere), finds that as well.
 * @throws Refusal `audit-copy-unreadable`
 */
export async function verifyAudit(works: Works, against: string | null): Promise<Verified> {
  const { chains, faults } = await works.run(works.system, async (unit) => ({
    chains: await selectHeads(unit),
    faults: await selectFaults(unit),
  }))
  const unlike: AuditFault[] = []
  let compared = 0
  for await (const told of toldIn(against)) {
    compared += told.length
    const found = await works.run(works.system, (unit) => selectUnlike(unit, told))
    unlike.push(...found.map(({ chain, seq }) => ({ chain, seq, fault: 'unlike' as const })))
  }
  return {
    chains,
    entries: chains.reduce((sum, { seq }) => sum + seq, 0),
    compared,
    faults: [...faults, ...unlike],
  }
}

async function* toldIn(path: string | null): AsyncGenerator<ChainHead[]> {
  if (path === null) return
  let part: ChainHead[] = []
  let line = 0
  for await (const text of createInterface({ input: createReadStream(path) })) {
    line += 1
    const told = Told.safeParse(parsed(text))
    if (!told.success) throw new Refusal('invalid', 'audit-copy-unreadable', { file: path, line })
    part.push(told.data)
    if (part.length < AT_ONCE) continue
    yield part
    part = []
  }
  if (part.length > 0) yield part
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined // answered as an unreadable line
    throw cause
  }
}
