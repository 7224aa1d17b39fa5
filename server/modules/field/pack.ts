import { sign } from 'node:crypto'
import type { z } from 'zod'
import { openTimes, QUIET_CHANNEL, readCalendarOn } from '#calendar'
import {
  contactRules,
  type Intent,
  type Known,
  knownOf,
  lastTouchesOf,
  mayTouch,
  type Rules,
  sayAgainst,
  TOUCHPOINT_WORDS,
} from '#contacts'
import { DayPack, type PackTask } from '#contract/field.ts'
import type { OnSiteEvent } from '#contract/on-site-event.ts'
import { readBranch, staffOn } from '#people'
import { audit } from '#platform/audit/audit.ts'
import { canonical } from '#platform/canonical.ts'
import { addDays, type Day, dayOf, instantOf } from '#platform/day.ts'
import type { KeyPairs } from '#platform/key-pairs.ts'
import { Refusal } from '#platform/refusal.ts'
import { onBehalfOf, type Unit } from '#platform/unit.ts'
import type { Works } from '#platform/works.ts'
import { crewOn, presentedBy, readPersonList } from '#worklists'
import { lockDevice, type OfDevice, updateSeen } from './device-store.ts'
import { HALF_KEPT_MS, isToWipe, signingPairs, unknownDevice } from './devices.ts'
import { neighboursOf } from './neighbours.ts'

/** The events that the actor goes to and can tell of by a day, as events shows them. */
export type OwnEvents = (
  unit: Unit,
  of: Readonly<{ branchId: string; day: Day }>,
) => Promise<z.input<typeof OnSiteEvent>[]>

const TOUCHPOINTS = Object.keys(TOUCHPOINT_WORDS) as Intent['touchpoint'][]

/**
 * What the actor takes along for today: the own list with what may be said at each door, signed, so
 * that a phone without a network knows it whole and of today. Every one is in the trail.
 * @throws Refusal `branch-unknown`, `staff-unknown`, `device-unknown`, `device-wiped`
 */
export async function readDayPack(
  unit: Unit,
  { works, ownEvents }: Readonly<{ works: Works; ownEvents: OwnEvents }>,
  { branchId, deviceId }: Readonly<{ branchId: string; deviceId: string }>,
) {
  await readBranch(unit, branchId)
  const of = { branchId, deviceId, staffId: unit.actor.id }
  const device = await lockDevice(unit, of) // so that a wipe comes before or after
  if (!device) throw unknownDevice(of)
  if (isToWipe(device)) throw new Refusal('conflict', 'device-wiped', { device: deviceId })
  await updateSeen(unit, of, { inUse: true })
  const events = await ownEvents(unit, { branchId, day: dayOf(unit.now) })
  const content = { ...(await packOf(unit, works, of)), events }
  audit(unit, {
    ...{ branchId, action: 'pack.issued', about: { kind: 'device', id: deviceId } },
    values: { tasks: content.tasks.length, neighbours: content.neighbours.length },
  })
  // A value that is not masked as it should be makes this fail, and nothing leaves.
  return { ...signed(DayPack.parse(content), signingPairs(unit.keys)), serverTime: iso(unit.now) }
}

function signed(content: DayPack, { current }: KeyPairs) {
  const pack = canonical(content)
  const key = { key: current.privateKey, dsaEncoding: 'ieee-p1363' } as const
  const signature = sign('sha256', Buffer.from(pack), key).toString('base64')
  return { pack, signature, keyId: current.keyId }
}

async function packOf(unit: Unit, works: Works, of: OfDevice): Promise<DayPack> {
  const { branchId, staffId, deviceId } = of
  const day = dayOf(unit.now)
  const list = await readPersonList(unit, { branchId, staffId })
  const visits = list.stops.flatMap(({ tasks }) => tasks)
  const calendar = await readCalendarOn(unit, branchId)
  const { neighbours, more } = await neighboursOf(unit, { branchId, visits })
  return {
    ...{ version: 1, branchId, staffId, deviceId, day, issuedAt: iso(unit.now) },
    expiresAt: iso(expiryOf(unit.now)),
    planId: list.planId,
    tasks: await tasksOf(unit, works, { branchId, visits }),
    neighbours,
    moreNeighbours: more,
    quietHours: [...calendar.quietHours],
    colleagues: await colleaguesOf(unit, of, day),
  }
}

/** Who else of the unit of the person works on the day, and on tasks; in order of id. */
async function colleaguesOf(unit: Unit, { branchId, staffId }: OfDevice, day: Day) {
  const [own] = await staffOn(unit, branchId, day, { staffIds: [staffId] })
  if (!own) return []
  const crew = await crewOn(unit, { branchId, unitId: own.unitId, day })
  return crew
    .filter((each) => each.staffId !== staffId)
    .map(({ staffId: id, name }) => ({ staffId: id, name }))
}

/** The end of the day in the branch, and no later than the half of the key. */
function expiryOf(now: Date): Date {
  const midnight = instantOf(addDays(dayOf(now), 1), '00:00').getTime()
  return new Date(Math.min(midnight, now.getTime() + HALF_KEPT_MS))
}

type Visit = Awaited<ReturnType<typeof readPersonList>>['stops'][number]['tasks'][number]
type Visits = Readonly<{ branchId: string; visits: readonly Visit[] }>

async function tasksOf(unit: Unit, works: Works, { branchId, visits }: Visits) {
  if (visits.length === 0) return []
  const subscriberIds = [...new Set(visits.map(({ subscriberId }) => subscriberId))]
  const rules = await contactRules(unit, branchId)
  const asked = { branchId, subscriberIds, policy: rules.policy, staffId: unit.actor.id }
  // A household that is helped out with lives in a unit that the visitor does not see.
  const known = await onBehalfOf(unit, works.system, (own) => knownOf(own, works, asked))
  const last = await lastTouchesOf(unit, { branchId, subscriberIds })
  return visits.map((visit) => {
    const touch = last.get(visit.subscriberId)
    return {
      ...visit,
      gates: gatesOf(
        {
          purpose: visit.purpose,
          offer: presentedBy({ offer: visit.offer.id, campaign: visit.campaign }),
          at: unit.now,
        },
        known.get(visit.subscriberId),
        rules,
      ),
      lastTouch: touch ? { ...touch, at: iso(touch.at) } : null,
    }
  })
}

/** Of whom nothing is known any more, nobody is to be touched. */
function gatesOf(
  about: Omit<Intent, 'touchpoint'>,
  known: Known | undefined,
  rules: Rules,
): PackTask['gates'] {
  if (!known) return []
  const day = dayOf(about.at)
  return TOUCHPOINTS.map((touchpoint) => {
    const intent = { ...about, touchpoint }
    const { may, opens, against } = mayTouch(intent, known, rules)
    return {
      ...{ touchpoint, may, opens: opens && iso(opens) },
      against: against.map((each) => ({
        ...sayAgainst(each, day),
        opens: each.opens && iso(each.opens),
      })),
      open: openOn(intent, rules, day),
    }
  })
}

/** Service comes when it is wanted, and halls and the web disturb nobody. */
function openOn({ touchpoint, purpose }: Intent, { quietHours }: Rules, day: Day) {
  const channel = QUIET_CHANNEL[touchpoint]
  if (channel === null || purpose === 'service')
    return [{ from: iso(instantOf(day, '00:00')), to: iso(instantOf(addDays(day, 1), '00:00')) }]
  return openTimes(quietHours, channel, day).map(({ start, end }) => ({
    from: iso(start),
    to: iso(end),
  }))
}

const iso = (instant: Date): string => instant.toISOString()
