import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ServedCounty, serveCounty } from './served.ts'

const DAY = '2026-11-22'
/** As long as a page of the tests waits for anything. */
const SOON = { timeout: 45_000 }
const AT = '/api/v1/branches/370686'
let county: ServedCounty
beforeAll(async () => {
  county = await serveCounty({}, `${DAY}T12:05:00+08:00`)
  await workBadly()
})
afterAll(() => county?.[Symbol.asyncDispose]())

const ago = (seconds: number) =>
  new Date(Date.parse(`${DAY}T04:05:00Z`) - seconds * 1000).toISOString()
const NOTHING = {
  ...{ at: null, done: null, promised: null, refused: null, moved: null, competitor: null },
  ...{ wrongData: null, handedOver: null, reason: null, note: null },
  ...{ result: 'not_at_home', notAtHome: { tryAgain: null } },
  ...{ startedAt: null, position: null, photos: [] },
}

/** Asks the server as whoever is signed in. */
async function ask(page: Page, path: string, body?: object): Promise<Record<string, unknown>> {
  const { status, answer } = await page.evaluate(
    async ([to, text]) => {
      const sent = { method: 'POST', headers: { 'content-type': 'application/json' }, body: text }
      const response = await fetch(to ?? '', text === undefined ? {} : (sent as RequestInit))
      return { status: response.status, answer: await response.json() }
    },
    [path, body && JSON.stringify(body)],
  )
  expect(status, `${path} ${JSON.stringify(answer)}`).toBe(200)
  return answer
}

/** Sends the picture of a door, all at one instant: of two the one with the lower number is first. */
async function photograph(page: Page, id: string): Promise<void> {
  const status = await page.evaluate(async (to) => {
    const canvas = document.createElement('canvas')
    Object.assign(canvas, { width: 640, height: 480 })
    const brush = canvas.getContext('2d')
    if (!brush) throw new Error('no canvas')
    brush.fillStyle = '#7a9'
    brush.fillRect(120, 40, 400, 440)
    brush.font = '64px sans-serif'
    brush.fillStyle = '#fff'
    brush.fillText('大门', 256, 260)
    const form = new FormData()
    const bytes = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg'))
    if (!bytes) throw new Error('no picture')
    form.set('file', bytes, 'door.jpg')
    return (await fetch(to, { method: 'POST', body: form })).status
  }, `${AT}/field/evidence/${id}`)
  expect(status).toBe(200)
}

type Task = Readonly<{ taskId: string; townName?: string; placeName?: string }>
type Stop = Readonly<{ tasks: Task[]; town: string | null; place: string | null }>

const told = (taskId: string, what: object) => ({
  path: `${AT}/tasks/${taskId}/results`,
  body: { ...NOTHING, resultId: randomUUID(), ...what },
})
const placed = (latitude: number, at = ago(0)) => ({
  position: { latitude, longitude: 120.8, accuracyM: 400, at },
})

/** Somebody tells of doors from a chair, in a village where a colleague has been. */
async function workBadly(): Promise<void> {
  await using manager = await county.open({ width: 1440, language: 'zh' })
  await manager.signIn('jingli', '/work')
  await using seller = await county.open({ width: 390, language: 'zh' })
  await seller.signIn('shequ0101', '/work')
  await using colleague = await county.open({ width: 390, language: 'zh' })
  await colleague.signIn('tingzhang01', '/work')
  const idOf = async (page: Page) => String((await ask(page, '/api/v1/session')).staffId)
  const own = await idOf(seller.page)
  const list = await ask(seller.page, `${AT}/people/${own}/list?date=${DAY}`)
  const places = Map.groupBy(list.stops as Stop[], ({ town, place }) => `${town} ${place}`)
  const village = [...places.values()]
    .map((stops) => stops.flatMap(({ tasks }) => tasks))
    .find((tasks) => tasks.length >= 7)
  if (!village) throw new Error('a village has seven doors')
  const ids = village.map(({ taskId }) => taskId)
  const others = ids.splice(0, 3)
  const to = await idOf(colleague.page)
  await ask(manager.page, `${AT}/tasks/reassignments`, { taskIds: others, to })
  for (const [nth, taskId] of others.entries()) {
    const { path, body } = told(taskId, {
      at: ago(3000 - nth * 900),
      ...placed(37.3, ago(3000 - nth * 900)),
    })
    await ask(colleague.page, path, body)
  }
  const photos = [randomUUID(), randomUUID()].sort()
  for (const id of photos) await photograph(seller.page, id)
  const visits = [
    { at: ago(50), ...placed(37.3, ago(60)), photos: [photos[0]], startedAt: ago(500) },
    { at: ago(30), ...placed(37.4, ago(30)), photos: [photos[1]], startedAt: ago(38) },
    { at: ago(20), startedAt: ago(300) },
    { ...placed(37.4), startedAt: ago(300) },
  ]
  for (const [nth, what] of visits.entries()) {
    const { path, body } = told(ids[nth] ?? '', what)
    await ask(seller.page, path, body)
  }
}

