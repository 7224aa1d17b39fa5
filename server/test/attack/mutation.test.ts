import type { Pool } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RunUnit, runUnitOn } from '#platform/unit.ts'
import type { Person } from '../branch.ts'
import { hireCrowd, stepsOf } from './crowd.ts'
import { OPERATIONS } from './document.ts'
import { countRows } from './probe.ts'
import { type Guarded, guardedTables, plantForeign } from './tables.ts'
import { type Step, takeAll, type Walked } from './walk.ts'
import { openWorld, serveLogged, type World } from './world.ts'

/**
 * Tables whose guard stands alone: answers show foreign rows as soon as it is off. Of all others an
 * endpoint asks first whether the branch is in scope, and then names it, or only the system reads
 * them; what the role of a unit would see of them is what the walk over the tables looks at.
 */
const SHOWN_BY_ANSWERS = [
  'people.staff',
  'people.unit',
  'subscribers.card',
  'worklists.tally',
  'worklists.task',
]

let world: World
let tables: Guarded[]
let someone: Person
let steps: Step[]
beforeAll(async () => {
  world = await openWorld()
  tables = await guardedTables(world)
  const crowd = await hireCrowd(world, ['administrator'])
  const inHall = crowd.filter(({ unitId }) => unitId === '370686-H01')
  someone = await world.hire({ unit: '370686-H01', roles: ['administrator', 'auditor'] })
  const questions = OPERATIONS.filter(({ isCommand, id }) => !isCommand && id !== 'listAudit')
  const every = stepsOf(world, inHall, questions, () => [0])
  steps = every.filter(({ aim }) => aim === 'own' || aim === 'sibling' || aim === 'mixed')
}, 300_000)
afterAll(() => world.close(), 120_000)

const TIME = { timeout: 300_000 }
const walk = (at = world.fastify) => takeAll(world, at, steps)
const findingsOf = (walked: readonly Walked[]) => walked.flatMap(({ findings }) => findings)
const digests = (walked: readonly Walked[]) => walked.map(({ digest }) => digest)

/** Does `work` while nothing guards a table. */
async function without<T>(table: string, work: () => Promise<T>): Promise<T> {
  await world.sql(`alter table ${table} disable row level security`)
  try {
    return await work()
  } finally {
    await world.sql(`alter table ${table} enable row level security`)
  }
}

test('with the guard of such a table off, the walk over the answers fails', TIME, async () => {
  const usual = await walk()
  expect(findingsOf(usual), 'everything is guarded').toEqual([])
  for (const name of SHOWN_BY_ANSWERS) {
    const walked = await without(name, () => walk())
    expect(digests(walked), `${name} shows in some answer`).not.toEqual(digests(usual))
    if (name !== 'worklists.tally') expect(findingsOf(walked).length, name).toBeGreaterThan(0)
  }
})

test('a unit that keeps the rights of whoever serves fails the walk', TIME, async () => {
  const { owner, serving } = world.house.ledger
  for (const pool of [owner, serving]) {
    const forgetful = await served(
      runUnitOn(keepingRights(pool), world.clock.now, world.works.keys),
    )
    expect(findingsOf(await walk(forgetful)).length).toBeGreaterThan(10)
    await forgetful.close()
  }
})
const served = (run: RunUnit) => serveLogged({ ...world.house, works: { ...world.works, run } }, [])

/** A pool whose connections do not change their role when a unit asks them to. */
function keepingRights(pool: Pool): Pool {
  const connect = async () => {
    const client = await pool.connect()
    const query = client.query.bind(client) as (...args: unknown[]) => unknown
    const forget = (text: unknown, ...rest: unknown[]) =>
      query(typeof text === 'string' ? text.replace(SWITCH, '') : text, ...rest)
    return Object.assign(Object.create(client), { query: forget })
  }
  return Object.assign(Object.create(pool), { connect })
}
const SWITCH = 'set local role gridkeeper_app;'

test('with the guard of any table off, the walk over the tables fails', TIME, async () => {
  for (const table of tables) await plantForeign(world, table)
  const seen = (name: string) => world.unit(someone, (unit) => countRows(unit, name))
  let refused = 0
  for (const { name, isGranted } of tables) {
    const [all] = await world.sql(`select count(*)::integer as n from ${name}`)
    if (isGranted) {
      expect(await seen(name), `${name}, guarded`).toBeLessThan(Number(all?.n))
      expect(await without(name, () => seen(name)), `${name}, unguarded`).toBe(all?.n)
    } else {
      refused += 1
      await expect(
        without(name, () => seen(name)),
        name,
      ).rejects.toThrow('permission denied')
    }
  }
  console.log(
    `${tables.length} tables: ${tables.length - refused} noticed with their guard off, ${refused} granted to nobody`,
  )
  expect(tables.length).toBeGreaterThan(30)
})
