import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  everythingKept,
  openPhone,
  PHONE_WORDS,
  resultButtons,
  takeAlong,
  WORKER,
} from './phone-at-work.ts'
import { type ServedCounty, serveCounty, type Visit } from './served.ts'

const BRANCH = '/branches/370686'
/** A loaded machine takes its time. */
const PATIENT = { timeout: 45_000 }
let county: ServedCounty
beforeAll(async () => {
  county = await serveCounty()
})
afterAll(() => county?.[Symbol.asyncDispose]())

type Listed = Readonly<{ taskId: string; subscriberId: string; name: string; state: string }>

const get = <Body>({ page }: Visit, path: string): Promise<Body> =>
  page.evaluate(async (from) => (await fetch(`/api/v1${from}`)).json(), path)

async function post({ page }: Visit, path: string, body: object): Promise<void> {
  const status = await page.evaluate(
    async ([to = '', text = '']) => {
      const headers = { 'content-type': 'application/json' }
      const answer = await fetch(`/api/v1${to}`, { method: 'POST', headers, body: text })
      return answer.ok ? 'done' : answer.text()
    },
    [path, JSON.stringify(body)],
  )
  expect(status).toBe('done')
}

/** Who is signed in, once that is done. */
async function staffOf(visit: Visit): Promise<string> {
  const ask = async () => (await get<{ staffId?: string }>(visit, '/session')).staffId
  await expect.poll(ask, PATIENT).toBeDefined()
  return (await ask()) ?? ''
}

async function listOf(visit: Visit): Promise<Listed[]> {
  const list = await get<{ stops: { tasks: Listed[] }[] }>(
    visit,
    `${BRANCH}/people/${await staffOf(visit)}/list`,
  )
  return list.stops.flatMap(({ tasks }) => tasks).filter(({ state }) => state === 'open')
}

/** Records that nobody was met at the next doors of the list. */
async function recordDoors(page: Page, doors: number, language: 'zh' | 'en' = 'zh') {
  const sheet = page.getByRole('dialog')
  const away = language === 'zh' ? '未遇' : 'Not at home'
  for (let nth = 0; nth < doors; nth++) {
    await resultButtons(page, language).first().click()
    await sheet.getByRole('button', { name: away, exact: true }).click()
    await sheet.getByRole('button', { name: PHONE_WORDS[language].save, exact: true }).click()
    await sheet.waitFor({ state: 'detached' })
  }
}

const NOTHING = {
  ...{ at: null, done: null, promised: null, refused: null, notAtHome: null, moved: null },
  ...{ competitor: null, wrongData: null, handedOver: null, reason: null, note: null },
  ...{ startedAt: null, position: null, photos: [] },
}
const RENEWED = {
  ...{ ...NOTHING, result: 'done' },
  done: { what: 'renewal', product: null, amountFen: 36_000, receipt: 'YY-1' },
}
const REFUSED = {
  ...{ at: null, channel: 'call_out', purpose: 'marketing', result: 'refused', scope: 'all' },
  ...{ offer: null, until: null, note: null },
}

/** While the phone is away: one task goes to a colleague, one is renewed by them, one home refuses. */
async function changeMeanwhile(tasks: readonly Listed[]): Promise<void> {
  const [reassigned, renewed, refused] = tasks
  if (!reassigned || !renewed || !refused) throw new Error('the list has three doors')
  await using colleague = await county.open({ width: 1440, language: 'zh' })
  await colleague.signIn('tingzhang01') // of the hall
  await using manager = await county.open({ width: 1440, language: 'zh' })
  await manager.signIn('jingli')
  await staffOf(manager)
  const taskIds = [reassigned.taskId, renewed.taskId]
  const to = await staffOf(colleague)
  await post(manager, `${BRANCH}/tasks/reassignments`, { taskIds, to })
  const told = { ...RENEWED, resultId: randomUUID() }
  await post(colleague, `${BRANCH}/tasks/${renewed.taskId}/results`, told)
  const { subscriberId } = refused
  await using hotline = await county.open({ width: 1440, language: 'zh' })
  await hotline.signIn('rexian01')
  await staffOf(hotline)
  await post(hotline, `${BRANCH}/subscribers/${encodeURIComponent(subscriberId)}/touches`, REFUSED)
}

