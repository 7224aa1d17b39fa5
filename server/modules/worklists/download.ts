import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { subtreeOf, unitsInScope, unitsWhere } from '#people'
import { audit } from '#platform/audit/audit.ts'
import { dayOf } from '#platform/day.ts'
import { writeXlsx } from '#platform/files/write-xlsx.ts'
import type { Download } from '#platform/http.ts'
import type { Actor, Unit } from '#platform/unit.ts'
import type { Works } from '#platform/works.ts'
import { maskAddress, watermarkFor } from '#subscribers'
import type { OfPlan } from './plan.ts'
import { soundFiles } from './plan-folder.ts'
import { readPlannedTasks } from './planned-tasks.ts'
import { mayReadWhole, mayTakeLists } from './policy.ts'
import { readPlanRecord } from './publish-plan.ts'
import { readSheetContext, sheetsOf } from './worklist-sheet.ts'

type Asked = OfPlan &
  Readonly<{ unit?: string | undefined; person?: string | undefined; lang: 'zh' | 'en' }>

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/**
 * The lists of a plan as a workbook, a sheet a person: of everybody in the actor’s scope, of the
 * people of one unit with all below it, or of one person; in the language `lang`. Names and numbers
 * are masked, addresses as well where the screen masks them, and all of a plan that is no list of
 * anybody: a draft, one that was replaced. Each sheet carries the watermark of the person who takes it.
 * @throws Refusal `branch-unknown`, `plan-unknown`, `plan-damaged`, `not-allowed`, `not-for-tokens`.
 */
export async function downloadWorklists(works: Works, actor: Actor, of: Asked): Promise<Download> {
  mayTakeLists(actor, of)
  const { context, posts, seen } = await works.run(actor, (unit) => scopeOf(unit, of))
  const files = await soundFiles(works, context.plan)
  await using session = await works.lake.session()
  const isList = context.plan.state === 'published'
  const tasks = (await readPlannedTasks(works, session, context.plan, files.tasks))
    .filter(
      ({ assigneeId, assigneeUnitId }) =>
        posts.has(assigneeUnitId) && (of.person === undefined || assigneeId === of.person),
    )
    .map((task) =>
      isList && mayReadWhole(actor, task, seen)
        ? task
        : { ...task, address: maskAddress(task.address) },
    )
  const path = join(works.folder.tmp, `worklists-${randomUUID()}.xlsx`)
  const number = `WL-${randomUUID().slice(0, 8)}`
  const watermark = await works.run(actor, (unit) => watermarkFor(unit, actor.id, number))
  await writeXlsx(path, sheetsOf(tasks, context, of.lang), { watermark })
  await works.run(actor, async (unit) =>
    audit(unit, {
      ...{ branchId: of.branchId, action: 'export.made' },
      about: { kind: 'plan', id: of.planId },
      values: { unit: of.unit ?? null, person: of.person ?? null, tasks: tasks.length, number },
    }),
  )
  const stream = createReadStream(path)
  stream.once('close', () => void rm(path, { force: true }).catch(() => undefined)) // tmp is emptied at start
  const name = of.lang === 'zh' ? '清单' : 'worklists'
  return { name: `${name}-${context.plan.day}.xlsx`, type: XLSX, stream }
}

async function scopeOf(unit: Unit, of: Asked) {
  const plan = await readPlanRecord(unit, of)
  const own = unit.actor.id === of.person
  const taken = await unitsWhere(unit, 'export:lists')
  const may = own ? await unitsInScope(unit) : taken
  const below = of.unit === undefined ? undefined : new Set(await subtreeOf(unit, of.unit))
  const posts = may.filter((unitId) => below === undefined || below.has(unitId))
  return {
    context: await readSheetContext(unit, plan),
    posts: new Set(posts),
    seen: { today: dayOf(unit.now), units: new Set(taken) },
  }
}
