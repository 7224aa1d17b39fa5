import { type Draws, stream } from './draws.ts'
import { staffName, staffNumber } from './people.ts'
import { type Grid, type Hall, HOUSEHOLDS_PER_GRID, type Territory } from './territory.ts'

/** Tasks a working day by touchpoint; absent where the person does no such tasks. */
type Capacity = Readonly<{ door?: number; call?: number; hall?: number; install?: number }>
export type StaffMember = Readonly<{
  staffId: string
  name: string
  phone: string
  account: string
  role: string
  unitId: string
  skills: string
  capacity: Capacity
  days: string
  agency: string
}>
/** Everybody, and who may have touched a subscriber of a grid. */
export type Staff = Readonly<{
  members: readonly StaffMember[]
  sellersOf: (grid: Grid) => readonly StaffMember[]
  clerksOf: (hall: Hall) => readonly StaffMember[]
  installersOf: (hall: Hall) => readonly StaffMember[]
  hotline: readonly StaffMember[]
  retention: readonly StaffMember[]
  /** Who leads a unit: the branch, a zone, a hall, a grid. */
  headOf: ReadonlyMap<string, string>
}>

const SELLERS_PER_GRID = 5
/** Door tasks a day of the five sellers of a grid; the community manager has twenty. */
const SELLER_DOORS = [18, 20, 20, 22, 25] as const
const EVERY_DAY = '1234567'
const WEEKDAYS = '12345'
const NAMES = stream('staff names')

type Post = Readonly<{
  code: string
  account: string
  role: string
  unitId: string
  skills?: string
  capacity?: Capacity
  days?: string
  agency?: string
}>

/** Mans the territory by the norms: who leads it, who sells, who calls, who installs. */
export function manTerritory(chance: Draws, territory: Territory): Staff {
  const members: StaffMember[] = []
  const headOf = new Map<string, string>()
  const branch = territory.branchId.slice(3)
  const hire = (post: Post): StaffMember => {
    const nth = members.length + 1
    const member = {
      staffId: `S${branch}${post.code}`,
      name: staffName(chance, (NAMES + nth) >>> 0),
      phone: staffNumber(nth),
      account: post.account,
      role: post.role,
      unitId: post.unitId,
      skills: post.skills ?? '',
      capacity: post.capacity ?? {},
      days: post.days ?? WEEKDAYS,
      agency: post.agency ?? '',
    }
    members.push(member)
    return member
  }
  const lead = (member: StaffMember) => headOf.set(member.unitId, member.staffId)
  const households = territory.halls.reduce((sum, hall) => sum + hall.households, 0)
  const office = hireOffice(hire, lead, territory.branchId, households)
  for (const [at, zone] of territory.zones.entries()) {
    const post = { code: `Z${at + 1}`, account: `pianqu${at + 1}`, role: 'zone_manager' }
    lead(hire({ ...post, unitId: zone.unitId }))
  }
  const clerks = new Map<string, StaffMember[]>()
  const installers = new Map<string, StaffMember[]>()
  const crews = new Map<string, StaffMember[]>()
  for (const hall of territory.halls) {
    const [counter, field] = hireHall(hire, lead, hall)
    clerks.set(hall.unitId, counter)
    installers.set(hall.unitId, field)
    for (const [at, grid] of hall.grids.entries())
      crews.set(grid.unitId, hireCrew(hire, lead, hall, grid, at + 1))
  }
  return {
    members,
    headOf,
    ...office,
    sellersOf: (grid) => crews.get(grid.unitId) ?? [],
    clerksOf: (hall) => clerks.get(hall.unitId) ?? [],
    installersOf: (hall) => installers.get(hall.unitId) ?? [],
  }
}

type Hire = (post: Post) => StaffMember
type Lead = (member: StaffMember) => void
const two = (value: number) => String(value).padStart(2, '0')
const times = <T>(count: number, make: (nth: number) => T): T[] =>
  Array.from({ length: count }, (_, at) => make(at + 1))

