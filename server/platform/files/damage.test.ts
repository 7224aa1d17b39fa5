import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Refusal } from '#platform/refusal.ts'
import { readHere, samplesIn } from '../../test/read-here.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gridkeeper-damage-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** A generator of numbers below a bound that gives the same ones for the same seed. */
function dice(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

function damaged(content: Buffer, seed: number): Buffer {
  const roll = dice(seed)
  const bytes = Buffer.from(content)
  if (seed % 3 === 0) return bytes.subarray(0, roll(bytes.length))
  for (let n = roll(8); n >= 0; n--) bytes[roll(bytes.length)] = roll(256)
  if (seed % 3 === 1) return bytes
  const [from, to] = [roll(bytes.length), roll(bytes.length)]
  return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)])
}

test.each([
  ['csv', 300],
  ['CSV in gzip', 300],
  ['workbook', 300],
  ['Parquet', 150],
])(
  'a damaged %s is read or refused, whatever happened to it',
  async (kind, cases) => {
    const sound = (await samplesIn(folder))[kind] ?? Buffer.alloc(0)
    const path = join(folder, 'damaged')
    let felt = 0
    for (let seed = 1; seed <= cases; seed++) {
      await writeFile(path, damaged(sound, seed))
      felt += await readHere(path, folder).catch((error: unknown) => {
        if (error instanceof Refusal) return 1
        throw new Error(`seed ${seed} of ${kind}`, { cause: error })
      })
    }
    expect(felt, 'the damage is felt').toBeGreaterThan(cases / 10)
  },
  120_000,
)
