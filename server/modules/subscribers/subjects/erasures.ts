import { randomUUID } from 'node:crypto'
import type { ErasureGround, ErasureState } from '#contract/subject.ts'
import { actionsAt, mayDoInBranch, namePeople, tiedTo } from '#people'
import { audit } from '#platform/audit/audit.ts'
import type { Jobs } from '#platform/jobs.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Unit } from '#platform/unit.ts'
import type { Works } from '#platform/works.ts'
import { selectHousehold } from '../cards/card-store.ts'
import { readCard } from '../cards/cards.ts'
import {
  type ErasureRecord,
  insertErasure,
  selectAsked,
  selectErasure,
  selectErasures,
  updateErasureDecision,
} from './erasure-store.ts'
import { lastSaid } from './known-of.ts'

type Of = Readonly<{ branchId: string; erasureId: string }>
type Asked = Readonly<{
  subscriberId: string
  household: boolean
  ground: ErasureGround
  number: string
}>

/**
 * Puts down that a person asks to be erased, alone or with the household; nothing is erased before
 * somebody else has approved. Refused while the contract has to be performed or money is owed.
 * @throws Refusal `branch-unknown`, `not-allowed`, `subscriber-unknown`, `erasure-under-contract`,
 * `erasure-owes`, `erasure-asked`.
 */
export async function requestErasure(unit: Unit, works: Works, branchId: string, asked: Asked) {
  await mayDoInBranch(unit, branchId, 'subject:erase')
  if (unit.actor.kind !== 'person') throw new Refusal('forbidden', 'not-for-tokens')
  const { subscriberId, household, ground, number } = asked
  const card = await readCard(unit, branchId, subscriberId)
  const home = card && household ? await selectHousehold(unit, branchId, card.householdId) : []
  const subscriberIds = [...new Set([subscriberId, ...home.map((each) => each.subscriberId)])]
  for (const each of subscriberIds) await mayBeErased(unit, works, branchId, each)
  const [before] = await selectAsked(unit, { branchId, subscriberIds })
  if (before !== undefined) throw new Refusal('conflict', 'erasure-asked', { subscriber: before })
  const erasureId = randomUUID()
  await insertErasure(unit, { branchId, erasureId, subscriberIds, ground, number })
  tell(unit, 'erasure.requested', { branchId, erasureId }, { ground, number })
  const record = await found(unit, { branchId, erasureId })
  const [shown] = await shownErasures(unit, works, branchId, [record])
  if (!shown) throw new Error('one request is shown as one row')
  return shown
}

/** The requests of a branch, the latest first. @throws Refusal `branch-unknown`, `not-allowed` */
export async function listErasures(
  unit: Unit,
  works: Works,
  of: Readonly<{ branchId: string; cursor?: string | undefined; limit: number }>,
) {
  await mayDoInBranch(unit, of.branchId, 'subject:erase')
  const { rows, ...page } = await selectErasures(unit, of)
  return { rows: await shownErasures(unit, works, of.branchId, rows), ...page }
}

/**
 * Approves or declines what somebody else put down; approved, it is erased at once. Approving again
 * one whose erasing was cut short has it go on.
 * @throws Refusal `erasure-unknown`, `erasure-own-request`, `second-person-tied`, `erasure-decided`,
 * `erasure-note-missing`, `not-allowed`, `erasure-under-contract`, `erasure-owes`.
 */
