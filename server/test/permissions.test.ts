import { afterAll, expect, test } from 'vitest'
import { neededAction } from '#contract/permissions.ts'
import { type Action, actionsOf, permissionTable, ROLES, type Role } from '#people'
import { openBranch, type Person } from './branch.ts'
import { allEndpoints, exampleCall } from './example-call.ts'

const branch = await openBranch('2026-11-20T00:00Z')
afterAll(() => branch.close())
const endpoints = await allEndpoints()
const signedIn = endpoints.filter(({ open }) => !open)
const NOBODY = 'T-NOBODY'

/** What a call with parameters of the right shape is refused with; null where it is answered. */
async function refusalOf(who: Person, of: (typeof endpoints)[number], known: object = {}) {
  const named = {
    branchId: branch.branchId,
    unitId: branch.branchId,
    kind: 'subscribers',
    ...known,
  }
  const answer = await send(who, exampleCall(of, named))
  const code = (answer.body as { code?: string } | null)?.code ?? null
  expect(answer.status, `${of.operationId} ${JSON.stringify(answer.body)}`).toBeLessThan(500)
  expect(code, `${of.operationId} ${JSON.stringify(answer.body)}`).not.toBe('malformed-request')
  return code
}

function send(who: Person, { method, url, body }: ReturnType<typeof exampleCall>) {
  if (method === 'GET') return branch.get(url, who)
  if (method === 'DELETE') return branch.delete(url, who)
  return method === 'PUT' ? branch.put(url, who, body) : branch.post(url, who, body)
}

async function hireWithoutRights(): Promise<Person> {
  const person = await branch.hire()
  await branch.sql(
    `update people.staff set roles = '{former_role}' where staff_id = '${person.id}'`,
  )
  return branch.signIn(person.id) // other roles end the sessions
}

test('every call says what it needs, and the table of actions is complete', () => {
  expect(endpoints.length).toBeGreaterThan(50)
  expect(
    endpoints.filter(({ needs }) => needs === undefined).map((each) => each.operationId),
  ).toEqual([])
  const { roles, actions } = permissionTable()
  expect(roles).toHaveLength(Object.keys(ROLES).length)
  expect(new Set(roles.flatMap(({ may }) => may)).size).toBeLessThanOrEqual(actions.length)
})

test.each(signedIn)(
  '$operationId is refused to who has no rights exactly where it needs one',
  async (of) => {
    const nobody = await hireWithoutRights()
    const refused =
      (await refusalOf(nobody, of, { staffId: NOBODY, person: NOBODY })) === 'not-allowed'
    const takes = typeof of.needs === 'object' ? takesPerson(of) : neededAction(of.needs) !== null
    expect(refused).toBe(takes)
  },
)

test.each(signedIn.filter(({ needs }) => typeof needs === 'object' && 'orElse' in needs))(
  '$operationId is everybody’s for what is the own',
  async (of) => {
    const nobody = await hireWithoutRights()
    expect(await refusalOf(nobody, of, { staffId: nobody.id, person: nobody.id })).not.toBe(
      'not-allowed',
    )
  },
)

/** Whether a call names a person, and so is about somebody else here. */
const takesPerson = (of: (typeof endpoints)[number]) =>
  of.path.includes(':staffId') || 'person' in (of.query?.shape ?? {})

test.each(Object.keys(ROLES) as Role[])(
  'a %s may call what the table says and nothing else',
  async (role) => {
    const may = actionsOf([role])
    const differs: string[] = []
    let who = await branch.hire({ roles: [role] })
    for (const of of signedIn.filter(({ needs }) => typeof needs === 'string')) {
      const refused = (await refusalOf(who, of, { staffId: NOBODY })) === 'not-allowed'
      const needed: Action | null = neededAction(of.needs)
      // A call about oneself may end the session.
      if (of.needs === 'own' || of.path.includes('session')) who = await branch.signIn(who.id)
      if (refused !== (needed !== null && !may.has(needed))) differs.push(of.operationId)
    }
    expect(differs).toEqual([])
  },
)
