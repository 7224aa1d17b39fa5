import { Secret, TOTP } from 'otpauth'
import { openSession, setPassword } from '#people'
import type { Branch, Person } from './branch.ts'

/** Somebody hired who knows a password, as people sign in. */
export type Holder = Person & Readonly<{ account: string }>

/** Letters of no person, unit or common word. */
export const PASSWORD = '秋天-Harvest-2026'

/** What people do about their accounts, over the real routes of a branch. */
export function accountsOf(branch: Branch) {
  let hired = 0

  async function hire(as: Parameters<Branch['hire']>[0] = {}): Promise<Holder> {
    const account = `holder${++hired}`
    const person = await branch.hire({ ...as, account })
    const { token, actor } = await branch.unit(branch.system, async (unit) => {
      await setPassword(unit, person.id, PASSWORD) // which ends the session of the first day
      return openSession(unit, person.id)
    })
    return { ...person, account, actor, cookie: token }
  }

  const signIn = (account: string, password = PASSWORD) =>
    branch.post('/session', undefined, { account, password })

  /** The person under the token that an answer has set. */
  const under = <One extends Person>(person: One, answered: { headers: object }): One => ({
    ...person,
    cookie: tokenIn(answered.headers as Record<string, unknown>),
  })

  /** Sets a second factor up: the person under the new token, the secret and the recovery codes. */
  async function enrol(person: Holder) {
    const begun = await branch.post('/session/second-factor/enrolment', person, {
      password: PASSWORD,
    })
    const { secret } = begun.body as { secret: string }
    const code = codeAt(secret, branch.clock.now())
    const confirmed = await branch.put('/session/second-factor/enrolment', person, { code })
    const { recoveryCodes } = confirmed.body as { recoveryCodes: string[] }
    return { person: under(person, confirmed), secret, recoveryCodes, confirmed }
  }

  /** The second step, under the token that the first has set. */
  const giveCode = (half: Person, code: string) =>
    branch.post('/session/second-factor', half, { code })

  const audited = async (action: string, about: string) =>
    (
      await branch.sql(`select body::jsonb->'values' as values from platform.audit_entry
        where action = '${action}' and about_id = '${about}' order by seq`)
    ).map(({ values }) => values)

  return { hire, signIn, under, enrol, giveCode, audited }
}

/** What the authenticator app shows at an instant. */
export const codeAt = (secret: string, now: Date): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: now.getTime() })

export function tokenIn(headers: Record<string, unknown>): string {
  const [cookie = ''] = [headers['set-cookie']].flat() as string[]
  return /gridkeeper_session=([^;]*)/.exec(cookie)?.[1] ?? ''
}
