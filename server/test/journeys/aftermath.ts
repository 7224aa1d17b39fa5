import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { OwnedHouse } from '../../house.ts'
import type { Acknowledged } from './acknowledge.ts'

type Recorded = Readonly<{
  date: string
  state: string
  rows: number
  accepted: number
  snapshot: string | null
  file: string | null
  stands: boolean
}>
type Planned = Readonly<{
  plan: string
  state: string
  assigned: number
  tasks: number
  open: number
}>

/**
 * Looks for whatever a death may have lost or left half: each line that comes back says what is
 * wrong. Reads the tables and files themselves, below everything that could hide it.
 */
export async function lookAfter(
  house: OwnedHouse,
  branchId: string,
  acknowledged: readonly Acknowledged[],
): Promise<string[]> {
  const imports = await recordedImports(house, branchId)
  const plans = await recordedPlans(house, branchId)
  const complaints = acknowledged.flatMap(({ order, result }) => {
    if (order.name === 'plan') return lostPlan(plans, result)
    const found = imports.find(
      ({ snapshot, state }) => snapshot === result.snapshot && state === 'current',
    )
    return found?.rows === result.rows ? [] : [`the import of ${result.snapshot} is lost`]
  })
  for (const one of imports) complaints.push(...(await halfImport(house, one)))
  complaints.push(...(await wrongCards(house, branchId, imports)))
  return [...complaints, ...halfPlans(plans)]
}

async function recordedImports({ ledger }: OwnedHouse, branchId: string): Promise<Recorded[]> {
  const { rows } = await ledger.owner.query<Recorded>(
    `select import.date::text, import.state, import.row_count::integer as rows,
            import.accepted_count::integer as accepted,
            snapshot.snapshot_id as snapshot, snapshot.file,
            coalesce(standing.import_id = import.import_id, false) as stands
       from subscribers.import
       full join subscribers.snapshot using (branch_id, import_id)
       left join subscribers.standing using (branch_id)
      where branch_id = $1 and coalesce(import.kind, 'subscribers') = 'subscribers'
      order by import.date`,
    [branchId],
  )
  return rows
}

/** An import has its snapshot, a snapshot its import, and the file is what its manifest says. */
async function halfImport({ works }: OwnedHouse, one: Recorded): Promise<string[]> {
  if (one.date === null || one.file === null) return [`half an import: ${JSON.stringify(one)}`]
  const path = join(works.lake.folder, one.file)
  const manifest = JSON.parse(await readFile(path.replace(/\.parquet$/, '.json'), 'utf8'))
  const sha256 = createHash('sha256')
    .update(await readFile(path))
    .digest('hex')
  const whole = manifest.sha256 === sha256 && manifest.rows === one.accepted
  return whole ? [] : [`the snapshot ${one.snapshot} is not what its manifest says`]
}

/** The cards stand on the latest extract and say what it says, of everybody and nobody else. */
async function wrongCards(
  { works, ledger }: OwnedHouse,
  branchId: string,
  imports: readonly Recorded[],
): Promise<string[]> {
  const latest = imports.filter(({ state }) => state === 'current').at(-1)
  if (!latest?.file) return []
  const { rows: cards } = await ledger.owner.query<{ card: string }>(
    `select concat_ws('|', subscriber_id, household_id, status, coalesce(plan, '-'),
            coalesce(contract_end::text, '-'), coalesce(arrears_fen, -1)) as card
       from subscribers.card where branch_id = $1`,
    [branchId],
  )
  await using session = await works.lake.session()
  const rows = await session.rows<{ card: string }>(
    `select concat_ws('|', subscriber_id, household_id, status,
            coalesce(main_plan_name, offer_name, '-'),
            coalesce(contract_end::varchar, '-'), coalesce(arrears_fee, -1)) as card
       from (select null::varchar as offer_name) as absent
       cross join read_parquet($file, hive_partitioning = false) as snapshot`,
    { file: join(works.lake.folder, latest.file) },
  )
  const said = new Set(rows.map(({ card }) => card))
  const astray = cards.filter(({ card }) => !said.has(card))
  return [
    ...(latest.stands ? [] : [`the cards do not stand on ${latest.date}`]),
    ...(cards.length === rows.length ? [] : [`${cards.length} cards of ${rows.length}`]),
    ...astray.slice(0, 3).map(({ card }) => `a card says ${card}`),
  ]
}

async function recordedPlans({ ledger }: OwnedHouse, branchId: string): Promise<Planned[]> {
  const { rows } = await ledger.owner.query<Planned>(
    `select plan.plan_id as plan, plan.state,
            (select coalesce(sum(count), 0)::integer from worklists.tally
              where (tally.branch_id, tally.plan_id) = (plan.branch_id, plan.plan_id)
                and outcome = 'assigned') as assigned,
            count(task.task_id)::integer as tasks,
            count(*) filter (where task.state = 'open')::integer as open
       from worklists.plan left join worklists.task using (branch_id, plan_id)
      where plan.branch_id = $1
      group by plan.branch_id, plan.plan_id, plan.state order by plan.plan_id`,
    [branchId],
  )
  return rows
}

function lostPlan(plans: readonly Planned[], result: Acknowledged['result']): string[] {
  const found = plans.find(({ plan }) => plan === result.plan)
  const stands = found?.state === 'published' || found?.state === 'superseded'
  return stands && found.tasks === result.assigned ? [] : [`the plan ${result.plan} is lost`]
}

/** One plan of the day is published, whole and open; what it took the place of has nothing open. */
function halfPlans(plans: readonly Planned[]): string[] {
  const published = plans.filter(({ state }) => state === 'published')
  return [
    ...(published.length <= 1 ? [] : [`${published.length} plans are published`]),
    ...published
      .filter(({ assigned, tasks, open }) => tasks !== assigned || open !== assigned)
      .map((one) => `half a plan is published: ${JSON.stringify(one)}`),
    ...plans
      .filter(({ state, open }) => state === 'superseded' && open > 0)
      .map((one) => `a plan stepped back and is open: ${JSON.stringify(one)}`),
  ]
}
