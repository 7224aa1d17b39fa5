import { afterAll, beforeAll, expect, test } from 'vitest'
import { codeAt } from '../../server/test/account.ts'
import { MORNING, type ServedCounty, serveCounty, type Visit } from './served.ts'

let county: ServedCounty
beforeAll(async () => {
  county = await serveCounty()
})
afterAll(() => county?.[Symbol.asyncDispose]())

const GIVEN = 'a word for the first day'
const CHOSEN = '秋天-Harvest-2026'

/** What the administrator does in the meantime, through the API. */
async function giveByAdministrator(account: string): Promise<void> {
  const api = (path: string, init: RequestInit = {}, cookie = '') =>
    fetch(new URL(`/api/v1${path}`, county.url), {
      ...init,
      headers: { 'content-type': 'application/json', cookie },
    })
  const session = await api('/session', {
    method: 'POST',
    body: JSON.stringify({ account: 'guanli', password: 'shouwang-demo' }),
  })
  const cookie = session.headers.get('set-cookie')?.split(';')[0] ?? ''
  const found = await api(`/organisation/staff?search=${account}`, {}, cookie)
  const { rows } = (await found.json()) as { rows: { staffId: string }[] }
  const given = await api(
    `/organisation/staff/${rows[0]?.staffId}/password`,
    { method: 'PUT', body: JSON.stringify({ password: GIVEN }) },
    cookie,
  )
  expect(given.status).toBe(200)
}

async function enter({ page }: Visit, words: readonly string[], account: string, password: string) {
  const [name = '', word = '', button = ''] = words
  await page.getByLabel(name, { exact: true }).fill(account)
  await page.getByLabel(word, { exact: true }).fill(password)
  await page.getByRole('button', { name: button, exact: true }).click()
}
const ZH = ['帐号', '密码', '登录'] as const
const EN = ['Account', 'Password', 'Sign in'] as const

test('a given password is changed before anything else, on a phone as well', async () => {
  await giveByAdministrator('tingzhang01')
  await using visit = await county.open({ width: 390, language: 'zh' })
  const { page } = visit
  await page.goto('/field')
  await enter(visit, ZH, 'tingzhang01', GIVEN)
  await page.getByRole('link', { name: '去完成' }).click()
  await page.getByText('您的密码由他人设置').waitFor()
  await visit.picture('password-due')
  const change = async (next: string) => {
    await page.getByLabel('当前密码', { exact: true }).fill(GIVEN)
    await page.getByLabel('新密码', { exact: true }).fill(next)
    await page.getByLabel('再输一次新密码', { exact: true }).fill(next)
    await page.getByRole('button', { name: '修改密码' }).click()
  }
  await change('Password2026')
  await page.getByText('密码太容易被猜到').waitFor()
  await visit.picture('password-refused')
  await change(CHOSEN)
  await page.waitForURL(/\/field/)
  await page.getByRole('navigation').waitFor()
  expect(visit.errors).toEqual([])
})

