import type { Page } from 'playwright-core'
import { MORNING, type ServedCounty, type Visit } from './served.ts'

/** The person whose list is taken along, and the PIN of it. */
export const WORKER = 'shequ0101'
export const PIN = '284619'

/** The words on the phone that tests press; in the language of the visit. */
export const PHONE_WORDS = {
  zh: {
    take: '设密码，带上清单',
    pin: '清单密码',
    again: '再输一次',
    fetch: '取清单',
    open: '打开',
    result: '结果',
    save: '保存',
    signOut: '退出登录',
  },
  en: {
    take: 'Choose a PIN and take it',
    pin: 'PIN',
    again: 'The same again',
    fetch: 'Take the list',
    open: 'Open',
    result: 'Result',
    save: 'Save',
    signOut: 'Sign out',
  },
} as const
type Language = keyof typeof PHONE_WORDS

/** A phone whose clock is that of the county. */
export const openPhone = (county: ServedCounty, language: Language = 'zh'): Promise<Visit> =>
  county.open({ width: 390, language, now: MORNING })

export async function fillPin(page: Page, pin: string, language: Language = 'zh'): Promise<void> {
  const words = PHONE_WORDS[language]
  await page.getByLabel(words.pin, { exact: true }).fill(pin)
  await page.getByLabel(words.again, { exact: true }).fill(pin)
  await page.getByRole('button', { name: words.fetch }).click()
}

/** Signs in and takes the list of the day along. */
export async function takeAlong(visit: Visit, language: Language = 'zh'): Promise<void> {
  const { page } = visit
  await visit.signIn(WORKER, '/field')
  await page.getByRole('button', { name: PHONE_WORDS[language].take }).click()
  await fillPin(page, PIN, language)
  await resultButtons(page, language).first().waitFor()
}

export const resultButtons = (page: Page, language: Language = 'zh') =>
  page.getByRole('button', { name: PHONE_WORDS[language].result, exact: true })

export async function unlock(page: Page, pin = PIN): Promise<void> {
  await page.getByLabel(PHONE_WORDS.zh.pin, { exact: true }).fill(pin)
  await page.getByRole('button', { name: PHONE_WORDS.zh.open, exact: true }).click()
}

/** Waits until the pages of the phone open without a network. */
export async function untilKept(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
  })
}

/** Everything that the databases of the browser hold, as text: bytes as the letters they might be. */
export function everythingKept(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const asked = <Value>(request: IDBRequest<Value>) =>
      new Promise<Value>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error ?? new Error('not read'))
      })
    const parts: string[] = [JSON.stringify(localStorage), JSON.stringify(sessionStorage)]
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await asked(indexedDB.open(name))
      for (const store of database.objectStoreNames) {
        const all = database.transaction(store).objectStore(store)
        const values: unknown[] = await asked(all.getAll())
        const said = JSON.stringify(values, (_, value: unknown) =>
          value instanceof Uint8Array ? new TextDecoder().decode(value) : value,
        )
        parts.push(`${name}/${store}: ${said}`)
      }
      database.close()
    }
    return parts.join('\n')
  })
}
