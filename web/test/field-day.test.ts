import { generateKeyPairSync, randomUUID, sign } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPhone, PHONE_WORDS, resultButtons, takeAlong } from './phone-at-work.ts'
import { type ServedCounty, serveCounty, type Visit } from './served.ts'

let county: ServedCounty
beforeAll(async () => {
  county = await serveCounty()
})
afterAll(() => county?.[Symbol.asyncDispose]())

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const spki = publicKey.export({ type: 'spki', format: 'der' }).toString('base64')
type Pack = { tasks: Record<string, unknown>[]; colleagues: Record<string, unknown>[] }

/** What the phone is sent is as a newer server would say it: `change` alters the list before it is signed. */
async function asIfNewer({ context }: Visit, change: (pack: Pack) => void): Promise<void> {
  await context.route('**/field/devices', async (route) => {
    const response = await route.fetch()
    const said = (await response.json()) as { signingKey: object }
    await route.fulfill({ response, json: { ...said, signingKey: { ...said.signingKey, spki } } })
  })
  await context.route('**/field/packs', async (route) => {
    const response = await route.fetch()
    const said = (await response.json()) as { pack: string }
    const list = JSON.parse(said.pack) as Pack
    change(list)
    const pack = JSON.stringify(list)
    const key = { key: privateKey, dsaEncoding: 'ieee-p1363' } as const
    const signature = sign('sha256', Buffer.from(pack), key).toString('base64')
    await route.fulfill({ response, json: { ...said, pack, signature } })
  })
}

const NEWER = {
  zh: {
    tasks: /有 2 户无法显示，不在下面的清单里/,
    colleagues: /有 1 位同事无法显示/,
    reload: '刷新页面',
    offline: '没有网络，联网后再刷新。',
    last: '其他 · 其他',
  },
  en: {
    tasks: /Visits that cannot be shown, and are not on the list below: 2\./,
    colleagues: /Colleagues who cannot be shown, to whom nothing can be handed over: 1\./,
    reload: 'Reload the page',
    offline: 'No network; reload when there is one.',
    last: 'other · other',
  },
} as const

test.each(['zh', 'en'] as const)(
  'a list of a newer server is shown as far as it can be read, and the rest is counted (%s)',
  async (language) => {
    await using visit = await openPhone(county, language)
    const { page, context } = visit
    const words = NEWER[language]
    let doors = 0
    await asIfNewer(visit, ({ tasks, colleagues }) => {
      const [first, second, third] = tasks
      Object.assign(first ?? {}, { kind: 'fibre_upgrade' })
      Object.assign(second ?? {}, { touchpoint: 'drone' })
      const at = '2026-11-20T02:00:00.000Z'
      const lastTouch = { at, channel: 'rcs', result: 'read', staffName: null }
      Object.assign(third ?? {}, { lastTouch })
      colleagues.push({ staffId: 'S1' })
      doors = tasks.length
    })
    await takeAlong(visit, language)
    await page.getByText(words.tasks).waitFor()
    await page.getByText(words.colleagues).waitFor()
    await page.getByText(words.last).waitFor()
    expect(await resultButtons(page, language).count()).toBe(doors - 2)
    await visit.picture('field-newer-list')
    await context.setOffline(true)
    await page.getByText(words.offline).waitFor()
    const reload = page.getByRole('button', { name: words.reload })
    expect(await reload.getAttribute('aria-disabled')).toBe('true')
    await visit.picture('field-newer-list-offline')
    expect(visit.errors).toEqual([])
  },
)

test('a list of a form that the page does not know is not told as altered', async () => {
  await using visit = await openPhone(county)
  const { page } = visit
  await asIfNewer(visit, (pack) => Object.assign(pack, { version: 2 }))
  await visit.signIn('shequ0101', '/field')
  await page.getByRole('button', { name: PHONE_WORDS.zh.take }).click()
  for (const label of [PHONE_WORDS.zh.pin, PHONE_WORDS.zh.again])
    await page.getByLabel(label, { exact: true }).fill('284619')
  await page.getByRole('button', { name: PHONE_WORDS.zh.fetch }).click()
  await page.getByText(/离线清单的格式比这个页面新，读不出来/).waitFor()
  await visit.picture('field-newer-form')
  expect(visit.errors).toEqual([])
})

