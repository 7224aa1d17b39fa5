import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { importSampleCampaigns } from '#campaigns'
import { openSession, putStaff, unitNames } from '#people'
import { unwatched } from '#platform/works.ts'
import { importFile } from '#subscribers'
import { makePlan, publishPlan } from '#worklists'
import { readConfig } from '../../config.ts'
import { type OwnedHouse, openHouse } from '../../house.ts'
import { generateCounty } from '../../sample/index.ts'
import type { Person } from '../branch.ts'
import { type Desk, ROOT } from '../journeys/command-line.ts'

/** When the phones come, by the clock of the server. */
export const EIGHT = '2026-11-21T08:00:00+08:00'
const DAY = '2026-11-21'
const AS_OF = '2026-11-20'
const BRANCH = '370686'
const KINDS = ['organisation', 'places', 'staff', 'subscribers', 'contacts'] as const

/** Somebody of the field who is signed in, with the doors of the day. */
export type Visitor = Readonly<{ who: Person; tasks: readonly string[] }>

/**
 * Makes the data folder of a desk that of a county at eight in the morning of a day whose lists are
 * published: so many people with so many doors each, posted to its grids in turn. No server runs.
 */
export async function prepareMorning(
  desk: Desk,
  { people, doors }: Readonly<{ people: number; doors: number }>,
): Promise<Visitor[]> {
  await using house = await openHouse(join(desk.folder, 'data'), readConfig(desk.env), {
    clock: () => new Date(EIGHT),
    log: { error: (fields, text) => process.stderr.write(`${text} ${JSON.stringify(fields)}\n`) },
    onDeath: (error) => {
      throw error
    },
  })
  await importCounty(house, Math.ceil(people * doors * 1.25) + 60, join(desk.folder, 'delivered'))
  const { works } = house
  const { planId } = await makePlan(works, { branchId: BRANCH, day: DAY }, unwatched)
  await publishPlan(works, { branchId: BRANCH, planId }, unwatched)
  const crew = await hire(house, people)
  await spread(house, crew, doors)
  const lists = await house.ledger.owner.query<{ id: string; tasks: string[] }>(`
    select assignee_id as id, array_agg(task_id order by visit_order) as tasks
      from worklists.task group by 1`)
  const tasksOf = new Map(lists.rows.map(({ id, tasks }) => [id, tasks]))
  return crew.map((who) => ({ who, tasks: tasksOf.get(who.id) ?? [] }))
}

async function importCounty({ works, handlers }: OwnedHouse, households: number, out: string) {
  await generateCounty({ branchId: BRANCH, households, seed: 7, date: AS_OF, out })
  for (const kind of KINDS)
    await importFile(
      works,
      handlers,
      {
        ...{ actor: works.system, branchId: BRANCH, kind, date: AS_OF, name: `${kind}.csv` },
        path: join(out, `${kind}.csv`),
        ...{ profile: null, dryRun: false, force: null },
      },
      unwatched,
    )
  await works.run(works.system, (unit) =>
    importSampleCampaigns(unit, BRANCH, join(ROOT, 'samples/campaigns')),
  )
  await rm(out, { recursive: true })
}

/** So many micro-sellers of all grids, each signed in. */
const hire = ({ works }: OwnedHouse, people: number): Promise<Person[]> =>
  works.run(works.system, async (unit) => {
    const units = [...(await unitNames(unit, BRANCH)).values()]
    const grids = units.filter(({ kind }) => kind === 'grid').map(({ unitId }) => unitId)
    const crew: Person[] = []
    for (let nth = 0; nth < people; nth++) {
      const id = `L${String(nth).padStart(3, '0')}-${randomUUID().slice(0, 8)}`
      const unitId = grids[nth % grids.length] ?? BRANCH
      await putStaff(unit, id, {
        ...{ name: `外勤${nth}`, phone: null, account: id.toLowerCase(), roles: ['micro_seller'] },
        ...{ unitId, skills: [], days: '1234567', validFrom: '2020-01-01', validTo: null },
        capacity: { door: 20, call_out: 20, hall: 20, installer: 20 },
        ...{ agency: null, extension: undefined },
      })
      const { token, actor } = await openSession(unit, id)
      crew.push({ id, branchId: BRANCH, unitId, actor, cookie: token })
    }
    return crew
  })

/** The planned task of one door, once for each other door, dealt out to the crew. */
async function spread({ ledger }: OwnedHouse, crew: readonly Person[], doors: number) {
  const client = await ledger.owner.connect()
  try {
    await client.query(`
      create temp table template as
        select * from worklists.task where touchpoint = 'door' order by task_id limit 1`)
    await client.query('delete from worklists.task')
    await client.query(
      `insert into worklists.task
       select (jsonb_populate_record(template, jsonb_build_object(
           'task_id', 'load-' || home.nth, 'subscriber_id', home.subscriber_id,
           'household_id', home.household_id, 'unit_id', home.unit_id, 'address', home.address,
           'assignee_id', ($1::text[])[1 + (home.nth - 1) % $2],
           'assignee_unit_id', ($3::text[])[1 + (home.nth - 1) % $2], 'visit_order', home.nth))).*
         from pg_temp.template, (
           select subscriber_id, household_id, unit_id, address,
                  row_number() over (order by place_code, subscriber_id) as nth
             from (select distinct on (household_id) * from subscribers.card
                    where status = 'active' order by household_id, subscriber_id) as homes) as home
        where home.nth <= $4`,
      [
        crew.map(({ id }) => id),
        crew.length,
        crew.map(({ unitId }) => unitId),
        crew.length * doors,
      ],
    )
    await client.query('drop table pg_temp.template')
    await client.query('analyze')
  } finally {
    client.release()
  }
}
