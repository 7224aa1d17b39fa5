import { afterAll, expect, test } from 'vitest'
import { readConfig } from '../config.ts'
import { openWebServer } from '../house.ts'
import { openBranch } from './branch.ts'

const branch = await openBranch('2026-11-20T01:00Z')
afterAll(() => branch.close())
const server = await openWebServer(branch.house, readConfig({ GRIDKEEPER_LOG_LEVEL: 'fatal' }), '')
afterAll(() => server.close())
const manager = await branch.hire()
type Problem = { code: string; detail: string; errors: { path: string; message: string }[] }
const told = async (url: string, body: unknown, language?: 'zh' | 'en') =>
  (await branch.post(url, manager, body, language)).body as Problem

const TASKS = '/branches/370686/tasks'
const GIVEN = { subscriberIds: ['S1'], kind: 'upgrade', touchpoint: 'door', to: manager.id }

test('what is wrong with a member is said in the language of the request', async () => {
  const zh = await told(TASKS, { ...GIVEN, on: 7 })
  expect(zh).toMatchObject({
    code: 'malformed-request',
    detail: '请求格式不正确：/on 无效输入：期望 string，实际接收 数字。请按提示修改后重试。',
    errors: [{ path: '/on', message: '无效输入：期望 string，实际接收 数字' }],
  })
  expect(await told(TASKS, { ...GIVEN, on: 7 }, 'en')).toMatchObject({
    code: 'malformed-request',
    detail:
      'The request is malformed: /on Invalid input: expected string, received number. Correct it and try again.',
    errors: [{ path: '/on' }],
  })
})

test('each member that is at fault is told, with what it may be', async () => {
  const { detail, errors } = await told(TASKS, { ...GIVEN, kind: 'chat', subscriberIds: [] })
  expect(errors.map(({ path }) => path).sort()).toEqual(['/kind', '/on', '/subscriberIds'])
  expect(detail).toContain('/kind 无效选项：期望以下之一 "renewal_visit"')
  expect(detail).not.toMatch(/Invalid|expected|received/)
})

test('where one of several forms is chosen it is told which there are', async () => {
  const rest = { outcome: 'dropped', reason: 'covered' }
  const body = { date: '2026-11-20', unit: '370686', decisions: [], rest }
  const { detail } = await told('/branches/370686/closes', body)
  expect(detail).toContain('/rest/reason 无效选项：期望以下之一 "no-way"|"weather"|"staff-ill"')
  expect((await told('/branches/370686/closes', body, 'en')).detail).toContain(
    "'no-way' | 'weather'",
  )
})

test.each([
  { payload: '{"on":', because: 'half of it is no JSON' },
  { payload: '', because: 'nothing is none either' },
  { payload: '{"__proto__":{"a":1}}', because: 'nobody renames the prototype' },
])('a body that cannot be read is refused in Chinese where $because', async ({ payload }) => {
  const answer = await server.inject({
    ...{ method: 'POST', url: `/api/v1${TASKS}`, payload },
    headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
  })
  expect(answer.json()).toMatchObject({ code: 'malformed-request' })
  expect(answer.json().detail).not.toMatch(/[a-z]{5}/)
})
