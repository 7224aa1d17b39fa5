import * as session from '#contract/session.ts'
import type { Http, OpenCall } from '#platform/http.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Works } from '#platform/works.ts'
import { leaveUrl } from '../single-sign-on/oidc-sessions.ts'
import { deviceOf } from './device.ts'
import * as own from './own-account.ts'
import type { Due } from './session-store.ts'
import { type Current, LONGEST_MS, refusalOf, type Session, sessionOf } from './sessions.ts'
import {
  changePassword,
  giveSecondFactor,
  type SignedIn,
  signIn,
  signOut,
  whoAmI,
} from './sign-in.ts'
import { refuseOwnPassword, refusePassword, type SignInWays } from './sign-in-ways.ts'

const DONE = { done: true } as const

/** What an installation has, as far as it concerns whoever is signed in. */
export type Installed = Readonly<{
  ways: SignInWays
  /** Whether there is a call platform that connects people with subscribers. */
  connectsCalls: boolean
}>

/** What a person does about the own session and account. All of it reads the cookie itself. */
export function sessionRoutes(http: Http, works: Works, { ways, connectsCalls }: Installed): void {
  const answerTo = answering(works, connectsCalls)
  const signedIn = currentOn(works)

  http.serveOpen(session.signIn, async (call, _, { account, password }) => {
    refusePassword(ways, account)
    return answerTo(call, await signIn(works, { account, password, ...fromOf(call) }))
  })
  http.serveOpen(session.giveSecondFactor, async (call, _, { code }) => {
    const half = call.token === undefined ? undefined : await sessionOf(works, call.token)
    return answerTo(call, await giveSecondFactor(works, half, { code, ...fromOf(call) }))
  })
  http.serveOpen(session.whoAmI, async (call) => {
    const { actor, due } = await signedIn(call, 'password-change', 'enrolment')
    return works.run(actor, (unit) =>
      whoAmI(unit, due === 'second-factor' ? null : due, connectsCalls),
    )
  })
  http.serveOpen(session.signOut, async (call) => {
    const current = call.token === undefined ? undefined : await sessionOf(works, call.token)
    const leaveAt = current ? await leaveUrl(works, ways.provider, current.actor) : null
    if (current) await signOut(works, current)
    call.setToken('', 0)
    return { ...DONE, leaveAt }
  })
  http.serveOpen(session.changePassword, async (call, _, body) => {
    const current = await signedIn(call, 'password-change', 'enrolment')
    await refuseOwnPassword(works, ways, current.staffId)
    keep(call, await changePassword(works, current, body))
    return DONE
  })
  ownAccountRoutes(http, works, ways)
}

function ownAccountRoutes(http: Http, works: Works, ways: SignInWays): void {
  const signedIn = currentOn(works)

  http.serveOpen(session.readAccount, async (call) => {
    const found = await own.readAccount(works, await signedIn(call, 'enrolment'))
    const { passwordSetAt, secondFactor, sessions } = found
    return {
      ...found,
      passwordSetAt: passwordSetAt?.toISOString() ?? null,
      secondFactor: secondFactor && { ...secondFactor, since: secondFactor.since.toISOString() },
      sessions: sessions.map(({ device, openedAt, seenAt, ...each }) => ({
        ...each,
        device: deviceOf(device),
        openedAt: openedAt.toISOString(),
        seenAt: seenAt.toISOString(),
      })),
    }
  })
  http.serveOpen(session.endSession, async (call, { sessionId }) => {
    await own.endSession(works, await signedIn(call), sessionId)
    return DONE
  })
  http.serveOpen(session.endOtherSessions, async (call) => ({
    ended: await own.endOtherSessions(works, await signedIn(call)),
  }))
  http.serveOpen(session.beginSecondFactor, async (call, _, { password }) => {
    const current = await signedIn(call, 'enrolment')
    await refuseOwnPassword(works, ways, current.staffId)
    return own.beginSecondFactor(works, current, password)
  })
  http.serveOpen(session.confirmSecondFactor, async (call, _, { code }) => {
    const current = await signedIn(call, 'enrolment')
    const { session: next, recoveryCodes } = await own.confirmSecondFactor(works, current, code)
    keep(call, next)
    return { recoveryCodes: [...recoveryCodes] }
  })
  http.serveOpen(session.removeSecondFactor, async (call, _, body) => {
    await own.removeSecondFactor(works, await signedIn(call), body)
    return DONE
  })
}

const fromOf = ({ ip, device }: OpenCall) => ({ address: ip, device })

/** Gives the caller the token of a session, for as long as that can last. */
export function keep(call: OpenCall, { token }: Session): void {
  call.setToken(token, LONGEST_MS / 1000)
}

/** Who calls, also while one of `allowed` is due. @throws Refusal `not-signed-in`, `…-due`. */
const currentOn =
  (works: Works) =>
  async (call: OpenCall, ...allowed: Due[]): Promise<Current> => {
    const current = call.token === undefined ? undefined : await sessionOf(works, call.token)
    if (!current) throw new Refusal('unauthenticated', 'not-signed-in')
    if (current.due && !allowed.includes(current.due)) throw refusalOf(current.due)
    return current
  }

const answering =
  (works: Works, connectsCalls: boolean) =>
  async (call: OpenCall, { session: next, before }: SignedIn) => {
    keep(call, next)
    const { actor, due } = next
    return {
      me:
        due === 'second-factor'
          ? null
          : await works.run(actor, (unit) => whoAmI(unit, due, connectsCalls)),
      before: before && {
        at: before.at.toISOString(),
        address: before.address,
        device: deviceOf(before.device),
        failures: before.failures,
      },
    }
  }
