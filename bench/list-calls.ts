import { addDays } from '#platform/day.ts'
import { drawing } from '#platform/optimise/drawing.ts'
import { BRANCH, PLANNED } from './county.ts'

/** What lists can be asked about. */
export type There = Readonly<{
  units: readonly Readonly<{ unitId: string; kind: string }>[]
  planId: string
  /** Sessions of people of different rank. */
  tokens: readonly string[]
}>

/** One call of a list, on behalf of somebody. */
export type Asked = Readonly<{ list: string; url: string; token: string }>

type Query = Readonly<Record<string, string>>
type List = Readonly<{
  list: string
  path(there: There): string
  always?: Query
  sorts: readonly (string | null)[]
  filters: readonly Query[]
}>

const BRANCH_PATH = `/branches/${BRANCH}`
const LISTS: readonly List[] = [
  {
    list: 'subscribers',
    path: () => `${BRANCH_PATH}/subscribers`,
    sorts: [
      ...[null, '-contractEnd', 'subscriberId', 'name', '-name'],
      ...['-monthlyFeeFen', 'arrearsFen', '-arrearsFen'],
    ],
    filters: [
      {},
      { status: 'active' },
      { status: 'terminated' },
      { lapsed: 'true' },
      { lapsed: 'false', status: 'active' },
      { endsFrom: PLANNED, endsTo: addDays(PLANNED, 31) },
      { search: '1234' },
      { search: 'wm' },
      { search: '村' },
    ],
  },
  {
    list: 'tasks',
    path: () => `${BRANCH_PATH}/tasks`,
    always: { date: PLANNED },
    sorts: [null, '-priority', 'dueOn', 'unit', 'campaign'],
    filters: [{}, { touchpoint: 'door' }, { touchpoint: 'call_out' }, { campaign: 'renewal-due' }],
  },
  {
    list: 'worklists',
    path: () => `${BRANCH_PATH}/worklists`,
    always: { date: PLANNED },
    sorts: [null, 'name', '-valueFen', 'people'],
    filters: ['zone', 'hall', 'grid', 'person', 'campaign'].map((by) => ({ by })),
  },
  {
    list: 'decisions',
    path: ({ planId }) => `${BRANCH_PATH}/plans/${planId}/decisions`,
    sorts: [null, '-priority'],
    filters: [
      {},
      { outcome: 'unassigned', reason: 'no_capacity' },
      { outcome: 'suppressed' },
      { campaign: 'renewal-due', outcome: 'assigned' },
    ],
  },
  {
    list: 'staff',
    path: () => '/organisation/staff',
    sorts: [null, 'name'],
    filters: [{}, { role: 'community_manager' }],
  },
  {
    list: 'expiry calendar',
    path: () => `${BRANCH_PATH}/expiry-calendar`,
    always: { from: PLANNED, to: addDays(PLANNED, 35) },
    sorts: [null],
    filters: [{}],
  },
]

const LEVELS = ['branch', 'zone', 'hall', 'grid'] as const

/** So many calls, drawn the same in every run; half of them of the list of subscribers. */
export function drawCalls(calls: number, there: There): Asked[] {
  const draw = drawing(20261119)
  const one = <T>(of: readonly T[]): T => of[Math.floor(draw() * of.length)] as T
  return Array.from({ length: calls }, (_, nth) => {
    const { list, path, always, sorts, filters } = nth % 2 ? one(LISTS) : (LISTS[0] as List)
    const level = one(LEVELS)
    const unit = one(there.units.filter(({ kind }) => kind === level)).unitId
    const sort = one(sorts)
    const query = { ...always, unit, ...(sort && { sort }), ...one(filters) }
    return {
      list,
      url: `${path(there)}?${new URLSearchParams(query)}`,
      // Who is lower in the tree sees less of it; the units asked for are not always in scope.
      token: one(there.tokens),
    }
  })
}
