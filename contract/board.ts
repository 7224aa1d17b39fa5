import { z } from 'zod'
import { Count, Day, type Endpoint, Id, InBranch, Instant } from './endpoint.ts'
import { DayCounts } from './tasks.ts'

/** What a number of the board counts, and so which tasks stand behind it. */
export const BoardPart = z.enum([
  'done',
  'promised',
  'refused',
  'notAtHome',
  'otherwise',
  'left',
  'takenBack',
  'order',
])
export type BoardPart = z.infer<typeof BoardPart>

/** How the tasks of a row stand; their parts add up to what is planned. */
export const BoardCounts = DayCounts.extend({
  /** Nobody’s until they are given to somebody: not among the planned. */
  takenBack: Count,
  /** Tasks of which a renewal, a new line, an old box or a third party’s order was told on the day. */
  orders: Count,
}).meta({ id: 'BoardCounts' })

/** Somebody of the board, with what is left and when something was told last. */
const OnBoard = z.object({
  staffId: Id,
  staffName: z.string(),
  unitName: z.string().nullable(),
  left: Count,
  /** How many results were told on the day. */
  told: Count,
  lastAt: Instant.nullable(),
})

export const BoardLevel = z.enum(['zone', 'hall', 'grid', 'person'])

export const readBoard = {
  operationId: 'readBoard',
  method: 'GET',
  path: '/branches/:branchId/board',
  needs: 'worklist:read-all',
  summary: { zh: '实时看板', en: 'How a day stands, by zone, hall, grid or person' },
  params: InBranch,
  query: z.object({
    date: Day.optional(),
    by: BoardLevel.default('zone'),
    unit: Id.optional(),
  }),
  response: z.object({
    date: Day,
    asOf: Instant,
    total: BoardCounts,
    /** Tasks count where the household lives, and with whom they are; orders with who told them. */
    rows: z.array(
      BoardCounts.extend({ key: Id, rowName: z.string(), unitName: z.string().nullable() }),
    ),
    /** Has work left and told nothing since `since`; null before the first hour of asking. */
    quiet: z.object({ since: Instant.nullable(), people: z.array(OnBoard) }),
    /** Told three results or more, and met nobody. */
    onlyNotAtHome: z.array(OnBoard),
    /** Each day has an order (每日必有单): whoever has tasks and none yet. */
    withoutOrder: z.array(OnBoard),
  }),
  refusals: ['branch-unknown'],
} as const satisfies Endpoint
