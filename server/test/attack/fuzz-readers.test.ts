import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ImportKind } from '#contract/imports.ts'
import { Refusal } from '#platform/refusal.ts'
import { type Branch, openBranch } from '../branch.ts'
import { deliver } from '../extract.ts'
import { readHere, samplesIn } from '../read-here.ts'
import { countsOf } from './fuzz-runs.ts'
import { junkText } from './junk.ts'

let folder: string
let samples: Record<string, Buffer>
let branch: Branch
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gridkeeper-fuzz-'))
  samples = await samplesIn(folder)
  branch = await openBranch('2026-11-20T01:00Z')
}, 120_000)
afterAll(async () => {
  await branch.close()
  await rm(folder, { recursive: true, force: true })
})

const counts = countsOf({ short: 120, full: 4_000 })

/** Read, or refused in words; nothing else, and in time. */
async function readOrRefused(content: Uint8Array): Promise<void> {
  const path = join(folder, 'delivered')
  await writeFile(path, content)
  const read = () => counts.tried(() => readHere(path, folder))
  await read().catch((error: unknown) => {
    if (!(error instanceof Refusal)) throw error
  })
}

/** How files of each kind begin: what follows may be anything. */
const HEADS = [
  ...['', 'PK\x03\x04', '\x1f\x8b\x08\x00', 'PAR1', '\xff\xfe', '\xfe\xff', '\xef\xbb\xbf'],
  ...['\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', '%PDF-1.4', '<html>', '{"a":', 'a,b\n1,2\n', '"'],
].map((head) => Buffer.from(head, 'latin1'))

test('bytes that nobody wrote are read or refused', { timeout: counts.timeout }, async () => {
  const files = fc
    .tuple(fc.constantFrom(...HEADS), fc.uint8Array({ maxLength: 2000 }))
    .map(([head, rest]) => Buffer.concat([head, rest]))
  await fc.assert(fc.asyncProperty(files, readOrRefused), counts.of(2))
})

test.each(['csv', 'CSV in gzip', 'workbook', 'Parquet'])(
  'a %s is read or refused, whatever was cut, doubled or overwritten in it',
  async (kind) => {
    const sound = samples[kind] ?? Buffer.alloc(0)
    const place = fc.nat(sound.length - 1)
    const change = fc.oneof(
      fc.record({ at: place, put: fc.uint8Array({ minLength: 1, maxLength: 12 }) }),
      fc.record({ at: place, cut: fc.nat(400) }),
      fc.record({ at: place, repeat: fc.nat(400) }),
    )
    const files = fc.array(change, { minLength: 1, maxLength: 5 }).map((changes) =>
      changes.reduce<Buffer>((bytes, { at, ...what }) => {
        const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)]
        if ('put' in what) return Buffer.concat([before, what.put, after.subarray(what.put.length)])
        if ('cut' in what) return Buffer.concat([before, after.subarray(what.cut)])
        return Buffer.concat([before, after.subarray(0, what.repeat), after])
      }, Buffer.from(sound)),
    )
    await fc.assert(fc.asyncProperty(files, readOrRefused), counts.of(1))
  },
  counts.timeout,
)

const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`
const SOUND: Readonly<Record<ImportKind, Readonly<Record<string, string>>>> = {
  organisation: {
    unit_id: '370686-Z1',
    parent_id: '370686',
    kind: 'zone',
    name: '一',
    valid_from: '2026-01-01',
  },
  places: { division_code: '370686001', name: '街道', kind: 'town', grid_id: '370686-H01-G1' },
  staff: {
    staff_id: 'W1',
    name: '王某',
    roles: 'installer',
    unit_id: '370686-H01',
    capacity_door: '9',
    days: '12345',
  },
  subscribers: {
    用户编号: 'A1',
    用户状态: '正常',
    客户名称: '王某',
    联系电话: '13800000000',
    套餐月费: '98',
    合约失效时间: '20261231',
    网格: '370686-H01-G1',
  },
  contacts: {
    contact_id: 'C1',
    subscriber_id: 'A1',
    at: '2026-09-01T10:00:00+08:00',
    channel: 'call_out',
    direction: 'out',
    purpose: 'marketing',
    result: 'done',
  },
  competitors: {
    address: '桃村镇1号',
    operator: '移动',
    monthly_fee: '59',
    expires_on: '2026-12-31',
    seen_at: '2026-11-01',
  },
  resources: {
    division_code: '370686001',
    access_type: 'FTTH',
    two_way: 'true',
    ports_total: '8',
    ports_free: '2',
    as_of: '2026-11-19',
  },
}

test.each(ImportKind.options)(
  'cells of %s that nobody should write are accepted, rejected or refused',
  async (kind) => {
    const sound = SOUND[kind]
    const names = Object.keys(sound)
    const rows = fc.array(
      fc
        .tuple(fc.constantFrom(...names), junkText)
        .map(([name, cell]) => ({ ...sound, [name]: cell })),
      { minLength: 1, maxLength: 30 },
    )
    const file = fc.tuple(rows, fc.boolean()).map(([cells, isPacked]) => {
      const lines = cells.map((row) => names.map((name) => quoted(row[name] ?? '')).join(','))
      const text = Buffer.from([names.join(','), ...lines, ''].join('\n'))
      return isPacked ? gzipSync(text) : text
    })
    await fc.assert(
      fc.asyncProperty(file, async (content) => {
        await counts
          .tried(() => deliver(branch, content, { kind, dryRun: true }))
          .then(
            ({ rows: all, accepted, rejected, duplicates }) =>
              expect(accepted + rejected + duplicates).toBe(all),
            (error: unknown) => {
              if (!(error instanceof Refusal)) throw error
            },
          )
      }),
      counts.of(0.05),
    )
  },
  counts.timeout,
)
