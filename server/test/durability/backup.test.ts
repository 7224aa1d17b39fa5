import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { createGunzip } from 'node:zlib'
import { extract } from 'tar-stream'
import { expect, test } from 'vitest'
import { verifyAudit } from '#platform/audit/verify.ts'
import { selectUnfinished } from '#platform/job-store.ts'
import { MANIFEST, Manifest } from '../../backup/manifest.ts'
import { copyTableOut } from '../../backup/store.ts'
import type { OwnedHouse } from '../../house.ts'
import { generateCounty } from '../../sample/index.ts'
import { addDays } from '../journeys/closed-doors.ts'
import { openDesk } from '../journeys/command-line.ts'
import { openAt, signIn, startServer } from '../journeys/served.ts'
import { askAgain, openDeskOnOnePort, openLoad, startLoad } from './loaded.ts'
import { orderAt, startImport } from './orders.ts'
import { BRANCH, DAY } from './small-county.ts'

const ANSWERS_BEFORE = 80
const ANSWERS_MORE = 40

test('a backup taken under load is restored row by row: what was acknowledged before it is there, once', {
  timeout: 600_000,
}, async () => {
  await using desk = await openDeskOnOnePort()
  await using loaded = await openLoad(desk)
  const { load, told } = loaded
  const file = join(desk.folder, 'under-load.tar.gz')
  const [date, out] = [addDays(DAY, 1), join(desk.folder, 'next')]
  await generateCounty({ branchId: BRANCH, households: 6000, seed: 7, date, out })
  const { before, jobId } = await backUp()

  await using other = await openDesk()
  await copyFile(join(desk.folder, 'data.key'), join(other.folder, 'data.key')) // no backup holds it
  await other.done('restore', file)
  {
    await using house = await openAt(other)
    const { tables, texts } = await contentOf(file)
    for (const { table, columns, rows } of tables.filter(({ table }) => table !== TICKETS)) {
      const found = await linesIn(house, { table, columns })
      expect({ table, rows: found.rows, hash: hashOf(found.text) }).toEqual({
        ...{ table, rows },
        hash: hashOf(texts.get(table) ?? ''),
      })
    }
    expect((await verifyAudit(house.works, null)).faults).toEqual([])
    const left = await house.works.run(house.works.system, selectUnfinished)
    expect(
      left.map((job) => job.jobId),
      'it was under way',
    ).toContain(jobId)
  }
  await using restored = await startServer(other)
  await askAgain({ ...load, url: restored.url }, loaded.checks, before)
  const jobs = before.flatMap(({ call, answer }) => (call.key ? jobOf(answer) : []))
  await untilDone(await signIn(restored, load.account), [...jobs, jobId])

  async function backUp() {
    await using server = await startServer(desk)
    const running = startLoad(load)
    try {
      await told.until(ANSWERS_BEFORE)
      const call = await signIn(server, load.account)
      const jobId = await startImport(call, { file: join(out, 'subscribers.csv'), date })
      const before = [...told.read().acknowledged]
      const { last } = await orderAt(desk, 'backup', { file })
      expect(await last).toHaveProperty('result')
      await told.until(told.read().acknowledged.length + ANSWERS_MORE)
      running.kill('SIGTERM')
      await once(running, 'exit')
      return { before, jobId }
    } finally {
      running.kill('SIGKILL')
    }
  }
})

/** The system’s own ticket is made anew whenever a house is opened. */
const TICKETS = 'people.ticket'

/** The tables of a backup as its manifest tells of them, and as they are in it. */
async function contentOf(file: string) {
  const archive = extract()
  createReadStream(file).pipe(createGunzip()).pipe(archive)
  const texts = new Map<string, string>()
  for await (const entry of archive) texts.set(entry.header.name, await text(entry))
  const { tables } = Manifest.parse(JSON.parse(texts.get(MANIFEST) ?? 'null'))
  return { tables, texts: new Map(tables.map(({ table, path }) => [table, texts.get(path) ?? ''])) }
}

async function linesIn(
  { ledger }: OwnedHouse,
  table: Readonly<{ table: string; columns: readonly string[] }>,
) {
  const client = await ledger.owner.connect()
  const chunks: Buffer[] = []
  const target = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk)
      done()
    },
  })
  try {
    const rows = await copyTableOut(client, table, target)
    return { rows, text: Buffer.concat(chunks).toString('utf8') }
  } finally {
    client.release()
  }
}

/** Rows have no order: lines are hashed in theirs. */
const hashOf = (csv: string): string =>
  createHash('sha256').update(csv.split('\n').sort().join('\n')).digest('hex')

const jobOf = (answer: unknown): string[] => {
  const { jobId } = answer as { jobId?: string }
  return jobId ? [jobId] : []
}

/** What was ordered before the backup is done in the restored house, were it under way or not. */
async function untilDone(
  call: Awaited<ReturnType<typeof signIn>>,
  jobs: readonly string[],
): Promise<void> {
  for (const jobId of jobs) {
    const state = async () => (await call('GET', `/branches/${BRANCH}/jobs/${jobId}`)).body.state
    await expect.poll(state, { timeout: 60_000 }).toBe('done')
  }
}
