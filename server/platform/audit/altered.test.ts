import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { openBranch } from '../../test/branch.ts'
import { audit } from './audit.ts'
import { fileSink, syslogSink, tellAudit } from './tell.ts'
import { verifyAudit } from './verify.ts'

const branch = await openBranch('2026-11-20T00:00Z')
afterAll(() => branch.close())
const folder = await mkdtemp(join(tmpdir(), 'gridkeeper-audit-'))
afterAll(() => rm(folder, { recursive: true, force: true }))
const copy = join(folder, 'audit.ndjson')
const ENTRIES = 60
for (let nth = 0; nth < ENTRIES; nth++)
  await branch.unit(branch.system, async (unit) =>
    audit(unit, {
      ...{ branchId: nth % 3 ? '370686' : '370685', action: 'portrait.read' },
      about: { kind: 'subscriber', id: `s${nth}` },
    }),
  )

/** Alters the ledger as somebody who owns it could, looks, and undoes it. */
async function altered(text: string): Promise<readonly string[]> {
  const client = await branch.house.ledger.owner.connect()
  try {
    await client.query('begin; set local session_replication_role = replica')
    const { rowCount } = await client.query(text)
    if (!rowCount) return ['nothing was altered']
    await client.query('commit')
  } finally {
    client.release()
  }
  const { faults } = await verifyAudit(branch.works, null)
  await restore()
  return faults.map(({ fault }) => fault)
}

await branch.sql('create table public.kept as select * from platform.audit_entry')
await branch.sql('create table public.kept_head as select * from platform.audit_head')
async function restore(): Promise<void> {
  await branch.sql(`begin; set local session_replication_role = replica;
    truncate platform.audit_entry; insert into platform.audit_entry select * from public.kept;
    truncate platform.audit_head; insert into platform.audit_head select * from public.kept_head;
    commit`)
}

const REHASH = `hash = encode(sha256(convert_to(body, 'UTF8')), 'hex')`
/** What somebody may do to entry `seq` of a chain; each as one statement. */
const WAYS: readonly ((chain: string, seq: number) => string)[] = [
  (chain, seq) => `update platform.audit_entry set actor = actor || 'x' where ${at(chain, seq)}`,
  (chain, seq) => `update platform.audit_entry set action = 'backup.made' where ${at(chain, seq)}`,
  (chain, seq) => `update platform.audit_entry set about_id = 'another' where ${at(chain, seq)}`,
  (chain, seq) =>
    `update platform.audit_entry set at = at + interval '1 ms' where ${at(chain, seq)}`,
  (chain, seq) =>
    `update platform.audit_entry set body = replace(body, '"s', '"t') where ${at(chain, seq)}`,
  (chain, seq) => `update platform.audit_entry set body = 'not even JSON' where ${at(chain, seq)}`,
  (chain, seq) =>
    `update platform.audit_entry set body = '{', hash = encode(sha256('{'), 'hex') where ${at(chain, seq)}`,
  (chain, seq) => `update platform.audit_entry set hash = repeat('0', 64) where ${at(chain, seq)}`,
  (chain, seq) => `delete from platform.audit_entry where ${at(chain, seq)}`,
  (chain, seq) =>
    `insert into platform.audit_entry select chain, seq + 1000, at, actor, action, about_kind,
       about_id, body, hash from platform.audit_entry where ${at(chain, seq)}`,
  (chain, seq) => `update platform.audit_entry set seq = seq + 500 where ${at(chain, seq)}`,
  (chain, seq) => `update platform.audit_entry set chain = '370685x' where ${at(chain, seq)}`,
  (chain) => `update platform.audit_head set seq = seq - 1 where chain = '${chain}'`,
  (chain) => `delete from platform.audit_head where chain = '${chain}'`,
]
const at = (chain: string, seq: number) => `chain = '${chain}' and seq = ${seq}`

test('a trail that nobody touched has no fault', async () => {
  expect(await verifyAudit(branch.works, null)).toMatchObject({ entries: ENTRIES, faults: [] })
})

test('of a thousand alterations, each alone, a thousand are found', {
  timeout: 60_000,
}, async () => {
  const places = fc.sample(
    fc.tuple(
      fc.nat(WAYS.length - 1),
      fc.constantFrom('370686', '370685'),
      fc.integer({ min: 1, max: 20 }),
    ),
    { numRuns: Number(process.env.GRIDKEEPER_FULL ? 1000 : 150), seed: 20261122 },
  )
  for (const [way, chain, seq] of places) {
    const found = await altered(WAYS[way]?.(chain, seq) ?? '')
    expect(found.length, `way ${way} on ${chain} ${seq}: ${found}`).toBeGreaterThan(0)
    expect(found).not.toContain('nothing was altered')
  }
  expect((await verifyAudit(branch.works, null)).faults).toEqual([])
})

test('a chain that was written anew from its beginning is found by the copy kept outside', async () => {
  const sink = fileSink(copy)
  expect(await tellAudit(branch.works, sink)).toBe(ENTRIES)
  expect(await tellAudit(branch.works, sink)).toBe(0)
  await sink.close()
  expect(await verifyAudit(branch.works, copy)).toMatchObject({ compared: ENTRIES, faults: [] })
  await branch.sql(`begin; set local session_replication_role = replica;
    update platform.audit_entry set about_id = 'nobody', actor = actor,
           body = replace(body, '"s57"', '"nobody"') where about_id = 's57';
    update platform.audit_entry set ${REHASH} where about_id = 'nobody';
    update platform.audit_head set hash = last.hash from (
      select distinct on (chain) chain, hash from platform.audit_entry order by chain, seq desc
    ) as last where last.chain = audit_head.chain;
    commit`)
  expect((await verifyAudit(branch.works, copy)).faults).toContainEqual({
    chain: '370685',
    seq: 20,
    fault: 'unlike',
  })
  await restore()
  expect((await readFile(copy, 'utf8')).trim().split('\n')).toHaveLength(ENTRIES)
})

test('a syslog server that does not hang up keeps no connection open', async () => {
  const made = Promise.withResolvers<Socket>()
  const server = createServer({ allowHalfOpen: true }, made.resolve)
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const { port } = server.address() as { port: number }
  const sink = syslogSink(new URL(`tcp://127.0.0.1:${port}`))
  await sink.write([JSON.stringify({ body: JSON.stringify({ at: '2026-11-20T00:00:00.000Z' }) })])
  const socket = await made.promise
  const ended = once(socket.resume(), 'end')
  await sink.close()
  await ended
  socket.on('error', () => undefined) // what it says now reaches nobody
  while (!socket.destroyed) await new Promise((told) => socket.write('still here', told))
  await new Promise((done) => server.close(done))
})

test('a syslog server is told every entry once', async () => {
  const heard: string[] = []
  const server = createServer((socket) =>
    socket.setEncoding('utf8').on('data', (text: string) => heard.push(text)),
  )
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const { port } = server.address() as { port: number }
  const sink = syslogSink(new URL(`tcp://127.0.0.1:${port}`))
  await tellAudit(branch.works, sink)
  await sink.close()
  await new Promise((closed) => server.close(closed))
  const frames = heard
    .join('')
    .split(/\d+ (?=<109>1 )/)
    .slice(1)
  expect(frames).toHaveLength(ENTRIES)
  expect(frames[0]).toMatch(/^<109>1 2026-11-20T00:00:00\.000Z - gridkeeper - audit - .*"seq":1/)
})
