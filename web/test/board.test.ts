import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ServedCounty, serveCounty, type Visit } from './served.ts'

const DAY = '2026-11-22'
let county: ServedCounty
beforeAll(async () => {
  county = await serveCounty({}, `${DAY}T12:05:00+08:00`)
})
afterAll(() => county?.[Symbol.asyncDispose]())

const NOTHING = {
  ...{ at: null, done: null, promised: null, refused: null, notAtHome: null, moved: null },
  ...{ competitor: null, wrongData: null, handedOver: null, reason: null, note: null },
  ...{ startedAt: null, position: null, photos: [] },
}
const RENEWED = { what: 'renewal', product: null, amountFen: 36_000, receipt: null }
const TOLD = [
  { result: 'done', done: RENEWED },
  { result: 'promised', promised: { on: '2026-11-25' } },
  { result: 'refused', refused: { scope: 'offer', until: null } },
  { result: 'not_at_home', notAtHome: { tryAgain: '2026-11-23' } },
]

/** The person signed in tells what came of the first doors of the list. */
async function tellResults({ page }: Visit): Promise<{ taskId: string }[]> {
  const get = (path: string) =>
    page.evaluate(async (from) => (await fetch(`/api/v1${from}`)).json(), path)
  const me = await get('/session')
  const list = await get(`/branches/370686/people/${me.staffId}/list?date=${DAY}`)
  expect(list).toMatchObject({ date: DAY })
  const { stops } = list as { stops: { tasks: { taskId: string }[] }[] }
  const tasks = stops.flatMap((stop) => stop.tasks).slice(0, TOLD.length)
  for (const [nth, { taskId }] of tasks.entries()) {
    const path = `/api/v1/branches/370686/tasks/${taskId}/results`
    const body = { ...NOTHING, ...TOLD[nth], resultId: randomUUID() }
    const status = await page.evaluate(
      async ([to, text]) => {
        const headers = { 'content-type': 'application/json' }
        return (await fetch(to ?? '', { method: 'POST', headers, body: text ?? '' })).status
      },
      [path, JSON.stringify(body)],
    )
    expect(status).toBe(200)
  }
  return tasks
}

test('the board shows what was told at the doors without a touch, and every number opens its tasks', async () => {
  await using manager = await county.open({ width: 1440, language: 'zh' })
  const { page } = manager
  await page.clock.install()
  await manager.signIn('jingli', '/work/board')
  await page.getByText(/已办 0 \/ [\d,]+ 项（0%），0 单/).waitFor()
  const table = page.getByRole('table', { name: '实时看板' })
  const quiet = page.getByRole('region', { name: /没有动静/ })
  await quiet.getByText('10:00 以后没有登记结果').waitFor()
  await manager.picture('board-before')

  await using seller = await county.open({ width: 390, language: 'zh' })
  await seller.signIn('shequ0101', '/work')
  await seller.page.getByRole('heading', { level: 1 }).waitFor()
  const tasks = await tellResults(seller)
  expect(tasks.length).toBe(4)
  const scrolled = await page.evaluate(() => {
    scrollTo(0, 30)
    return scrollY
  })
  await page.clock.fastForward('00:31')
  await page.getByText(/已办 4 \/ [\d,]+ 项（[<\d.]+%），1 单/).waitFor()
  expect(await page.evaluate(() => scrollY)).toBe(scrolled)
  await manager.picture('board')

  const rows = table.getByRole('row')
  const cell = (row: number, column: number) => rows.nth(row).getByRole('cell').nth(column)
  await table.getByRole('link', { name: '第一片区' }).click()
  await expect.poll(() => cell(1, 2).textContent()).toBe('1')
  await table.getByRole('link', { name: '翠屏' }).first().click()
  await table.getByRole('link', { name: '翠屏网格1' }).click()
  await expect.poll(() => cell(1, 3).textContent()).toBe('1')
  await manager.picture('board-people')
  await cell(1, 3).getByRole('link').click()
  const found = page.getByRole('table', { name: '任务' }).getByRole('row')
  await expect.poll(() => found.count()).toBe(2)
  await found.nth(1).getByText('办成').waitFor()
  await manager.picture('board-tasks')
  expect(manager.errors).toEqual([])
})

