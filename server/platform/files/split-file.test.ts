import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { stage } from './stage.ts'
import { rejectsOf } from './staged-rows.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gridkeeper-halves-'))
})
afterAll(() => rm(folder, { recursive: true }))

let count = 0
/** Stages lines and asks DuckDB one question about what came out. */
async function asked(lines: readonly string[], question: string) {
  const path = join(folder, `${++count}.csv`)
  await writeFile(path, lines.join('\n'))
  const out = join(folder, `out-${count}`)
  const file = await stage({ path, out, signal: new AbortController().signal })
  const connection = await (await DuckDBInstance.create(':memory:')).connect()
  const answer = await connection.runAndReadAll(`select ${question} from ${file.relation}`)
  return { file, out, answer: answer.getRows()[0]?.map(String) }
}

const filler = '融合169套餐'.repeat(6)

describe('a file that is split in two halves at once', () => {
  test('has its rows numbered through, good and rejected', async () => {
    const lines = Array.from({ length: 400_000 }, (_, i) =>
      i % 1000 === 7 ? `${i}` : `${i},${filler},x`,
    )
    const question = 'count(*), min(row_no - c1::bigint), max(row_no - c1::bigint), count(c3)'
    const { file, out, answer } = await asked(['i,plan,x', ...lines], question)
    expect(file.parts, 'the file is large enough to be halved').toHaveLength(2)
    expect(answer).toEqual(['399600', '2', '2', '399600'])
    expect(file).toMatchObject({ rows: 400_000, rejectedBy: { 'row-too-short': 400 } })
    const rejects = await rejectsOf(file)
    expect(rejects.map(({ row }) => row)).toEqual(rejects.map(({ raw }) => Number(raw) + 2))
    expect(rejects).toHaveLength(400)
    expect((await readdir(out)).sort()).toEqual(['rejects.ndjson', 'staged-1.txt', 'staged-2.txt'])
  })

  test.each([0, 1])(
    'may have line breaks inside cells, whichever is in the middle (%i)',
    async (shift) => {
      const lines = Array.from(
        { length: 420_000 },
        (_, i) => `${i},"${filler}\n${filler.slice(1)}"`,
      )
      const title = shift === 0 ? [] : ['标题行'.repeat(25)]
      const question =
        'count(*), min(row_no - c1::bigint), max(row_no - c1::bigint), min(length(c2))'
      const { file, answer } = await asked([...title, 'i,plan', ...lines], question)
      const offset = String(2 + shift)
      expect(answer).toEqual(['420000', offset, offset, String(filler.length * 2)])
      expect(file.rejectedRows).toBe(0)
    },
  )
})
