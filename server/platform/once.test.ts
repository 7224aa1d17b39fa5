import { afterAll, expect, test } from 'vitest'
import { openBranch } from '../test/branch.ts'
import { once, onceAround } from './once.ts'
import { Refusal } from './refusal.ts'

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

const around = (key: string, work: () => Promise<object>, { content = 1, secret = false } = {}) =>
  onceAround(branch.works.run, clerk.actor, { operation: 'tryAround', key, content, secret }, work)

/** Work around units of its own, which ends when it is let. */
function slow() {
  const [begun, ended] = [Promise.withResolvers<void>(), Promise.withResolvers<object>()]
  let times = 0
  const work = () => {
    times += 1
    begun.resolve()
    return ended.promise
  }
  return { work, begun: begun.promise, end: ended.resolve, fail: ended.reject, times: () => times }
}

test('around units of its own a second call waits for the first, and gets its answer', async () => {
  const first = slow()
  const answers = [around('a1', first.work), around('a1', first.work), around('a1', first.work)]
  await first.begun
  first.end({ nth: 1 })
  expect(await Promise.all(answers)).toEqual([
    { answer: { nth: 1 }, repeated: false },
    { answer: { nth: 1 }, repeated: true },
    { answer: { nth: 1 }, repeated: true },
  ])
  expect(first.times()).toBe(1)
})

test('around units of its own a secret is made once, and shown to the first alone', async () => {
  const first = slow()
  const answers = [1, 2].map(() => around('a2', first.work, { secret: true }))
  await first.begun
  first.end({ secret: 's' })
  expect(await Promise.allSettled(answers)).toMatchObject([
    { status: 'fulfilled', value: { repeated: false } },
    { status: 'rejected', reason: { code: 'done-before' } },
  ])
  expect(first.times()).toBe(1)
})

test('when the first is refused, the second that waited does the work', async () => {
  const first = slow()
  const answers = [around('a3', first.work), around('a3', async () => ({ nth: 2 }))]
  await first.begun
  first.fail(new Refusal('not-found', 'unit-unknown', { unit: 'x' }))
  expect(await Promise.allSettled(answers)).toMatchObject([
    { reason: { code: 'unit-unknown' } },
    { value: { answer: { nth: 2 }, repeated: false } },
  ])
})

test('the key of a call that was cut off stays claimed, whatever its next call is told', async () => {
  const refused = (code: 'maybe-done' | 'unit-unknown') => async () => {
    throw new Refusal('conflict', code, { limit: 1, unit: 'x' })
  }
  await expect(around('a4', refused('maybe-done'))).rejects.toMatchObject({ code: 'maybe-done' })
  await expect(around('a4', refused('unit-unknown'))).rejects.toMatchObject({
    code: 'unit-unknown',
  })
  expect(await branch.sql(`select answered from platform.command where key = 'a4'`)).toEqual([
    { answered: false },
  ])
  await expect(around('a4', async () => ({}), { content: 2 })).rejects.toMatchObject({
    ...{ code: 'key-reused' },
  })
  expect(await around('a4', async () => ({ nth: 3 }))).toMatchObject({ repeated: false })
})
