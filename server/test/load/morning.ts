import { unwatched } from '#platform/works.ts'
import { makePlan, publishPlan } from '#worklists'
import type { Person } from '../branch.ts'
import { type County, openCounty } from '../county.ts'

const DAY = '2026-11-21'
const GRID = '370686-H01-G1'

/** Somebody of the field who is signed in, with the doors of the day. */
export type Visitor = Readonly<{ who: Person; tasks: readonly string[] }>
export type Morning = County & Readonly<{ visitors: readonly Visitor[] }>

/**
 * A county at eight in the morning of a day whose lists are published: so many people with so many
 * doors each, all of one grid, so that nothing makes it easier for the ledger.
 */
export async function openMorning(people: number, doors: number): Promise<Morning> {
  const county = await openCounty('2026-11-21T00:00:00Z', {
    households: Math.ceil(people * doors * 1.25) + 60,
  })
  const { branchId, works } = county
  const { planId } = await makePlan(works, { branchId, day: DAY }, unwatched)
  await publishPlan(works, { branchId, planId }, unwatched)
  const crew: Person[] = []
  for (let nth = 0; nth < people; nth++)
    crew.push(await county.hire({ unit: GRID, roles: ['micro_seller'] }))
  await spread(county, crew, doors)
  const lists = await county.sql(`
    select assignee_id as id, array_agg(task_id order by visit_order) as tasks
      from worklists.task group by 1`)
  const tasksOf = new Map(lists.map(({ id, tasks }) => [String(id), tasks as string[]]))
  return {
    ...county,
    visitors: crew.map((who) => ({ who, tasks: tasksOf.get(who.id) ?? [] })),
  }
}

/** The planned task of one door, once for each other door, dealt out to the crew. */
async function spread(county: County, crew: readonly Person[], doors: number): Promise<void> {
  const ids = crew.map(({ id }) => `'${id}'`).join(', ')
  await county.sql(`
    create temp table template as
      select * from worklists.task where touchpoint = 'door' order by task_id limit 1`)
  await county.sql('delete from worklists.task')
  await county.sql(`
    insert into worklists.task
    select (jsonb_populate_record(template, jsonb_build_object(
        'task_id', 'load-' || home.nth, 'subscriber_id', home.subscriber_id,
        'household_id', home.household_id, 'unit_id', home.unit_id, 'address', home.address,
        'assignee_id', (array[${ids}])[1 + (home.nth - 1) % ${crew.length}],
        'assignee_unit_id', '${GRID}', 'visit_order', home.nth))).*
      from pg_temp.template, (
        select subscriber_id, household_id, unit_id, address,
               row_number() over (order by place_code, subscriber_id) as nth
          from (select distinct on (household_id) * from subscribers.card
                 where status = 'active' order by household_id, subscriber_id) as homes) as home
     where home.nth <= ${crew.length * doors}`)
}
