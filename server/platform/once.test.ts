import { afterAll, expect, test } from 'vitest'
import { openBranch } from '../test/branch.ts'
import { once } from './once.ts'

const branch = await openBranch('2026-11-20T00:00Z')
afterAll(() => branch.close())
const clerk = await branch.hire({ roles: ['hall_clerk'] })
const other = await branch.hire({ roles: ['hall_clerk'] })

let done = 0
const send = (key: string, content: unknown, who = clerk, secret = false) =>
  branch.unit(who, (unit) =>
    once(unit, { operation: 'tryOut', key, content, secret }, async () => {
      done += 1
      return { nth: done }
    }),
  )

test('a repeat gets the first answer, and nothing is done again', async () => {
  const first = await send('k1', { a: 1, b: { c: [2], d: 3 } })
  const again = await send('k1', { b: { d: 3, c: [2] }, a: 1 })
  expect([first, again, done]).toEqual([
    { answer: { nth: 1 }, repeated: false },
    { answer: { nth: 1 }, repeated: true },
    1,
  ])
})

test('the same key with other content is refused', async () => {
  await expect(send('k1', { a: 2 })).rejects.toMatchObject({ code: 'key-reused' })
})

test('a key is one person’s own', async () => {
  expect(await send('k1', { a: 2 }, other)).toMatchObject({ repeated: false })
})

test('twenty at once are one', async () => {
  const before = done
  const answers = await Promise.all(Array.from({ length: 20 }, () => send('k2', { a: 1 })))
  expect(done).toBe(before + 1)
  expect(new Set(answers.map(({ answer }) => answer.nth)).size).toBe(1)
  expect(answers.filter(({ repeated }) => !repeated)).toHaveLength(1)
})

test('what was undone may be tried again under the same key', async () => {
  const failing = branch.unit(clerk, (unit) =>
    once(unit, { operation: 'tryOut', key: 'k3', content: 1, secret: false }, async () => {
      throw new Error('the disk is full')
    }),
  )
  await expect(failing).rejects.toThrow('the disk is full')
  expect(await send('k3', 1)).toMatchObject({ repeated: false })
})

test('of what holds a secret neither content nor answer is kept', async () => {
  await send('k4', { password: 'very secret' }, clerk, true)
  await expect(send('k4', { password: 'very secret' }, clerk, true)).rejects.toMatchObject({
    code: 'done-before',
  })
  const [kept] = await branch.sql(
    `select content_sha256, answer from platform.command where key = 'k4'`,
  )
  expect(kept).toEqual({ content_sha256: '', answer: null })
})