const SAID = {
  zh: [/任务已改派给/, /任务已有结果，先登记的为准/, /该家庭在此期间已明确拒绝/],
  en: [/was given to/, /has a result already, which stands/, /The household refused meanwhile/],
} as const

test.each(['zh', 'en'] as const)(
  'what happened meanwhile is told beside each result, and nothing is lost (%s)',
  async (language) => {
    await using visit = await openPhone(county, language)
    const { page, context } = visit
    await takeAlong(visit, language)
    const tasks = (await listOf(visit)).slice(0, 3)
    await context.setOffline(true)
    await recordDoors(page, 3, language)
    await changeMeanwhile(tasks)
    await context.setOffline(false)
    const day = page.getByRole('link', { name: language === 'zh' ? '查看' : 'Show', exact: true })
    await day.click()
    const conflicts = page
      .getByRole('region', { name: language === 'zh' ? '发送情况' : 'On its way' })
      .getByRole('listitem')
    await conflicts.nth(2).waitFor()
    const told = await conflicts.allTextContents()
    for (const said of SAID[language])
      expect(told).toEqual(expect.arrayContaining([expect.stringMatching(said)]))
    await conflicts.first().scrollIntoViewIfNeeded()
    await visit.picture('field-conflicts')
    for (const { taskId, name } of tasks)
      expect(told.join(), `${taskId} of ${name}`).toContain(name)
    expect(visit.errors).toEqual([])
  },
)

test('a phone wiped from another one forgets its list, and still delivers what it holds', async () => {
  await using lost = await openPhone(county)
  await takeAlong(lost)
  const tasks = (await listOf(lost)).slice(0, 2)
  await lost.context.setOffline(true)
  await recordDoors(lost.page, 2)
  await lost.page.getByText('待发送 2').waitFor()

  await using other = await openPhone(county)
  await other.signIn(WORKER, '/field')
  await other.page.getByRole('link', { name: '我', exact: true }).click()
  const phones = other.page.getByRole('region', { name: '我的手机' })
  await phones.getByRole('listitem').first().waitFor()
  const seen = await phones.getByRole('listitem').count()
  await other.picture('field-phones')
  // Those of other tests were closed with what they held; each is wiped.
  for (let nth = 0; nth < seen; nth++) {
    const [wipe, sure] = ['清除这台上的清单', '确定清除']
    await phones.getByRole('button', { name: wipe }).first().click()
    if (nth === 0) await other.picture('field-phones-asked')
    await phones.getByRole('button', { name: sure }).click()
    await phones.getByText('那台手机下次联网时执行').nth(nth).waitFor()
  }

  await lost.context.setOffline(false)
  await lost.page.getByText('离线清单已被远程清除').first().waitFor()
  await lost.picture('field-wiped')
  const kept = () => everythingKept(lost.page)
  await expect.poll(kept, PATIENT).toMatch(/gridkeeper-vault\/kept: \[\]/)
  await expect.poll(kept, PATIENT).not.toMatch(/"state":"waiting"/)
  const after = await get<{ stops: { tasks: Listed[] }[] }>(
    other,
    `${BRANCH}/people/${await staffOf(other)}/list`,
  )
  const states = new Map(
    after.stops.flatMap((stop) => stop.tasks.map(({ taskId, state }) => [taskId, state])),
  )
  expect(tasks.map(({ taskId }) => states.get(taskId))).toEqual(['ended', 'ended'])
  await other.page.reload()
  await other.page.getByText('已清除清单').first().waitFor()
  expect([...lost.errors, ...other.errors]).toEqual([])
})
