import { globSync, readFileSync } from 'node:fs'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openKeys } from '#platform/keys.ts'
import { type Progress, unwatched } from '#platform/works.ts'
import { calledBy, readCard, readCards, sealSnapshots } from '#subscribers'
import { COMMANDS } from './commands/index.ts'
import { keysInUse, rotateKeys, sealAgain } from './key-rotation.ts'
import { openBranch } from './test/branch.ts'
import { cardsOf, deliver } from './test/extract.ts'

const branch = await openBranch('2026-11-21T01:00Z')
afterAll(() => branch.close())
const { branchId, works } = branch
const rows = Array.from({ length: 21 }, (_, at) => ({
  ...{
    用户编号: `A${at + 10}`,
    用户状态: '正常',
    客户名称: `王某${'一二三四五六七'.charAt(at % 7)}`,
  },
  ...{ 联系电话: `100001234${at + 10}`, 身份证号: '11010119900307293X', 宽带到期时间: '20261225' },
}))
await deliver(branch, rows.slice(1), { date: '2026-11-18' })
await deliver(branch, rows.slice(1), { date: '2026-11-19' })
await deliver(branch, rows)

const files = () => globSync('subscribers/**/*.parquet', { cwd: works.folder.lake }).sort()
const called = async () => {
  const ids = rows.map((row) => row.用户编号)
  const cards = await branch.unit(branch.system, (unit) => readCards(unit, branchId, ids))
  return [...cards.values()].map((card) => calledBy(works.keys, card))
}
const portrait = async (id: string) => {
  const who = await branch.hire({ roles: ['branch_manager'] })
  return (await branch.get(`/branches/${branchId}/subscribers/${id}`, who)).body
}
const found = async (search: string) => {
  const who = await branch.hire({ roles: ['branch_manager'] })
  const { body } = await branch.get(
    `/branches/${branchId}/subscribers?search=${encodeURIComponent(search)}`,
    who,
  )
  return (body as { rows: { subscriberId: string }[] }).rows.map((each) => each.subscriberId)
}
const WANTED = rows.map((row) => ({ name: row.客户名称, phone: row.联系电话 }))

test('a new key seals everything anew, and people see what they saw before', async () => {
  const [cards, seen, key] = [await cardsOf(branch), await portrait('A20'), works.keys.id]
  const factors = works.keys.sealerFor('people.second_factor')
  const who = await branch.hire({ roles: ['branch_manager'] })
  await branch.sql(`insert into people.second_factor (staff_id, sealed, begun_at)
    values ('${who.id}', '${factors.seal('JBSWY3DPEHPK3PXP', who.id)}', now())`)

  const done = await rotateKeys(works, unwatched)

  expect(done).toEqual({ key: works.keys.id, texts: 1, snapshots: 3, photos: 0, left: [] })
  expect(works.keys.id).not.toBe(key)
  expect(await called()).toEqual(WANTED)
  expect(await cardsOf(branch)).not.toBe(cards)
  expect(await portrait('A20')).toMatchObject({
    subscriber: (seen as { subscriber: object }).subscriber,
  })
  expect(await found('王某一')).toContain('A10')
  expect(await found('3410'), 'by its last four digits').toEqual(['A10'])
  expect(await found('10000123410'), 'whole').toEqual(['A10'])
  for (const file of files())
    expect(readFileSync(join(works.folder.lake, file)).includes(Buffer.from(key, 'hex'))).toBe(
      false,
    )
  expect(await keysInUse(works)).toEqual([
    { id: key, held: true, sealsNow: false, snapshots: 0 },
    { id: works.keys.id, held: true, sealsNow: true, snapshots: 3 },
  ])
  const [row] = await branch.sql(
    `select sealed from people.second_factor where staff_id = '${who.id}'`,
  )
  expect(works.keys.sealerFor('people.second_factor').open(String(row?.sealed), who.id)).toBe(
    'JBSWY3DPEHPK3PXP',
  )
  const [told] = await branch.sql(
    `select body::json -> 'values' as values from platform.audit_entry where action = 'keys.rotated'`,
  )
  expect(told).toEqual({ values: { before: key, after: works.keys.id } })
})

test('the night after takes the cells over, and changes only who changed', async () => {
  const next = rows.map((row) =>
    row.用户编号 === 'A15' ? { ...row, 联系电话: '10000777777' } : row,
  )
  const { snapshot } = await deliver(branch, next, { date: '2026-11-21' })
  const [difference] = await branch.sql(
    `select appeared, gone, changed from subscribers.difference where after_snapshot = '${snapshot}'`,
  )
  expect(difference).toMatchObject({ appeared: 0, gone: 0, changed: 1 })
  const columns = await branch.sql(
    `select column_id as id from subscribers.difference_column join subscribers.difference using (branch_id, import_id)
      where after_snapshot = '${snapshot}'`,
  )
  expect(columns).toEqual([{ id: 'identity' }])
})

test('what was cut short goes on: the key is there, some snapshots are sealed by it and others not', async () => {
  const stop = new AbortController()
  await works.keys.add()
  const tell = ({ done }: Progress) => {
    if (done === 2) stop.abort(new Error('cut short'))
  }
  const seals = sealSnapshots(works, { signal: stop.signal, tell })
  await expect(seals).rejects.toThrow('cut short')
  const [some, others] = (await keysInUse(works)).slice(-2)
  expect([some?.snapshots, others?.snapshots]).toEqual([2, 2])
  expect((await called()).slice(0, 3)).toEqual(WANTED.slice(0, 3))
  expect(await sealAgain(works, unwatched)).toMatchObject({ snapshots: 2 })
  expect((await called()).slice(0, 3)).toEqual(WANTED.slice(0, 3))
})

test('both keys are in the file, and a start with the first alone says which one is missing', async () => {
  const lines = (await readFile(works.keys.file, 'utf8')).trim().split('\n')
  expect(lines).toHaveLength(works.keys.ids.length)
  const first = join(works.folder.root, 'first.key')
  await writeFile(first, `${lines[0]}\n`, { mode: 0o600 })
  const keys = await openKeys(first)
  const card = await branch.unit(branch.system, (unit) => readCard(unit, branchId, 'A10'))
  expect(() => calledBy(keys, card as never)).toThrow(works.keys.id)
  expect(await keysInUse({ ...works, keys })).toContainEqual(
    expect.objectContaining({ id: works.keys.id, held: false, snapshots: 4 }),
  )
  await rm(first)
  const found = (await COMMANDS.doctor.perform(
    { ...branch.house, works: { ...works, keys } },
    {},
    unwatched,
  )) as { problems: { en: string }[] }
  expect(found.problems.map(({ en }) => en).join()).toContain(works.keys.id)
})
