import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { generateCounty, PLANTED } from './index.ts'

const TODAY = '2026-11-20'
const FILES = [
  ...['organisation.csv', 'places.csv', 'staff.csv', 'subscribers.csv', 'contacts.csv'],
  ...['competitors.csv', 'truth.json', 'resources.csv'],
]
let root = ''
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'gridkeeper-sample-'))
})
afterAll(() => rm(root, { recursive: true }))

let counties = 0
async function county({ households = 2_000, seed = 7, date = TODAY } = {}) {
  const out = join(root, String(counties++))
  const { files } = await generateCounty({ branchId: '370686', households, seed, date, out })
  return { out, files, rows: (name: string) => files.find((file) => file.name === name)?.rows }
}
const fingerprint = async ({ out }: { out: string }) =>
  Promise.all(
    FILES.map(async (name) =>
      createHash('sha256')
        .update(await readFile(join(out, name)))
        .digest('hex'),
    ),
  )

/** Reads CSV by the letter of RFC 4180; the product’s own reader stays out of its test data’s test. */
function parse(text: string): string[][] {
  const rows: string[][] = [[]]
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y
  while (cell.lastIndex < text.length) {
    const [, quoted, plain = '', end] = cell.exec(text) ?? expect.fail('no cell')
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain)
    if (end !== ',') rows.push([])
  }
  return rows.slice(0, -1)
}
type Row = Readonly<Record<string, string>>
const table = ([header = [], ...rows]: string[][]): Row[] =>
  rows.map((row) => Object.fromEntries(header.map((name, at) => [name, row[at] ?? ''])))
const utf8 = async ({ out }: { out: string }, name: string) => {
  const bytes = await readFile(join(out, name))
  expect(bytes.subarray(0, 3).toString('hex'), 'a byte order mark').toBe('efbbbf')
  return table(parse(bytes.subarray(3).toString('utf8')))
}

/** What an import makes of the extract by the rules of the file: last valid row of a key wins. */
async function extract({ out }: { out: string }) {
  const text = new TextDecoder('gb18030').decode(await readFile(join(out, 'subscribers.csv')))
  const lines = parse(text)
  const header = lines[PLANTED.titleLines] ?? []
  const key = header.indexOf('用户编号')
  const rows = lines.slice(PLANTED.titleLines + 1)
  const valid = rows.filter(
    (row) => row.length === header.length && row[key] !== '' && !row.join().includes('\ufffd'),
  )
  const accepted = new Map(valid.map((row) => [row[key] ?? '', row]))
  const subscribers = new Map(
    [...accepted].map(([id, row]) => [id, table([header, row])[0] ?? expect.fail(id)]),
  )
  return {
    header,
    rows: rows.length,
    rejected: rows.length - valid.length,
    duplicates: valid.length - accepted.size,
    subscribers,
  }
}

test('the same options give the same bytes, and another seed another county', async () => {
  const [once, again, other] = await Promise.all([county(), county(), county({ seed: 8 })])
  expect(await fingerprint(again)).toEqual(await fingerprint(once))
  const [same, different] = [await fingerprint(once), await fingerprint(other)]
  expect(different[FILES.indexOf('subscribers.csv')]).not.toBe(
    same[FILES.indexOf('subscribers.csv')],
  )
  expect((await readdir(once.out)).toSorted()).toEqual(FILES.toSorted())
})

test('the extract looks like one of a BSS, with the planted faults and no others', async () => {
  const made = await county()
  const read = await extract(made)
  expect(read.header).toHaveLength(60)
  expect(new Set(read.header).size).toBe(60)
  expect(read.rows).toBe(made.rows('subscribers.csv'))
  expect(read.rejected).toBe(PLANTED.rejectedRows)
  expect(read.duplicates).toBe(PLANTED.duplicates)
  for (const row of read.subscribers.values()) {
    expect(row.主套餐名称).not.toBe(PLANTED.stalePlan)
    expect(row.数据日期).toBe('20261120')
  }
  const [phone, joined, fee] = Object.values(PLANTED.warned).map((id) =>
    read.subscribers.get(`686${id}`),
  )
  expect(phone?.联系电话).toBe('1.04E+10')
  expect(joined?.入网时间).toMatch(/^1900/)
  expect(fee?.['套餐月费(分)']).toBe('-9800')
})

