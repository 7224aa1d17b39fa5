import type { z } from 'zod'
import type { TaskResult } from '#contract/tasks.ts'
import { addDays } from '#platform/day.ts'
import { told } from '../../task-results.ts'
import { chance, uuidOf } from './chance.ts'
import { DAY } from './world.ts'

/** What somebody tells of a visit: when it truly was, and the body that the phone seals. */
export type Said = Readonly<{
  staffId: string
  taskId: string
  /** The instant, whatever the clock of the phone says. */
  at: string
  body: z.input<typeof TaskResult>
}>

/** A door that somebody goes to. */
export type Door = Readonly<{ taskId: string; subscriberId: string }>

/** What comes of a visit, of a hundred; what is missing is never gone to. */
const OF_A_HUNDRED = [
  ...([30, 'done', 15, 'promised', 12, 'refused', 23, 'not_at_home'] as const),
  ...([4, 'moved', 5, 'competitor', 3, 'wrong_data', 4, 'handed_over'] as const),
] as const
type Result = Said['body']['result']

/** What comes of the visit of a person to a subscriber; undefined: the door is not reached. */
export function fateOf(staffId: string, { subscriberId }: Door): Result | undefined {
  let left = chance(100, 'fate', staffId, subscriberId)
  for (let at = 0; at < OF_A_HUNDRED.length; at += 2) {
    left -= Number(OF_A_HUNDRED[at])
    if (left < 0) return OF_A_HUNDRED[at + 1] as Result
  }
  return undefined
}

/** An instant of the day by the clock of the branch, `HH:MM`. */
export const atClock = (clock: string): string => new Date(`${DAY}T${clock}:00+08:00`).toISOString()
export const later = (at: string, minutes: number): string =>
  new Date(Date.parse(at) + minutes * 60_000).toISOString()

const ORDERS = ['renewal', 'renewal', 'renewal', 'new', 'box', 'third_party', 'payment'] as const
/** Why they let it end, as some say who refuse. */
const WHYS = ['price', 'unused', 'trouble', 'unknown', null, null] as const
const SCOPES = ['all', 'channel', 'offer'] as const

/** Says a result, with what its form asks for; `colleague` is to whom a task is handed over. */
export function say(
  visit: Readonly<{ staffId: string; door: Door; at: string; colleague: string }>,
  result: Result,
): Said {
  const { staffId, door, at, colleague } = visit
  const pick = (below: number, what: string) => chance(below, what, staffId, door.subscriberId)
  const parts = {
    done: () => ({
      done: {
        ...{ what: ORDERS[pick(ORDERS.length, 'order')] ?? 'other', product: null },
        ...{ amountFen: 70_800, receipt: null },
      },
    }),
    promised: () => ({ promised: { on: addDays(DAY, 1 + pick(7, 'promise')) } }),
    refused: () => ({
      refused: { scope: SCOPES[pick(3, 'scope')] ?? 'all', until: null },
      reason: WHYS[pick(WHYS.length, 'why')] ?? null,
    }),
    not_at_home: () => ({
      notAtHome: { tryAgain: pick(4, 'again') === 0 ? addDays(DAY, 2) : null },
    }),
    moved: () => ({ moved: { field: 'address' as const } }),
    competitor: () => ({
      competitor: { operator: '其他运营商', monthlyFeeFen: 5_900, expiresOn: null },
    }),
    wrong_data: () => ({ wrongData: { field: 'phone' as const } }),
    handed_over: () => ({ handedOver: { to: colleague } }),
  } satisfies Record<Result, () => object>
  const resultId = uuidOf('result', staffId, door.taskId)
  const body = told({ ...parts[result](), resultId, result, at }) as unknown as Said['body']
  return { staffId, taskId: door.taskId, at, body }
}
