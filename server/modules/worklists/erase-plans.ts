import { open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { LakeSession } from '#platform/duckdb/lake.ts'
import { syncFolder } from '#platform/files/atomic.ts'
import { sha256OfFile } from '#platform/files/digest.ts'
import type { Watch, Works } from '#platform/works.ts'
import { columnsIn, type Eraser, erasedOf, markErased, swap } from '#subscribers'
import { eraseAccounts } from './close/account-store.ts'
import type { PlanRecord } from './details.ts'
import { countIdentified, erasedFile } from './erase-compile.ts'
import type { OfPlan } from './plan.ts'
import { areSound, filesOf, type PlanFiles } from './plan-folder.ts'
import { eraseResults } from './results/result-store.ts'
import { selectPlan, selectPlanIds, updateFiles } from './store.ts'
import { eraseTasks } from './task-store.ts'

/** Tasks and decisions stay as facts about the pseudonym; names, numbers and addresses go. */
export const WORKLISTS_ERASER: Eraser = {
  inLedger: async (unit, of) => {
    await eraseTasks(unit, of)
    await eraseResults(unit, of)
    await eraseAccounts(unit, of)
  },
  inLake: async (works, { branchId }, watch) => {
    const plans = await works.run(works.system, (unit) => selectPlanIds(unit, branchId))
    for (const planId of plans) {
      watch.signal.throwIfAborted()
      await eraseInPlan(works, { branchId, planId }, watch)
    }
  },
}

/**
 * Empties what identifies anybody who is erased in the files of a plan, whose digests the ledger then
 * knows. Files that are not what they were recorded as are left alone: nothing reads them.
 */
export async function eraseInPlan(works: Works, of: OfPlan, watch: Watch): Promise<void> {
  const { plan, erased } = await works.run(works.system, async (unit) => ({
    plan: await selectPlan(unit, of),
    erased: await erasedOf(unit, of.branchId),
  }))
  if (!plan || erased.length === 0 || !(await areSound(works, plan))) return
  await using session = await works.lake.session()
  await markErased(session, erased)
  await settle(works, plan)
  const files = filesOf(works, plan)
  const drafts: PlanFiles = { decisions: `${files.decisions}.draft`, tasks: `${files.tasks}.draft` }
  const changed: (keyof PlanFiles)[] = []
  for (const each of ['decisions', 'tasks'] as const)
    if (await writeDraft(session, files[each], drafts[each])) changed.push(each)
  if (changed.length > 0) await replace(works, plan, { changed, files, drafts }, watch)
}

/** True if there was anything to empty: then the draft is the file without it. */
async function writeDraft(session: LakeSession, file: string, draft: string): Promise<boolean> {
  await rm(draft, { force: true })
  const columns = await columnsIn(session, file)
  const [told] = await session.rows<{ count: number }>(countIdentified(columns, file))
  if (!told?.count) return false
  await session.run(erasedFile(columns, file, draft))
  await using handle = await open(draft, 'r')
  await handle.sync()
  return true
}

type Drafted = Readonly<{
  changed: readonly (keyof PlanFiles)[]
  files: PlanFiles
  drafts: PlanFiles
}>

/** The ledger knows the new digests before the files are there, and the old ones until they are. */
async function replace(
  works: Works,
  plan: PlanRecord,
  { changed, files, drafts }: Drafted,
  watch: Watch,
): Promise<void> {
  const before = await digestsOf(files)
  const next = { ...before }
  for (const each of changed) next[each] = await sha256OfFile(drafts[each])
  await works.run(works.system, (unit) => updateFiles(unit, plan, { ...before, next }))
  await swap(works, watch, async (unit) => {
    await works.lake.alone(async () => {
      for (const each of changed) await rename(drafts[each], files[each])
      await syncFolder(dirname(files.tasks))
    })
    await updateFiles(unit, plan, next)
  })
}

/** Ends a replacement that was cut short: what is there, and sound, is what the ledger knows. */
async function settle(works: Works, plan: PlanRecord): Promise<void> {
  if (!plan.details.files.next) return
  const found = await digestsOf(filesOf(works, plan))
  await works.run(works.system, (unit) => updateFiles(unit, plan, found))
}

const digestsOf = async (files: PlanFiles) => ({
  decisions: await sha256OfFile(files.decisions),
  tasks: await sha256OfFile(files.tasks),
})
