import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { staffNames, unitNames } from '#people'
import { type LakeSession, question } from '#platform/duckdb/lake.ts'
import { atomicWrite } from '#platform/files/atomic.ts'
import { csvLine, UTF8_BOM, writeCsv } from '#platform/files/write-csv.ts'
import { writeXlsx } from '#platform/files/write-xlsx.ts'
import type { Works } from '#platform/works.ts'
import type { OfPlan } from './plan.ts'
import { soundFiles } from './plan-folder.ts'
import { reportOf } from './plan-report.ts'
import { readPlannedTasks } from './planned-tasks.ts'
import { readPlanRecord } from './publish-plan.ts'
import { tell } from './reasons.ts'
import { selectLoads, selectTallies } from './store.ts'
import type { TaskRow } from './task.ts'
import { sheetsOf } from './worklist-sheet.ts'

/**
 * Writes a plan into `out`, made where missing: `worklists.xlsx` (a sheet a person, in the language
 * `lang`, Chinese unless it is named), `tasks.csv`,
 * `decisions.csv` and `plan.json`, each there in full or not at all. The same plan gives the same
 * bytes, published or not, as long as people are called the same.
 * @throws Refusal `branch-unknown`, `plan-unknown`, `plan-damaged`.
 */
export async function writePlanFiles(
  works: Works,
  of: OfPlan & Readonly<{ lang?: 'zh' | 'en' }>,
  out: string,
): Promise<void> {
  const { plan, names, tallies, loads } = await works.run(works.system, async (unit) => ({
    plan: await readPlanRecord(unit, of),
    names: {
      staff: await staffNames(unit, of.branchId),
      units: await unitNames(unit, of.branchId),
    },
    tallies: await selectTallies(unit, of),
    loads: await selectLoads(unit, of),
  }))
  const files = await soundFiles(works, plan)
  await using session = await works.lake.session()
  const tasks = await readPlannedTasks(works, session, plan, files.tasks)
  await mkdir(out, { recursive: true })
  const sheets = sheetsOf(tasks, { plan, ...names }, of.lang ?? 'zh')
  await writeXlsx(join(out, 'worklists.xlsx'), sheets)
  await writeCsv(join(out, 'tasks.csv'), TASK_COLUMNS, tasks.map(taskCells), { formulaSafe: true })
  await writeDecisions(works, session, files.decisions, join(out, 'decisions.csv'))
  const report = JSON.stringify(reportOf(plan, tallies, loads), null, 2)
  await atomicWrite(join(out, 'plan.json'), `${report}\n`)
}

const TASK_COLUMNS = [
  'task_id',
  'branch_id',
  'subscriber_id',
  'household_id',
  'campaign',
  'touchpoint',
  'assignee_id',
  'unit_id',
  'visit_order',
  'window_start',
  'window_end',
  'due_on',
  'offer',
  'priority',
  'reasons',
]
const taskCells = (task: TaskRow) => [
  task.taskId,
  task.branchId,
  task.subscriberId,
  task.householdId,
  task.campaign,
  task.touchpoint,
  task.assigneeId,
  task.unitId,
  task.visitOrder,
  String(task.windowStart),
  String(task.windowEnd),
  task.dueOn,
  task.offer,
  task.priority,
  JSON.stringify(task.reasons.map((reason) => tell(reason, task.day))),
]

const DECISION_COLUMNS = ['subscriber_id', 'campaign', 'outcome', 'reason', 'until', 'task_id']

/** DuckDB writes the rows, hundreds of thousands a second; we add the mark, the header, the CRLF. */
async function writeDecisions(
  works: Works,
  session: LakeSession,
  decisions: string,
  path: string,
): Promise<void> {
  const bare = join(works.folder.tmp, `decisions-${randomUUID()}.csv`)
  try {
    await session.run(question(import.meta.url, './queries/decisions-csv.sql'), {
      decisions,
      path: bare,
    })
    await atomicWrite(path, withCrlf(bare))
  } finally {
    await rm(bare, { force: true })
  }
}

async function* withCrlf(bare: string): AsyncGenerator<string> {
  yield UTF8_BOM + csvLine(DECISION_COLUMNS)
  for await (const text of createReadStream(bare, { encoding: 'utf8', highWaterMark: 1 << 20 }))
    yield String(text).replaceAll('\n', '\r\n')
}