const RANKS = {
  zh: {
    rules: '名次',
    crew: '班组内',
    save: /保\s?存/,
    title: '今日名次',
    place: /^班组里第 1 名，共 \d 人$/,
    asOf: /^截至 06:30。/,
  },
  en: {
    rules: 'Ranks',
    crew: 'Within the crew',
    save: 'Save',
    title: 'Place today',
    place: /^Place 1 of \d in the crew$/,
    asOf: /^As of 06:30\./,
  },
} as const

const RENEWED = {
  ...{ at: null, done: null, promised: null, refused: null, notAtHome: null, moved: null },
  ...{ competitor: null, wrongData: null, handedOver: null, reason: null, note: null },
  ...{ startedAt: null, position: null, photos: [], result: 'done' },
}

/** Tells the server, past the phone, that the first visit of the own list was an order. */
async function sell({ page }: Visit): Promise<void> {
  const status = await page.evaluate(
    async ([resultId, told]) => {
      const at = '/api/v1/branches/370686'
      const { staffId } = await (await fetch('/api/v1/session')).json()
      const { stops } = await (await fetch(`${at}/people/${staffId}/list`)).json()
      const tasks = (stops as { tasks: { taskId: string; state: string }[] }[]).flatMap(
        (stop) => stop.tasks,
      )
      const { taskId } = tasks.find(({ state }) => state === 'open') ?? {}
      const done = { what: 'renewal', product: null, amountFen: 36_000, receipt: 'S-1' }
      const sent = {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ...(told as object), resultId, done }),
      }
      return (await fetch(`${at}/tasks/${taskId}/results`, sent)).status
    },
    [randomUUID(), RENEWED] as const,
  )
  expect(status).toBe(200)
}

test('nobody is shown a place until the branch shows it', async () => {
  await using visit = await openPhone(county)
  await takeAlong(visit)
  await sell(visit)
  await visit.page.getByRole('link', { name: /^办成/ }).click()
  await visit.page.getByText('服务器截至 06:30 的数字。').waitFor()
  expect(await visit.page.getByRole('region', { name: '今日名次' }).count()).toBe(0)
})

test.each(['zh', 'en'] as const)(
  'once a branch shows places, people see their own in “My day” while there is a network (%s)',
  async (language) => {
    const words = RANKS[language]
    await using office = await county.open({ width: 1440, language })
    await office.signIn('guanli', '/settings/rules')
    const rule = office.page.getByRole('region', { name: words.rules, exact: true })
    await rule.getByRole('radio', { name: words.crew }).check()
    await rule.getByRole('button', { name: words.save }).click()
    await expect.poll(() => shownAt(office), { timeout: 45_000 }).toBe('crew')
    await rule.scrollIntoViewIfNeeded()
    await office.picture('rules-ranks')
    await using visit = await openPhone(county, language)
    const { page, context } = visit
    await takeAlong(visit, language)
    await sell(visit)
    await page.getByRole('link', { name: /^(办成|Done)/ }).click()
    const place = page.getByRole('region', { name: words.title })
    await place.getByText(words.place).waitFor()
    await place.getByText(words.asOf).waitFor()
    await visit.picture('field-my-day-rank')
    await context.setOffline(true)
    await place.waitFor({ state: 'detached' })
    expect([...visit.errors, ...office.errors]).toEqual([])
  },
)

const shownAt = ({ page }: Visit): Promise<string> =>
  page.evaluate(async () => {
    const at = '/api/v1/organisation/units/370686/settings/ranks'
    return (await (await fetch(at)).json()).inForce.showRank
  })
