import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkAssignment } from '../../test/plan-checker.ts'
import { assign } from './assignment.ts'
import { type CrewUnit, HANDS_ON, type HandsOn, layOut, type Member } from './crews.ts'
import { imbalancesOf, loadsOf } from './imbalance.ts'
import { whyUnassigned } from './unassigned.ts'

const unit = (unitId: string, parentId: string | null, kind: string): CrewUnit => ({
  unitId,
  parentId,
  kind,
  name: unitId,
})
const COUNTY = [
  unit('B', '3706', 'branch'),
  unit('Z', 'B', 'zone'),
  unit('H', 'Z', 'hall'),
  unit('G1', 'H', 'grid'),
  unit('G2', 'H', 'grid'),
  unit('H2', 'Z', 'hall'),
  unit('G3', 'H2', 'grid'),
]
const NONE = { door: 0, installer: 0, hall: 0, call_out: 0 }
const person = (
  staffId: string,
  unitId: string,
  capacity: Partial<Member['capacity']>,
  ...skills: string[]
) => ({ staffId, unitId, works: true, capacity: { ...NONE, ...capacity }, skills }) satisfies Member

type Wanted = Readonly<{ home: string; wish: readonly HandsOn[]; skill?: string | null }>
/** Assigns `wanted` in the order given and says who got which of them. */
function plan(
  units: readonly CrewUnit[],
  people: readonly Member[],
  wanted: readonly Wanted[],
  mayOverflow = true,
) {
  const crews = layOut(units, people)
  const wishes = wanted.map(({ wish }) => wish)
  const skills = wanted.map(({ skill = null }) => skill)
  const demand = {
    crew: Int32Array.from(wanted, ({ home }) => crews.placeOf(home) ?? -1),
    wish: Uint16Array.from(wanted.keys()),
    route: Int32Array.from(wanted.keys(), (place) => (place * 7919) % 10_007),
    ...{ wishes, skills },
  }
  const assignment = assign(crews, demand, { mayOverflow })
  const tasks = wanted.map(({ home, wish, skill = null }, i) => {
    const holder = crews.people[assignment.person[i] ?? -1]
    return {
      ...{ home, wish, skill },
      staffId: holder?.staffId ?? null,
      touchpoint: HANDS_ON[assignment.touchpoint[i] ?? -1] ?? null,
      reason: holder
        ? null
        : whyUnassigned(crews, { mayOverflow }, crews.placeOf(home) ?? -1, {
            open: wish,
            mayBeMet: wish.length > 0,
            skill,
          }).code,
    }
  })
  return { crews, tasks, imbalances: imbalancesOf(crews, loadsOf(crews, assignment)) }
}
const many = (count: number, home: string, ...wish: HandsOn[]): Wanted[] =>
  Array.from({ length: count }, () => ({ home, wish }))
const held = (tasks: ReturnType<typeof plan>['tasks'], staffId: string) =>
  tasks.filter((task) => task.staffId === staffId).length

test('a crew of equals shares the grid to the single task', () => {
  const crew = ['a', 'b', 'c'].map((id) => person(id, 'G1', { door: 30 }))
  const { tasks } = plan(COUNTY, crew, many(50, 'G1', 'door'))
  expect(['a', 'b', 'c'].map((id) => held(tasks, id))).toEqual([17, 17, 16])
})

test('who has half the capacity gets half the load', () => {
  const crew = [person('a', 'G1', { door: 30 }), person('b', 'G1', { door: 15 })]
  const { tasks } = plan(COUNTY, crew, many(30, 'G1', 'door'))
  expect([held(tasks, 'a'), held(tasks, 'b')]).toEqual([20, 10])
})

test('a full crew hands over inside its hall before its zone, and its own grid comes first', () => {
  const people = ['G1', 'G2', 'G3'].map((grid) => person(`of-${grid}`, grid, { door: 10 }))
  const wanted = [...many(18, 'G1', 'door'), ...many(4, 'G2', 'door')]
  const { tasks } = plan(COUNTY, people, wanted)
  expect(['of-G1', 'of-G2', 'of-G3'].map((id) => held(tasks, id))).toEqual([10, 10, 2])
  expect(tasks.slice(18).map((task) => task.staffId)).toEqual(Array(4).fill('of-G2'))
})