function hireOffice(
  hire: Hire,
  lead: Lead,
  unitId: string,
  households: number,
): Pick<Staff, 'hotline' | 'retention'> {
  lead(hire({ code: 'JL', account: 'jingli', role: 'branch_manager', unitId }))
  hire({ code: 'GL', account: 'guanli', role: 'administrator', unitId })
  hire({ code: 'FX', account: 'fenxi', role: 'analyst', unitId })
  hire({ code: 'SJ', account: 'shenji', role: 'auditor', unitId })
  hire({ code: 'QD', account: 'qudao', role: 'channel_manager', unitId })
  for (const nth of [1, 2])
    hire({ code: `KH${nth}`, account: `kehu${nth}`, role: 'account_manager', unitId })
  hire({ code: 'RZ', account: 'zhichang', role: 'support_lead', unitId, days: EVERY_DAY })
  const hotline = times(Math.max(4, Math.ceil(households / 20_000)), (nth) =>
    hire({
      ...{ code: `RX${two(nth)}`, account: `rexian${two(nth)}`, role: 'hotline_agent', unitId },
      ...{ capacity: { call: 60 }, days: EVERY_DAY, skills: 'tv|broadband|mobile' },
    }),
  )
  const retention = times(Math.max(2, Math.ceil(households / 60_000)), (nth) =>
    hire({
      ...{ code: `WW${two(nth)}`, account: `weiwan${two(nth)}`, role: 'retention_agent', unitId },
      ...{ capacity: { call: 40 }, skills: 'tv|broadband|mobile|retention' },
    }),
  )
  return { hotline, retention }
}

function hireHall(hire: Hire, lead: Lead, hall: Hall): [StaffMember[], StaffMember[]] {
  const { unitId } = hall
  const number = two(hall.number)
  const norm = Math.ceil(hall.households / HOUSEHOLDS_PER_GRID)
  const manager = { code: `H${number}D`, account: `tingzhang${number}`, role: 'hall_manager' }
  lead(hire({ ...manager, unitId, capacity: { hall: 20 }, days: '123456' }))
  const clerks = times((hall.urban ? 3 : 1) + Math.max(1, norm), (nth) =>
    hire({
      ...{ code: `H${number}Y${two(nth)}`, account: `yingye${number}${two(nth)}`, unitId },
      ...{
        role: 'hall_clerk',
        capacity: { hall: 40 },
        days: EVERY_DAY,
        skills: 'tv|broadband|mobile',
      },
    }),
  )
  const installers = times(1 + Math.max(1, norm), (nth) =>
    hire({
      ...{ code: `H${number}A${two(nth)}`, account: `zhuangwei${number}${two(nth)}`, unitId },
      ...{ role: 'installer', capacity: { install: 6 }, days: '123456', skills: 'tv|broadband|hd' },
    }),
  )
  if (!hall.urban)
    for (const nth of [1, 2])
      hire({
        ...{ code: `H${number}C${two(nth)}`, account: `daiban${number}${two(nth)}`, unitId },
        ...{ role: 'village_agent', days: EVERY_DAY, agency: '村级代办' },
      })
  return [clerks, installers]
}

function hireCrew(hire: Hire, lead: Lead, hall: Hall, grid: Grid, nth: number): StaffMember[] {
  const { unitId } = grid
  const code = `H${two(hall.number)}G${nth}`
  const at = `${two(hall.number)}${two(nth)}`
  const shared = { unitId, days: EVERY_DAY, skills: 'tv|broadband|mobile|hd' }
  const manager = { ...shared, code: `${code}S`, account: `shequ${at}`, role: 'community_manager' }
  const owner = hire({ ...manager, capacity: { door: 20 } })
  lead(owner)
  const sellers = times(SELLERS_PER_GRID, (seller) =>
    hire({
      ...{ ...shared, code: `${code}W${seller}`, account: `weixiao${at}${two(seller)}` },
      ...{ role: 'micro_seller', agency: `微代理${code}` },
      capacity: { door: SELLER_DOORS[seller - 1] ?? 20 },
    }),
  )
  return [owner, ...sellers]
}
