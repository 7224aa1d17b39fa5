import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openLake } from './duckdb/lake.ts'
import { openKeys } from './keys.ts'
import { aboutAndText, openCell, sealCell, tokenOf, tokenParams, tokenSql } from './sealed-cells.ts'

const folder = await mkdtemp(join(tmpdir(), 'gridkeeper-cells-'))
const keys = (await openKeys(join(folder, 'one.key'))).cellKeysFor('test')
const others = (await openKeys(join(folder, 'two.key'))).cellKeysFor('test')

test('what was sealed opens for the same owner, under the same key, as it was', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string(), (text, about) => {
      expect(openCell(keys, sealCell(keys, text, about), about)).toBe(text)
    }),
  )
})

test('the same text of the same owner looks the same, of another owner or under another key it does not', () => {
  const seal = (about: string, by = keys) => sealCell(by, '王某三', about).toString('hex')
  expect(seal('a')).toBe(seal('a'))
  expect(seal('a')).not.toBe(seal('b'))
  expect(seal('a')).not.toBe(seal('a', others))
  expect(Buffer.from(seal('a'), 'hex').includes('王某三')).toBe(false)
})

test('what was altered in any byte, or belongs to somebody else, is refused', () => {
  const sealed = sealCell(keys, '王某三', 'a')
  for (const at of sealed.keys()) {
    const altered = Buffer.from(sealed)
    altered[at] = (altered[at] ?? 0) ^ 1
    const code = at >= 1 && at <= 4 ? 'cell-key-missing' : 'cell-damaged'
    expect(() => openCell(keys, altered, 'a'), `byte ${at}`).toThrow(code)
  }
  expect(() => openCell(keys, sealed, 'b')).toThrow('cell-damaged')
  expect(() => openCell(keys, sealed.subarray(0, 20), 'a')).toThrow('cell-damaged')
  expect(() => openCell(others, sealed, 'a')).toThrow('cell-key-missing')
})

test('a statement works out the same tokens', async () => {
  await using lake = await openLake({ folder, allowed: [], threads: 1, memoryMb: 256 })
  await using session = await lake.session()
  for (const text of ['', '13800001234', '王某三', aboutAndText('370001', '𠮷野 é'), "'"]) {
    const sql = `select ${tokenSql('$text')} as token`
    const [row] = await session.rows(sql, { ...tokenParams(keys), text })
    expect(row?.token, text).toBe(tokenOf(keys, text))
  }
})