test('a branch that forbids it leaves the surplus unassigned, for want of capacity', () => {
  const people = ['G1', 'G2'].map((grid) => person(`of-${grid}`, grid, { door: 10 }))
  const { tasks } = plan(COUNTY, people, many(12, 'G1', 'door'), false)
  expect(tasks.map((task) => task.reason).filter(Boolean)).toEqual(['no_capacity', 'no_capacity'])
})

test('the first touchpoint with room is taken, in the order the campaign prefers', () => {
  const people = [person('seller', 'G1', { door: 1 }), person('hotline', 'B', { call_out: 1 })]
  const { tasks } = plan(COUNTY, people, many(3, 'G1', 'door', 'call_out'))
  expect(tasks.map((task) => task.touchpoint)).toEqual(['door', 'call_out', null])
})

test('somebody above the crew of equal capacity is evened out with it', () => {
  const people = [person('a', 'G1', { door: 20 }), person('b', 'H', { door: 20 })]
  const { tasks, imbalances } = plan(COUNTY, people, many(20, 'G1', 'door'))
  expect([held(tasks, 'a'), held(tasks, 'b')]).toEqual([10, 10])
  expect(imbalances).toEqual([])
})

const cables = (count: number, home: string): Wanted[] =>
  Array.from({ length: count }, () => ({ home, wish: ['door'], skill: 'cables' }))

test('what needs a skill goes to those who have it, and what anybody may do around it', () => {
  const people = [person('a', 'G1', { door: 10 }), person('b', 'G1', { door: 10 }, 'cables')]
  const { tasks } = plan(COUNTY, people, [...many(12, 'G1', 'door'), ...cables(8, 'G1')])
  expect(['a', 'b'].map((id) => held(tasks, id))).toEqual([10, 10])
  expect(tasks.slice(12).map((task) => task.staffId)).toEqual(Array(8).fill('b'))
})

test('nobody is full of what others can do while few can do the rest, whatever comes first', () => {
  const people = [
    person('a', 'G1', { door: 4 }, 'cables', 'boxes'),
    person('b', 'G1', { door: 4 }, 'boxes'),
    person('c', 'G1', { door: 4 }),
  ]
  const boxes = cables(4, 'G1').map((each) => ({ ...each, skill: 'boxes' }))
  const { tasks } = plan(COUNTY, people, [...many(4, 'G1', 'door'), ...boxes, ...cables(4, 'G1')])
  expect(tasks.map((task) => task.staffId)).toEqual(
    ['c', 'b', 'a'].flatMap((id) => Array(4).fill(id)),
  )
})

test('a load that ownership forces away from the peers is named', () => {
  const people = ['G1', 'G2'].map((grid) => person(`of-${grid}`, grid, { door: 30 }))
  const { imbalances } = plan(COUNTY, people, [...many(20, 'G1', 'door'), ...many(4, 'G2', 'door')])
  expect(imbalances.map((one) => [one.staffId, one.load, one.peersMean, one.forcedBy])).toEqual([
    ['of-G1', 20, 12, 'ownership'],
    ['of-G2', 4, 12, 'ownership'],
  ])
})

