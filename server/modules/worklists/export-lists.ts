import { subtreeOf } from '#people'
import { writeXlsx } from '#platform/files/write-xlsx.ts'
import type { Works } from '#platform/works.ts'
import { type ExportMaker, unitInBranch } from '#subscribers'
import { soundFiles } from './plan-folder.ts'
import { readPlannedTasks } from './planned-tasks.ts'
import { readPlanRecord } from './publish-plan.ts'
import { readSheetContext, sheetsOf } from './worklist-sheet.ts'

/** The lists of a unit with names and numbers in clear text, a sheet a person, once approved. */
export const EXPORT_LISTS: ExportMaker<'worklists'> = {
  what: 'worklists',
  unitOf: async (unit, branchId, order) => {
    const unitId = await unitInBranch(unit, branchId, order.unit)
    await readPlanRecord(unit, { branchId, planId: order.planId })
    return unitId
  },
  formatOf: () => 'xlsx',
  write: writeLists,
}

async function writeLists(
  works: Works,
  { branchId, order, path, watermark }: Parameters<typeof EXPORT_LISTS.write>[1],
): Promise<number> {
  const { context, posts } = await works.run(works.system, async (unit) => ({
    context: await readSheetContext(
      unit,
      await readPlanRecord(unit, { branchId, planId: order.planId }),
    ),
    posts: new Set(await subtreeOf(unit, order.unit)),
  }))
  const files = await soundFiles(works, context.plan)
  await using session = await works.lake.session()
  const all = await readPlannedTasks(works, session, context.plan, files.tasks, {
    approved: true,
  })
  const tasks = all.filter(({ assigneeUnitId }) => posts.has(assigneeUnitId))
  await writeXlsx(path, sheetsOf(tasks, context, 'zh'), { watermark })
  return tasks.length
}
