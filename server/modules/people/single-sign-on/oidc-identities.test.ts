import { afterAll, expect, test } from 'vitest'
import { readConfig } from '../../../config.ts'
import { openWebServer } from '../../../house.ts'
import { openBranch, type Person } from '../../../test/branch.ts'
import { waysOf } from '../sign-in/sign-in-ways.ts'

// Links are made here: the provider is not asked.
const branch = await openBranch('2026-11-20T00:00Z')
const config = readConfig({
  GRIDKEEPER_LOG_LEVEL: 'error',
  GRIDKEEPER_PUBLIC_URL: 'http://127.0.0.1:9',
  GRIDKEEPER_OIDC_ISSUER: 'http://127.0.0.1:9/provider',
  GRIDKEEPER_OIDC_CLIENT_ID: 'gridkeeper',
  GRIDKEEPER_OIDC_CLIENT_SECRET: 'a secret of nobody',
})
const ways = waysOf(config.signIn, branch.works.clock)
const web = await openWebServer({ ...branch.house, ways }, config, '/nowhere')
afterAll(async () => {
  await web.close()
  await branch.close()
})

const call = (method: 'GET' | 'PUT' | 'DELETE', by: Person, of: Person) =>
  web.inject({
    ...{ method, url: `/api/v1/organisation/staff/${of.id}/identity` },
    headers: { cookie: `gridkeeper_session=${by.cookie}` },
    ...(method === 'PUT' && { payload: { subject: `u-${of.id}` } }),
  })

test('whoever has a post elsewhere too, or will, is linked and unlinked by nobody of one place alone', async () => {
  const administrator = await branch.hire({ roles: ['administrator'] })
  const above = await branch.hire({ unit: '3706', roles: ['administrator'] })
  for (const from of ['2020-01-01', '2026-12-20']) {
    const person = await branch.hire({ roles: ['hall_clerk'] })
    await branch.sql(`insert into people.post values
      ('${person.id}', 1, '370685', array['hall_clerk'], '${from}', null, now(), 'test')`)
    for (const method of ['GET', 'PUT', 'DELETE'] as const) {
      const refused = await call(method, administrator, person)
      expect(refused.statusCode).toBe(403)
      expect(refused.json()).toMatchObject({ code: 'not-allowed' })
    }
    for (const method of ['PUT', 'GET', 'DELETE'] as const)
      expect((await call(method, above, person)).statusCode).toBe(200)
  }
})