test.each([
  { because: 'only messages are left', people: [], wish: [], code: 'no_sender' },
  { because: 'nobody is posted there', people: [], wish: ['door'], code: 'no_owner' },
  {
    because: 'the only one there is off',
    people: [{ ...person('a', 'G1', { door: 9 }), works: false }],
    wish: ['door'],
    code: 'nobody_works',
  },
  {
    because: 'the only one who could has not learned it',
    people: [person('a', 'G1', { door: 9 }, 'boxes')],
    wish: ['door'],
    skill: 'cables',
    code: 'no_skill',
  },
  {
    because: 'the only one who learned it is off',
    people: [
      person('a', 'G1', { door: 9 }),
      { ...person('b', 'H', { door: 9 }, 'cables'), works: false },
    ],
    wish: ['door'],
    skill: 'cables',
    code: 'nobody_works',
  },
  {
    because: 'a neighbouring zone’s crew is out of reach',
    people: [person('a', 'B', { hall: 9 })],
    wish: ['door'],
    code: 'no_owner',
  },
] as const)('unassigned as $code: $because', ({ people, wish, code, ...needs }) => {
  expect(plan(COUNTY, people, [{ home: 'G1', wish, ...needs }]).tasks[0]?.reason).toBe(code)
})

test('each person’s part of a grid is one piece of the route', () => {
  const people = ['a', 'b'].map((id) => person(id, 'G1', { door: 30 }))
  const { tasks } = plan(COUNTY, people, many(40, 'G1', 'door'))
  const along = tasks
    .map((task, place) => ({ ...task, route: (place * 7919) % 10_007 }))
    .sort((one, other) => one.route - other.route)
    .map((task) => task.staffId)
  expect(along).toEqual([...Array(20).fill('a'), ...Array(20).fill('b')])
})

/** Counties of every shape: zones, halls and grids, some levels left out, people anywhere. */
const county = fc
  .array(fc.tuple(fc.nat(99), fc.constantFrom('zone', 'hall', 'grid')), {
    maxLength: 14,
    size: 'max',
  })
  .map((made) => {
    const rank = ['branch', 'zone', 'hall', 'grid']
    const units = [unit('B', '3706', 'branch')]
    for (const [number, [pick, kind]] of made.entries()) {
      const parents = units.filter((other) => rank.indexOf(other.kind) < rank.indexOf(kind))
      units.push(unit(`U${number}`, parents[pick % parents.length]?.unitId ?? 'B', kind))
    }
    return units
  })
const capacities = fc.record({
  door: fc.constantFrom(0, 3, 3, 6),
  installer: fc.constantFrom(0, 0, 2),
  hall: fc.constantFrom(0, 4),
  call_out: fc.constantFrom(0, 0, 5),
})
const SKILLS = ['boxes', 'cables', 'phones']
const skills = fc.oneof(fc.constant([]), fc.subarray(SKILLS))
const skill = fc.oneof(fc.constant(null), fc.constantFrom(null, ...SKILLS))
const branchDay = county.chain((units) => {
  const anyUnit = fc.constantFrom(...units.map(({ unitId }) => unitId))
  return fc.record({
    units: fc.constant(units),
    people: fc
      .array(fc.record({ unitId: anyUnit, works: fc.boolean(), capacity: capacities, skills }), {
        maxLength: 20,
        size: 'max',
      })
      .map((people) =>
        people.map((one, number) => ({
          ...one,
          works: one.works || number % 3 > 0,
          staffId: `P${number}`,
        })),
      ),
    wanted: fc.array(
      fc.record({ home: anyUnit, wish: fc.shuffledSubarray([...HANDS_ON]), skill }),
      { maxLength: 120, size: 'max' },
    ),
    mayOverflow: fc.boolean(),
  })
})

test('in any county the independent checker finds nothing wrong', () => {
  fc.assert(
    fc.property(branchDay, ({ units, people, wanted, mayOverflow }) => {
      const { tasks, imbalances } = plan(units, people, wanted, mayOverflow)
      expect(
        checkAssignment({ units, people, mayOverflow, candidates: tasks, imbalances }),
      ).toEqual([])
    }),
    { numRuns: 300, seed: 20_261_121 },
  )
})

test('the order in which units and people are given changes nothing', () => {
  fc.assert(
    fc.property(branchDay, ({ units, people, wanted, mayOverflow }) => {
      const one = plan(units, people, wanted, mayOverflow)
      const other = plan(units.toReversed(), people.toReversed(), wanted, mayOverflow)
      expect(other.tasks).toEqual(one.tasks)
    }),
    { numRuns: 60, seed: 7 },
  )
})