test.each([
  { width: 390, language: 'en' },
  { width: 1024, language: 'en' },
] as const)('the board fits $width pixels', async (as) => {
  await using visit = await county.open(as)
  const { page } = visit
  await visit.signIn('tingzhang01', '/work/board')
  await page.getByRole('table', { name: 'Live board' }).getByText('Total').waitFor()
  await page.getByRole('region', { name: /No order yet/ }).waitFor()
  const [width, inside] = await page.evaluate(() => [document.body.scrollWidth, innerWidth])
  expect(width, 'nothing runs off the side').toBeLessThanOrEqual(inside ?? 0)
  await visit.picture('board')
  expect(visit.errors).toEqual([])
})

test('a manager drags somebody’s line onto another one, or takes the button, and is told what stayed', async () => {
  await using visit = await county.open({ width: 1440, language: 'zh' })
  const { page } = visit
  await visit.signIn('jingli', `/work/board?unit=370686-H01-G1&by=person`)
  const table = page.getByRole('table', { name: '实时看板' })
  const row = (nth: number) => table.getByRole('row').nth(nth)
  await row(2).getByRole('button', { name: /^改派/ }).waitFor()
  const nameOf = async (nth: number) =>
    (await row(nth).getByRole('cell').first().textContent()) ?? ''
  const [from, to] = [await nameOf(2), await nameOf(3)]
  const leftOf = async (name: string) =>
    Number(await table.getByRole('row', { name }).getByRole('cell').nth(8).textContent())
  const [had, others] = [await leftOf(from), await leftOf(to)]
  expect(had).toBeGreaterThan(2)
  await row(2).dragTo(row(3))
  const dialog = page.getByRole('dialog', { name: `改派${from}的任务` })
  await dialog.getByText(`全选（${had} / ${had} 项未办）`).waitFor()
  await visit.picture('board-give')
  await dialog.getByRole('checkbox').nth(1).uncheck()
  await dialog.getByRole('button', { name: `改派 ${had - 1} 项` }).click()
  await dialog.waitFor({ state: 'detached' })
  await expect.poll(() => leftOf(from)).toBe(1)
  expect(await leftOf(to)).toBe(others + had - 1)

  // The same without a pointer: what is left goes back, and is given out again.
  const button = page.getByRole('button', { name: `改派 · ${from}` })
  await button.focus()
  await page.keyboard.press('Enter')
  await dialog.getByText('收回待派').click()
  await dialog.getByRole('button', { name: '收回 1 项' }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.getByRole('button', { name: '分派收回的 1 项' }).click()
  const out = page.getByRole('dialog', { name: '分派收回的任务' })
  await out.getByText('全选（1 / 1 项未办）').waitFor()
  await out.getByRole('combobox', { name: '改派给谁' }).fill(from)
  await page
    .getByRole('option', { name: new RegExp(`^${from}`) })
    .first()
    .waitFor({ state: 'attached' })
  await page.keyboard.press('Enter')
  await out.getByRole('button', { name: '改派 1 项' }).click()
  await out.waitFor({ state: 'detached' })
  await expect.poll(() => leftOf(from)).toBe(1)

  // Somebody is away: what is left goes to the crew, as it was shown before, where it has room.
  const [away, free] = [await nameOf(7), await nameOf(9)]
  await page.getByRole('button', { name: `改派 · ${free}` }).click()
  const theirs = page.getByRole('dialog', { name: `改派${free}的任务` })
  await theirs.getByText('收回待派').click()
  await theirs.getByRole('button', { name: /^收回 \d+ 项$/ }).click()
  await theirs.waitFor({ state: 'detached' })
  await page.getByRole('button', { name: `分给班组 · ${away}` }).click()
  const crew = page.getByRole('dialog', { name: `${away}的任务分给同班组` })
  await crew.getByText('按用户数均分').click()
  const divide = crew.getByRole('button', { name: /^分派 [\d,]+ 项$/ })
  await expect.poll(() => divide.isEnabled()).toBe(true)
  const moved = Number((await divide.textContent())?.replaceAll(/\D/g, ''))
  await visit.picture('board-divide')
  await divide.click()
  await crew.waitFor({ state: 'detached' })
  await expect.poll(() => leftOf(free)).toBe(moved)
  expect(moved).toBeGreaterThan(0)
  expect(visit.errors).toEqual([])
})