test('a manager finds what is worth a look, sees the facts and the photo, and says what came of it', async () => {
  await using manager = await county.open({ width: 1440, language: 'zh' })
  const { page } = manager
  await manager.signIn('jingli', '/work/board')
  await page.getByRole('link', { name: '走访核实' }).last().click()
  await page.getByText('7 次上门，3 次值得看一眼，3 次未看').waitFor()
  await manager.picture('visits')
  const people = page.getByRole('table', { name: '人员', exact: true })
  await people.getByRole('row').nth(1).getByRole('button').first().click()
  await page.getByRole('button', { name: '看所有人' }).waitFor()
  const table = page.getByRole('table', { name: '值得看一眼的走访' })
  await expect.poll(() => table.getByRole('row').count(), SOON).toBe(4)
  await table.getByText(/打开卡片到登记结果只有 8 秒/).click()
  const sheet = page.getByRole('dialog')
  await sheet.getByText(/相距约 11,1\d\d 米，误差 400 米/).waitFor()
  await sheet.getByText(/11月22日 已用过/).waitFor()
  await manager.picture('visits-sheet')
  await sheet.getByRole('button', { name: '查看照片 1' }).click()
  const photo = sheet.getByRole('img', { name: '照片 1' })
  await expect
    .poll(() => photo.evaluate((image) => (image as HTMLImageElement).naturalWidth), SOON)
    .toBe(640)
  await photo.scrollIntoViewIfNeeded()
  await manager.picture('visits-photo')
  await sheet.getByRole('radio', { name: '已沟通' }).check()
  await sheet.getByLabel('说明（可不填）').fill('当面提醒到户再登记')
  await sheet.getByRole('button', { name: /保\s?存/ }).click()
  await sheet.getByText('当面提醒到户再登记').waitFor()
  await table.getByText('已沟通').waitFor()
  await manager.picture('visits-said')
  expect(manager.errors).toEqual([])
})

test('a day without anything to look at says so', async () => {
  await using manager = await county.open({ width: 1440, language: 'zh' })
  await manager.signIn('jingli', '/work/visits?from=2026-11-10&to=2026-11-10')
  await manager.page.getByText('没有需要看的走访').waitFor()
  await manager.page.getByText('0 次上门，0 次值得看一眼').waitFor()
  await manager.picture('visits-none')
  expect(manager.errors).toEqual([])
})

test.each([
  { width: 390, language: 'en' },
  { width: 390, language: 'zh' },
  { width: 1440, language: 'en' },
] as const)('the visits fit $width pixels in $language', async (as) => {
  await using visit = await county.open(as)
  const { page } = visit
  await visit.signIn('tingzhang01', '/work/visits')
  const words = as.language === 'en' ? 'Visits to look at' : '值得看一眼的走访'
  const table = page.getByRole('table', { name: words })
  await table.getByRole('button').first().waitFor()
  const [width, inside] = await page.evaluate(() => [document.body.scrollWidth, innerWidth])
  expect(width, 'nothing runs off the side').toBeLessThanOrEqual(inside ?? 0)
  await visit.picture('visits')
  await table.getByRole('button').first().click()
  await page.getByRole('dialog').getByRole('figure').scrollIntoViewIfNeeded()
  await visit.picture('visits-sheet')
  expect(visit.errors).toEqual([])
})

const OWN = {
  zh: {
    way: '我的走访核实',
    me: '我',
    figure: '近 31 天 4 次上门，3 次值得看一眼',
    about: /不自动作为处罚依据/,
    short: /打开卡片到登记结果只有 8 秒/,
    unseen: '还没有人看过。',
    fine: '属实',
    none: '没有需要看的走访',
  },
  en: {
    way: 'My visits to look at',
    me: 'Me',
    figure: '3 of 4 visits of the last 31 days to look at',
    about: /no penalty follows from them by itself/,
    short: /Only 8 s from opening the card to the result/,
    unseen: 'Nobody has looked at it yet.',
    fine: 'Fine',
    none: 'Nothing to look at',
  },
} as const

test.each(['zh', 'en'] as const)(
  'people read on their phone why a visit of theirs is worth a look, and what was said of it (%s)',
  async (language) => {
    const words = OWN[language]
    await using manager = await county.open({ width: 1440, language })
    await manager.signIn('jingli', '/work')
    const { rows } = await ask(manager.page, `${AT}/visit-flags?flag=visit-too-short`)
    const [short] = rows as { resultId: string }[]
    const note = '已电话核对，确实到户'
    const review = `${AT}/results/${short?.resultId}/reviews`
    await ask(manager.page, review, { verdict: 'fine', note })
    await using visit = await county.open({ width: 390, language })
    const { page } = visit
    await visit.signIn('shequ0101', '/field')
    await page.getByRole('link', { name: words.me, exact: true }).click()
    await page.getByRole('link', { name: words.way }).click()
    await page.getByText(words.figure).waitFor()
    await page.getByText(words.about).waitFor()
    const card = page.getByRole('listitem').filter({ hasText: words.short })
    await card.getByText(note).first().waitFor()
    await card.getByText(words.fine, { exact: true }).first().waitFor()
    expect(await page.getByText(words.unseen).count()).toBe(2)
    const [width, inside] = await page.evaluate(() => [document.body.scrollWidth, innerWidth])
    expect(width, 'nothing runs off the side').toBeLessThanOrEqual(inside ?? 0)
    await visit.picture('field-visits')
    await card.first().scrollIntoViewIfNeeded()
    await visit.picture('field-visits-said')
    expect(visit.errors).toEqual([])
  },
)

test('whoever has nothing to look at is told so on the phone', async () => {
  await using visit = await county.open({ width: 390, language: 'zh' })
  await visit.signIn('tingzhang01', '/field/visits')
  await visit.page.getByText(OWN.zh.none).waitFor()
  await visit.picture('field-visits-none')
  expect(visit.errors).toEqual([])
})
