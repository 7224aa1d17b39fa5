import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CANONICAL_COLUMNS } from '#subscribers'
import { BAD_FILES } from './bad-files.ts'
import { type Answer, type Desk, openDesk } from './command-line.ts'
import { giveAccount, type Served, signIn, startServer } from './served.ts'

const BRANCH = '370686'
const DATES = ['--branch', BRANCH, '--date', '2026-11-20']
const MINUTES = { timeout: 300_000 }

let desk: Desk
let server: Served
let call: Awaited<ReturnType<typeof signIn>>

/** One server takes all of it, so whatever brings it down fails all that comes after. */
beforeAll(async () => {
  desk = await openDesk()
  await desk.done(
    ...['generate', '--branch', BRANCH, '--households', '100', '--seed', '3'],
    ...['--date', '2026-11-20', '--out', '.'],
  )
  for (const kind of ['organisation', 'places', 'staff'])
    await desk.done('import', `${kind}.csv`, '--kind', kind, ...DATES)
  const account = await giveAccount(desk, BRANCH, 'branch_manager')
  server = await startServer({ ...desk, env: { ...desk.env, GRIDKEEPER_UPLOAD_LIMIT_MB: '1' } })
  call = await signIn(server, account)
}, 300_000)
afterAll(async () => {
  await server[Symbol.asyncDispose]()
  await desk[Symbol.asyncDispose]()
})

/** All that an import could have left: what is recorded, and every file of the lake. */
async function stored() {
  const { body: imports } = await call('GET', `/branches/${BRANCH}/imports`)
  const { body: subscribers } = await call('GET', `/branches/${BRANCH}/subscribers`)
  const files = await readdir(join(desk.folder, 'data/lake'), { recursive: true })
  const scratch = await readdir(join(desk.folder, 'data/tmp'))
  return {
    imports: imports.rows,
    subscribers: subscribers.rows,
    files: files.filter((name) => !name.includes('spill')).sort(),
    scratch: scratch.filter((name) => name.startsWith('import-')),
  }
}

/** The refusal with the name of the file and all of `names` in both of its sentences. */
function expectRefusal({ code, json }: Answer, refused: string, names: readonly string[]) {
  expect({ code, refused: json.refused }).toEqual({ code: 1, refused })
  const text = json.text as Record<'zh' | 'en', string>
  for (const sentence of [text.zh, text.en]) {
    for (const name of names) expect(sentence).toContain(name)
    expect(sentence, 'no hole of the sentence is left').not.toMatch(/\{\w+\}/)
    expect(sentence, 'nothing of this machine is told').not.toContain(desk.folder)
  }
  expect(text.zh).toMatch(/\p{Script=Han}/u)
  expect(text.en).toMatch(/[;.,:] ?\w+.*\.$/) // what is wrong, and what to do
}

test.each(BAD_FILES)('a file is refused where $because', MINUTES, async (bad) => {
  const before = await stored()
  await writeFile(join(desk.folder, bad.name), await bad.content())
  const profile = bad.profile === undefined ? [] : ['--profile', 'profile.yaml']
  await writeFile(join(desk.folder, 'profile.yaml'), bad.profile ?? '')
  const answer = await desk.run(
    ...['import', bad.name, '--kind', bad.kind ?? 'subscribers', ...DATES, ...profile],
  )
  expectRefusal(answer, bad.code, [bad.name, ...(bad.names ?? [])])
  expect(await stored()).toEqual(before)
})

test('a file that is not there is refused', MINUTES, async () => {
  const answer = await desk.run('import', '没有.csv', '--kind', 'subscribers', ...DATES)
  expectRefusal(answer, 'file-missing', ['没有.csv'])
})

test('a plan is refused while no extract is there', MINUTES, async () => {
  const answer = await desk.run('plan', '--branch', BRANCH, '--date', '2026-11-21')
  expectRefusal(answer, 'no-snapshot', [])
})