export async function decideErasure(
  unit: Unit,
  of: Of,
  { approve, note }: Readonly<{ approve: boolean; note: string }>,
  { works, jobs }: Readonly<{ works: Works; jobs: Jobs }>,
): Promise<void> {
  const { branchId } = of
  await mayDoInBranch(unit, branchId, 'subject:approve')
  if (unit.actor.kind !== 'person') throw new Refusal('forbidden', 'not-for-tokens')
  const record = await found(unit, of)
  if (record.requestedBy === unit.actor.id) throw new Refusal('forbidden', 'erasure-own-request')
  if ((await tiedTo(unit, works.system, unit.actor.id)).has(record.requestedBy))
    throw new Refusal('forbidden', 'second-person-tied')
  const again = approve && stateOf(record) === 'approved'
  if (!again) {
    if (!approve && note === '') throw new Refusal('invalid', 'erasure-note-missing')
    if (approve)
      for (const each of record.subscriberIds) await mayBeErased(unit, works, branchId, each)
    // Of an approval nothing is noted: it would outlast the person.
    if (!(await updateErasureDecision(unit, { ...of, approve, note: approve ? null : note })))
      throw new Refusal('conflict', 'erasure-decided')
    const { number } = record
    tell(unit, approve ? 'erasure.approved' : 'erasure.declined', of, { number })
  }
  if (approve)
    await jobs.start(unit, { branchId, kind: 'erase', input: { erasureId: of.erasureId } })
}

/** The contract is performed and paid. Whom no extract brings any more has left. */
async function mayBeErased(
  unit: Unit,
  works: Works,
  branchId: string,
  subscriber: string,
): Promise<void> {
  const card = await readCard(unit, branchId, subscriber)
  const last = card ?? (await lastSaid(works, unit, { branchId, subscriberId: subscriber }))
  if (!last) throw new Refusal('not-found', 'subscriber-unknown', { subscriber })
  if (card && card.status !== 'terminated')
    throw new Refusal('conflict', 'erasure-under-contract', { subscriber })
  if ((last.arrearsFen ?? 0) > 0)
    throw new Refusal('conflict', 'erasure-owes', {
      subscriber,
      yuan: yuanOf(last.arrearsFen ?? 0),
    })
}

const yuanOf = (fen: number): string => (fen / 100).toFixed(2)

async function found(unit: Unit, of: Of): Promise<ErasureRecord> {
  const record = await selectErasure(unit, of)
  if (!record) throw new Refusal('not-found', 'erasure-unknown', { erasure: of.erasureId })
  return record
}

export function stateOf({ approved, doneAt }: ErasureRecord): ErasureState {
  if (approved === null) return 'requested'
  if (!approved) return 'declined'
  return doneAt === null ? 'approved' : 'done'
}

function tell(
  unit: Unit,
  action: `erasure.${'requested' | 'approved' | 'declined'}`,
  { branchId, erasureId }: Of,
  values: Readonly<Record<string, string>>,
): void {
  audit(unit, { branchId, action, about: { kind: 'erasure', id: erasureId }, values })
}

async function shownErasures(
  unit: Unit,
  works: Works,
  branchId: string,
  records: readonly ErasureRecord[],
) {
  const decides = (await actionsAt(unit, branchId)).has('subject:approve')
  const tied = decides ? await tiedTo(unit, works.system, unit.actor.id) : new Set<string>()
  const whoIs = await namePeople(
    unit,
    records.flatMap(({ requestedBy, decidedBy }) => [requestedBy, decidedBy]),
  )
  return records.map((of) => {
    const state = stateOf(of)
    const isSecond = of.requestedBy !== unit.actor.id && !tied.has(of.requestedBy)
    const can = decides && state === 'requested' && isSecond
    return {
      ...{ erasureId: of.erasureId, number: of.number, ground: of.ground as ErasureGround },
      ...{ subscriberIds: [...of.subscriberIds], state },
      ...{ requestedBy: of.requestedBy, requestedByName: whoIs(of.requestedBy) },
      requestedAt: of.requestedAt.toISOString(),
      decidedByName: of.decidedBy === null ? null : whoIs(of.decidedBy),
      decidedAt: of.decidedAt?.toISOString() ?? null,
      decisionNote: of.decisionNote,
      doneAt: of.doneAt?.toISOString() ?? null,
      can: can ? (['decide'] as 'decide'[]) : [],
    }
  })
}
