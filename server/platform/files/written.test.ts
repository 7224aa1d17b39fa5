import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { atomicWrite } from './atomic.ts'
import { sha256OfFile } from './digest.ts'
import { type CsvCell, csvLine, writeCsv } from './write-csv.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gridkeeper-written-'))
})
afterAll(() => rm(folder, { recursive: true }))

describe('a line of CSV', () => {
  test.each([
    { cells: ['a', 1, null, ''], line: 'a,1,,', because: 'none and empty look alike' },
    { cells: ['a,b', 'c"d', 'e\nf'], line: '"a,b","c""d","e\nf"', because: 'these need quotes' },
    { cells: [' a', 'b '], line: '" a","b "', because: 'some readers trim' },
    { cells: [0.1, -2], line: '0.1,-2', because: 'numbers are bare' },
  ] satisfies { cells: CsvCell[]; line: string; because: string }[])(
    'is $line: $because',
    ({ cells, line }) => {
      expect(csvLine(cells)).toBe(`${line}\r\n`)
    },
  )

  test.each([
    { text: '=1+1', shown: "'=1+1" },
    { text: '+86', shown: '+86' },
    { text: '-12.5', shown: '-12.5' },
    { text: '-1+cmd', shown: "'-1+cmd" },
    { text: '@a', shown: "'@a" },
    { text: '＝1', shown: "'＝1" },
    { text: '张=1', shown: '张=1' },
  ])('shows $text as $shown where people open it', ({ text, shown }) => {
    expect(csvLine([text], { formulaSafe: true })).toBe(`${shown}\r\n`)
    expect(csvLine([text])).toBe(`${text}\r\n`)
  })
})

test('any texts written as CSV are read back by another program', async () => {
  const cell = fc.string({ unit: fc.constantFrom(...'a,"\r\n ;=网𠮷'), minLength: 1, maxLength: 6 })
  const connection = await (await DuckDBInstance.create(':memory:')).connect()
  const path = join(folder, 'any.csv')
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 20 }),
      async (rows) => {
        await writeCsv(path, ['a', 'b'], rows)
        const read = await connection.runAndReadAll(
          `select * from read_csv('${path}', header = true, delim = ',', quote = '"', escape = '"',
         auto_detect = false, columns = {a: 'VARCHAR', b: 'VARCHAR'})`,
        )
        expect(read.getRows()).toEqual(rows)
      },
    ),
    { numRuns: 60, seed: 5 },
  )
})

describe('a file written atomically', () => {
  test('replaces the old one in full', async () => {
    const path = join(folder, 'a.txt')
    await writeFile(path, 'a much longer old content')
    await atomicWrite(path, ['新', Buffer.from('内容')])
    expect(await readFile(path, 'utf8')).toBe('新内容')
  })

  test('leaves the old one and nothing else when its source fails', async () => {
    const home = await mkdtemp(join(folder, 'home-'))
    const path = join(home, 'a.txt')
    await writeFile(path, 'old')
    const failing = async function* () {
      yield 'half'
      throw new Error('the disk is full')
    }
    await expect(atomicWrite(path, failing())).rejects.toThrow('the disk is full')
    expect(await readFile(path, 'utf8')).toBe('old')
    expect(await readdir(home)).toEqual(['a.txt'])
  })
})

test('the digest of a file is that of its bytes', async () => {
  const bytes = Buffer.alloc(3_000_000, 'ab\x00c')
  await writeFile(join(folder, 'bytes'), bytes)
  const expected = createHash('sha256').update(bytes).digest('hex')
  expect(await sha256OfFile(join(folder, 'bytes'))).toBe(expected)
})