test(
  'a campaign that asks for an unknown field is refused, and where it does',
  MINUTES,
  async () => {
    const { body: saved } = await call('GET', `/branches/${BRANCH}/campaigns/renewal-due`)
    const yaml = String(saved.yaml).replace('field: contract_end', 'field: contract_and')
    for (const language of ['zh', 'en']) {
      const { status, body } = await call(
        'PUT',
        `/branches/${BRANCH}/campaigns/renewal-due`,
        { yaml },
        language,
      )
      expect({ status, code: body.code }).toEqual({ status: 422, code: 'field-unknown' })
      expect(body.detail).toContain('contract_and')
      expect(body.detail, 'a name that was perhaps meant').toContain('contract_end')
    }
    const { body: after } = await call('GET', `/branches/${BRANCH}/campaigns/renewal-due`)
    expect(after.version).toBe(saved.version)
  },
)

test('lists in a language that nobody wrote are wrong usage', MINUTES, async () => {
  const order = ['plan', '--branch', BRANCH, '--date', '2026-11-21', '--lang', 'fr']
  const { code, stderr } = await desk.run(...order)
  expect(code).toBe(2)
  expect(stderr).toContain('--lang')
})

test('an upload above the limit is refused', MINUTES, async () => {
  const form = new FormData()
  form.set('file', new Blob([Buffer.alloc(2_000_000, 'a')]), '太大.csv')
  const { status, body } = await call('POST', `/branches/${BRANCH}/uploads`, form)
  expect({ status, code: body.code }).toEqual({ status: 413, code: 'upload-too-large' })
})

const BAD_VALUES = [
  '用户编号,用户状态,入网时间,套餐月费(元),联系电话,村居编码',
  'A1,正常,2020-01-01,98.00,10400000001,370686001001',
  'A2,正常,1900-01-01,98.00,10400000002,370686001001',
  'A3,正常,2020-01-01,-98.00,10400000003,370686001001',
  `A4,正常,2020-01-01,98.00,${'1'.repeat(40)},370686001001`,
  'A5,正常,2020-01-01,98.00,10400000005,370686999999',
  'A6,飞走了,2020-01-01,98.00,10400000006,370686001001',
  ',正常,2020-01-01,98.00,10400000007,370686001001',
  'A8,正常,2020-01-01',
].join('\n')

test(
  'unreadable values are not believed, and rows without a key or an end stay outside',
  MINUTES,
  async () => {
    await writeFile(join(desk.folder, '坏值.csv'), BAD_VALUES)
    const report = await desk.done('import', '坏值.csv', '--kind', 'subscribers', ...DATES)
    expect(report).toMatchObject({ rows: 8, accepted: 5, rejected: 3, duplicates: 0 })
    const warnings = report.warnings as { text: Record<'zh' | 'en', string> }[]
    const told = (language: 'zh' | 'en') => warnings.map(({ text }) => text[language]).join('\n')
    for (const [id, row] of [
      ['activation_time', '3'],
      ['plan_monthly_fee', '4'],
      ['contact_phone', '5'],
    ] as const) {
      const label = CANONICAL_COLUMNS.find((each) => each.id === id)?.label
      expect(told('zh')).toMatch(new RegExp(`“${label?.zh}”.*第 ${row} 行`))
      expect(told('en')).toMatch(new RegExp(`“${label?.en}”.*row ${row}`))
    }
    expect(told('zh'), 'the village that is in no tree').toContain('A5')
    const rejects = await desk.run('import', '坏值.csv', '--kind', 'subscribers', ...DATES)
    expect(rejects.json).toMatchObject({ changed: false, rejected: 3 })
  },
)

test(
  'an extract that shrank by more than a fifth is refused until somebody says why',
  MINUTES,
  async () => {
    const before = await stored()
    await writeFile(join(desk.folder, '缩水.csv'), BAD_VALUES.split('\n').slice(0, 5).join('\n'))
    const dates = ['--branch', BRANCH, '--date', '2026-11-21']
    const order = ['import', '缩水.csv', '--kind', 'subscribers', ...dates]
    expectRefusal(await desk.run(...order), 'row-count-moved', ['缩水.csv', '8', '4'])
    expect(await stored()).toEqual(before)
    const forced = await desk.done(...order, '--force', '拆分到邻县')
    expect(forced).toMatchObject({ accepted: 4, changed: true })
  },
)

test('after all of this the server still serves', MINUTES, async () => {
  const health = await fetch(new URL('/readyz', server.url))
  expect(health.status).toBe(200)
  expect((await call('GET', '/session')).status).toBe(200)
})
