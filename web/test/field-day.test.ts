import { generateKeyPairSync, sign } from 'node:crypto'
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