test('a second factor is set up, asked for, and stood in for by a recovery code', async () => {
  await using visit = await county.open({ width: 1440, language: 'zh' })
  const { page } = visit
  await visit.signIn('fenxi', '/settings/account')
  await page.getByRole('button', { name: '启用二次验证' }).waitFor()
  await visit.picture('account')
  await page.getByRole('button', { name: '启用二次验证' }).click()
  await page.getByLabel('当前密码').first().fill('shouwang-demo')
  await page.getByRole('button', { name: '开始启用' }).click()
  await page.getByRole('img', { name: '二维码' }).waitFor()
  await visit.picture('second-factor-begun')
  const shown = await page.getByText(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/).textContent()
  const secret = (shown ?? '').replaceAll(' ', '')
  await page.getByLabel('应用显示的 6 位数字').fill(codeAt(secret, new Date(MORNING)))
  await page.getByRole('button', { name: '确认启用' }).click()
  const codes = page.getByRole('region', { name: '恢复码' }).getByRole('listitem')
  await codes.first().waitFor()
  expect(await codes.count()).toBe(10)
  const recovery = await codes.first().textContent()
  await visit.picture('recovery-codes')
  await page.getByRole('button', { name: '已保管好，继续' }).click()
  await page.getByText('剩余恢复码').waitFor()
  await visit.picture('account-with-second-factor')

  await using other = await county.open({ width: 390, language: 'en' })
  await other.page.goto('/')
  await enter(other, EN, 'fenxi', 'shouwang-demo')
  await other.page.getByLabel('Code', { exact: true }).fill('000000')
  await other.page.getByRole('button', { name: 'Go on' }).click()
  await other.page.getByText('The code is wrong').waitFor()
  await other.picture('second-step')
  await other.page.getByLabel('Code', { exact: true }).fill(recovery ?? '')
  await other.page.getByRole('button', { name: 'Go on' }).click()
  await other.page.getByText('Your last sign-in').waitFor()
  await other.picture('last-sign-in')
  await other.page.goto('/settings/account')
  await other.page.getByText('Recovery codes left').waitFor()
  await other.picture('account')
  await other.page.getByRole('button', { name: 'End all others' }).click()
  await other.page.getByText('There are no others.').waitFor()
  await page.reload()
  await page.getByLabel('帐号', { exact: true }).waitFor()
  expect([...visit.errors, ...other.errors]).toEqual([])
})

test('a role that has to set one up does so before the first page', async () => {
  await using visit = await county.open({ width: 1440, language: 'zh' })
  const { page } = visit
  await visit.signIn('guanli', '/settings/rules')
  const rule = page.getByRole('region', { name: '登录规则' })
  await rule.getByRole('combobox').fill('热线员')
  await rule.getByRole('combobox').press('Enter')
  await page.keyboard.press('Escape')
  const saved = page.waitForResponse((answer) => answer.request().method() === 'PUT')
  await rule.getByRole('button', { name: '保存' }).click()
  expect((await saved).status()).toBe(200)
  await rule.getByText('热线员').waitFor()
  await visit.picture('sign-in-rule')
  await using agent = await county.open({ width: 390, language: 'en' })
  await agent.page.goto('/')
  await enter(agent, EN, 'rexian01', 'shouwang-demo')
  await agent.page.getByText('Set up a second factor first').waitFor()
  await agent.picture('enrolment-due')
  expect([...visit.errors, ...agent.errors]).toEqual([])
})

test('whoever was signed out in another window signs in there and loses nothing that was typed', async () => {
  await using visit = await county.open({ width: 1440, language: 'zh' })
  const { page } = visit
  await visit.signIn('pianqu1', '/work/exports')
  await page.getByRole('button', { name: '申请导出' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('为什么需要').fill('核对到期用户')
  expect((await visit.context.request.delete('/api/v1/session')).status()).toBe(200)
  await dialog.getByRole('button', { name: '申请导出' }).click()
  await dialog.getByText('登录已失效。请在新窗口登录').waitFor()
  const other = await visit.context.newPage()
  await other.goto('/')
  await enter({ ...visit, page: other }, ZH, 'pianqu1', 'shouwang-demo')
  await other.getByText('上次登录').waitFor()
  await dialog.getByRole('button', { name: '申请导出' }).click()
  await page.getByRole('row').filter({ hasText: '核对到期用户' }).waitFor()
  expect(visit.errors).toEqual([])
})

test('a day that is typed is asked for once its year is whole', async () => {
  await using visit = await county.open({ width: 1440, language: 'zh' })
  const { page } = visit
  await visit.signIn('shenji', '/settings/audit')
  const from = page.getByLabel('从', { exact: true })
  await from.focus()
  await page.keyboard.type('11222026')
  expect(await from.inputValue()).toBe('2026-11-22')
  await page.waitForURL(/from=2026-11-22/)
  await page.getByRole('table', { name: '审计日志' }).waitFor()
  expect(await page.getByRole('alert').count()).toBe(0)
  expect(visit.errors).toEqual([])
})