test('twin money columns agree, and every number rings nobody', async () => {
  const { subscribers } = await extract(await county())
  for (const row of subscribers.values()) {
    expect(Number(row['套餐月费(元）']) * 100).toBeCloseTo(Number(row['套餐月费(分)']))
    expect(Number(row['欠费金额（元)']) * 100).toBeCloseTo(Number(row['欠费金额 (分)']))
    if (!row.联系电话?.includes('E')) expect(row.联系电话).toMatch(/^('?104\d{8})?$/)
    expect(row.服务号码).toMatch(/^(104|853[67])\d+$/)
    expect(row.客户名称).toMatch(/^.某/)
  }
})

test('a day later the same county stands there, with about one subscriber in 200 changed', async () => {
  const [today, tomorrow] = await Promise.all([
    county({ households: 10_000 }),
    county({ households: 10_000, date: '2026-11-21' }),
  ])
  const [before, after] = [await extract(today), await extract(tomorrow)]
  const without = ({ 数据日期, ...row }: Row) => JSON.stringify(row)
  const kept = [...before.subscribers].filter(([id]) => after.subscribers.has(id))
  const changed = kept.filter(
    ([id, row]) => without(row) !== without(after.subscribers.get(id) ?? {}),
  )
  const share = (count: number) => count / before.subscribers.size
  expect(share(changed.length)).toBeGreaterThan(0.002)
  expect(share(changed.length)).toBeLessThan(0.01)
  const [gone, appeared] = [
    before.subscribers.size - kept.length,
    after.subscribers.size - kept.length,
  ]
  expect(gone).toBeGreaterThan(0)
  expect(appeared).toBeGreaterThan(0)
  expect(share(gone + appeared)).toBeLessThan(0.003)
  for (const name of ['organisation.csv', 'places.csv', 'staff.csv'])
    expect(await readFile(join(tomorrow.out, name))).toEqual(await readFile(join(today.out, name)))
})

test('what was said once stays said: contacts are added by the day, and none is changed', async () => {
  const [today, tomorrow] = await Promise.all([county(), county({ date: '2026-11-21' })])
  const before = new Map((await utf8(today, 'contacts.csv')).map((row) => [row.contact_id, row]))
  const after = await utf8(tomorrow, 'contacts.csv')
  const fresh = after.filter((row) => !before.has(row.contact_id))
  for (const row of after)
    if (before.has(row.contact_id)) expect(before.get(row.contact_id)).toEqual(row)
  expect(fresh.length).toBeGreaterThan(0)
  for (const row of fresh) expect(row.at).toMatch(/^2026-11-21T/)
})

test('contacts name subscribers and staff that exist, and only a refusal has a scope', async () => {
  const made = await county()
  const [{ subscribers }, staff] = [await extract(made), await utf8(made, 'staff.csv')]
  const known = new Set(staff.map((row) => row.staff_id))
  const contacts = await utf8(made, 'contacts.csv')
  for (const row of contacts) {
    expect(subscribers.has(row.subscriber_id ?? '')).toBe(true)
    const machine = row.channel === 'sms' || row.channel === 'wecom' || row.channel === 'online'
    expect(machine ? row.staff_id === '' : known.has(row.staff_id)).toBe(true)
    expect(row.scope !== '').toBe(row.result === 'refused')
    expect((row.at ?? '') < `${TODAY}T24`).toBe(true)
  }
  const refusedAt = contacts.filter((row) => row.result === 'refused').map((row) => row.at ?? '')
  expect(
    refusedAt.some((at) => at > '2026-08-21'),
    'some refusals stand',
  ).toBe(true)
  expect(
    refusedAt.some((at) => at < '2026-08-20'),
    'some have just run out',
  ).toBe(true)
})

test('every subscriber lives in a place and a grid of the branch, and truth knows each', async () => {
  const made = await county()
  const { subscribers } = await extract(made)
  const gridOf = new Map(
    (await utf8(made, 'places.csv')).map((row) => [row.division_code, row.grid_id]),
  )
  for (const row of subscribers.values()) {
    const grid = gridOf.get(row.村居编码 ?? '')
    expect(grid).toMatch(/^370686-H\d\d-G\d+$/)
    expect(['', grid]).toContain(row.网格)
  }
  const truth = JSON.parse(await readFile(join(made.out, 'truth.json'), 'utf8'))
  const ids = new Set(
    truth.subscribers.map((each: { subscriber_id: string }) => each.subscriber_id),
  )
  const planted = new Set(Object.values(PLANTED.warned).map((id) => `686${id}`))
  expect(ids.size).toBe(truth.subscribers.length)
  expect(ids).toEqual(new Set([...subscribers.keys()].filter((id) => !planted.has(id))))
})

test('a county is as busy as a real one: contracts that end, that lapsed, subscribers who sleep', async () => {
  const { subscribers } = await extract(await county({ households: 8_000 }))
  const rows = [...subscribers.values()]
  const share = (count: number, of = rows.length) => count / of
  const within = (from: string, until: string) =>
    rows.filter(({ 用户状态: status, 合约失效时间: end = '' }) => {
      const day = end.slice(0, 8)
      return status !== '销号' && day !== '' && day >= from && day < until
    }).length
  expect(rows.length / 8_000).toBeCloseTo(1.75, 1)
  expect(share(within('20261120', '20261221'))).toBeGreaterThan(0.055)
  expect(share(within('20261120', '20261221'))).toBeLessThan(0.085)
  expect(share(within('00000000', '20261120'))).toBeGreaterThan(0.045)
  expect(share(within('00000000', '20261120'))).toBeLessThan(0.075)
  const watching = rows.filter((row) => row.用户状态 === '正常' && row.最近收视时间 !== '')
  const dormant = watching.filter((row) => (row.最近收视时间 ?? '') < '20260822')
  expect(share(dormant.length, watching.length)).toBeGreaterThan(0.03)
  expect(share(dormant.length, watching.length)).toBeLessThan(0.07)
  for (const status of ['正常', '欠费停机', '主动暂停', '待开通', '销号'])
    expect(
      rows.some((row) => row.用户状态 === status),
      status,
    ).toBe(true)
  expect(rows.some((row) => row.已申请携出 === 'Y')).toBe(true)
  expect(rows.some((row) => row.终端型号?.startsWith('标清'))).toBe(true)
})

test.each([
  { change: { branchId: '110101' }, code: 'unknown-branch', because: 'no places stand there' },
  { change: { branchId: '../../x' }, code: 'unknown-branch', because: 'a path is no branch' },
  { change: { households: 99 }, code: 'sample-households', because: 'a hundred is the least' },
  {
    change: { households: 1e7 + 1 },
    code: 'sample-households',
    because: 'ten million is the most',
  },
  { change: { households: 1000.5 }, code: 'sample-households', because: 'half of one is none' },
  { change: { seed: -1 }, code: 'sample-seed', because: 'seeds begin at nought' },
  { change: { date: '2026-02-30' }, code: 'sample-date', because: 'February has no 30th' },
  { change: { date: '2019-12-31' }, code: 'sample-date', because: 'lives are told from 2020 on' },
])('$change is refused: $because', async ({ change, code }) => {
  const out = join(root, 'refused')
  const asked = { branchId: '370686', households: 100, seed: 7, date: TODAY, out, ...change }
  await expect(generateCounty(asked)).rejects.toMatchObject({ kind: 'invalid', code })
  expect(await readdir(root)).not.toContain('refused')
})

test('the smallest county has all of it, and progress ends with the last household', async () => {
  const out = join(root, 'smallest')
  const seen: number[] = []
  const { files } = await generateCounty({
    ...{ branchId: '370686', households: 100, seed: 1, date: '2020-01-01', out },
    progress: (done) => seen.push(done),
  })
  expect(files.map((file) => file.name).toSorted()).toEqual(FILES.toSorted())
  expect(seen.at(-1)).toBe(100)
  const read = await extract({ out })
  expect([read.rejected, read.duplicates]).toEqual([PLANTED.rejectedRows, PLANTED.duplicates])
})
