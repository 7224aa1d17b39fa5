import { randomBytes, randomUUID } from 'node:crypto'
import { LONGEST_DAYS, TOKEN_ACTIONS, type TokenAction } from '#contract/tokens.ts'
import { audit } from '#platform/audit/audit.ts'
import { addDays, dayOf, instantOf } from '#platform/day.ts'
import { sha256Hex } from '#platform/hash.ts'
import { randomId } from '#platform/random-id.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Actor, Unit } from '#platform/unit.ts'
import type { Works } from '#platform/works.ts'
import { namePeople } from '../name-people.ts'
import { selectUnitsInScope } from '../organisation/unit-store.ts'
import { branchOf, nameUnits } from '../organisation/units.ts'
import { abilities, actionsAt, mayDo, mayDoAt } from '../policy.ts'
import {
  endToken,
  insertToken,
  noteUse,
  selectHeldToken,
  selectToken,
  selectTokens,
  type TokenRow,
} from './service-token-store.ts'

/** A use within a minute of the last one noted is not noted again. */
const NOTED_EVERY_MS = 60_000

/** What may be given to a token by who has `own`: no more than that, and not what is for people. */
const givable = (own: ReadonlySet<string>): TokenAction[] =>
  TOKEN_ACTIONS.filter((action) => own.has(action))

const latestDay = (unit: Unit) => addDays(dayOf(unit.now), LONGEST_DAYS - 1)

export type TokenWish = Readonly<{
  unitId: string
  name: string
  actions: readonly TokenAction[]
  /** The last day on which it holds. */
  lastDay: string
}>

/**
 * Makes a token that acts in one unit and below it. The token is told here and never again: only
 * its hash is kept. @throws Refusal `not-allowed`, `unit-unknown`, `token-days-too-many`,
 * `token-action-not-given`.
 */
export async function makeToken(unit: Unit, wish: TokenWish) {
  mayDo(unit.actor, 'token:write')
  const { unitId, name, lastDay } = wish
  if (!(await selectUnitsInScope(unit)).includes(unitId))
    throw new Refusal('not-found', 'unit-unknown', { unit: unitId })
  const latest = latestDay(unit)
  if (lastDay < dayOf(unit.now) || lastDay > latest)
    throw new Refusal('invalid', 'token-days-too-many', { latest })
  await mayDoAt(unit, unitId, 'token:write')
  const own = new Set<string>(givable(await actionsAt(unit, unitId)))
  const actions = [...new Set(wish.actions)].sort()
  for (const action of actions)
    if (!own.has(action)) throw new Refusal('forbidden', 'token-action-not-given', { action })
  const tokenId = `gk_${randomId()}`
  const token = `${tokenId}_${randomBytes(32).toString('base64url')}`
  const kept = await insertToken(unit, {
    ...{ tokenId, unitId, name, actions, ticket: randomUUID(), secretSha256: sha256Hex(token) },
    expiresAt: instantOf(addDays(lastDay, 1), '00:00'),
  })
  if (!kept) throw new Refusal('forbidden', 'not-allowed', { action: 'token:write' })
  await auditToken(unit, 'token.made', tokenId, {
    ...{ unitId, lastDay, actions: actions.join(' ') },
  })
  return { token, made: await told(unit, tokenId) }
}

/** @throws Refusal `not-allowed`, `token-unknown` for one out of scope or ended. */
export async function revokeToken(unit: Unit, tokenId: string): Promise<void> {
  mayDo(unit.actor, 'token:write')
  const row = await selectToken(unit, tokenId)
  if (!row || !(await endToken(unit, tokenId)))
    throw new Refusal('not-found', 'token-unknown', { token: tokenId })
  await auditToken(unit, 'token.revoked', tokenId, { unitId: row.unitId })
}

/** The tokens in scope, ended ones included, and what the actor may give to a new one. */
export async function listTokens(unit: Unit) {
  mayDo(unit.actor, 'token:write')
  const rows = await selectTokens(unit)
  return {
    tokens: await asTold(unit, rows),
    actions: givable(new Set(abilities(unit.actor))),
    latest: latestDay(unit),
  }
}

/**
 * The system behind an `Authorization` header; its ticket has the scope and its actions are its own
 * alone. Undefined without a header. @throws Refusal `token-not-valid` for any header that is not
 * `Bearer` and a token in force.
 */
export async function tokenActor(
  works: Works,
  authorization: string | undefined,
): Promise<Actor | undefined> {
  if (authorization === undefined) return undefined
  const [, token = ''] = /^Bearer ([\x21-\x7e]{1,200})$/i.exec(authorization) ?? []
  return works.run(works.system, async (unit) => {
    const held = await selectHeldToken(unit, sha256Hex(token))
    if (!held) throw new Refusal('unauthenticated', 'token-not-valid')
    if (!held.usedAt || unit.now.getTime() - held.usedAt.getTime() >= NOTED_EVERY_MS)
      await noteUse(unit, held.tokenId)
    const { tokenId, ticket, actions } = held
    return { kind: 'token', id: tokenId, ticket, can: new Set(actions) }
  })
}

async function told(unit: Unit, tokenId: string) {
  const row = await selectToken(unit, tokenId)
  const [made] = await asTold(unit, row ? [row] : [])
  if (!made) throw new Error(`the token ${tokenId} was made and is not there`)
  return made
}

async function asTold(unit: Unit, rows: readonly TokenRow[]) {
  const whoIs = await namePeople(
    unit,
    rows.map(({ madeBy }) => madeBy),
  )
  const called = await nameUnits(
    unit,
    rows.map(({ unitId }) => unitId),
  )
  return rows.map((row) => ({
    tokenId: row.tokenId,
    name: row.name,
    unit: { unitId: row.unitId, name: called(row.unitId) },
    actions: [...row.actions],
    madeAt: row.madeAt.toISOString(),
    madeBy: whoIs(row.madeBy),
    lastDay: addDays(dayOf(row.expiresAt), -1),
    usedAt: row.usedAt?.toISOString() ?? null,
    revokedAt: row.revokedAt?.toISOString() ?? null,
    standing: standingOf(row, unit.now),
  }))
}

function standingOf({ revokedAt, expiresAt }: TokenRow, now: Date) {
  if (revokedAt) return 'revoked' as const
  return expiresAt <= now ? ('expired' as const) : ('in-force' as const)
}

async function auditToken(
  unit: Unit,
  action: 'token.made' | 'token.revoked',
  tokenId: string,
  values: Readonly<Record<string, string>> & { unitId: string },
): Promise<void> {
  const branchId = await branchOf(unit, values.unitId)
  audit(unit, { branchId, action, about: { kind: 'token', id: tokenId }, values })
}
