import { randomUUID } from 'node:crypto'
import { mkdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { sha256OfFile } from '#platform/files/digest.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Works } from '#platform/works.ts'
import type { PlanRecord } from './details.ts'

type Place = Readonly<{ branchId: string; day: string; planId: string }>

/** The files of a plan: every decision, and the tasks with all that a list shows. */
export type PlanFiles = Readonly<{ decisions: string; tasks: string }>

/** Where the files of a plan are, whether they exist or not. */
export function filesOf(works: Works, { branchId, day, planId }: Place): PlanFiles {
  const folder = join(works.folder.lake, 'plans', `branch=${branchId}`, `date=${day}`, planId)
  return filesIn(folder)
}

const filesIn = (folder: string): PlanFiles => ({
  decisions: join(folder, 'decisions.parquet'),
  tasks: join(folder, 'tasks.parquet'),
})

/**
 * Has `write` make the files of a plan aside and puts them in place in one step, so that nobody
 * ever reads half of them; what a broken attempt left in that place gives way. Answers with their
 * SHA-256.
 */
export async function putFiles(
  works: Works,
  place: Place,
  write: (files: PlanFiles) => Promise<void>,
): Promise<PlanFiles> {
  const folder = dirname(filesOf(works, place).decisions)
  const aside = join(works.folder.tmp, `plan-${randomUUID()}`) // emptied at start
  await mkdir(aside, { recursive: true })
  try {
    const files = filesIn(aside)
    await write(files)
    const digests = {
      decisions: await sha256OfFile(files.decisions),
      tasks: await sha256OfFile(files.tasks),
    }
    await mkdir(dirname(folder), { recursive: true })
    await rm(folder, { recursive: true, force: true })
    await rename(aside, folder)
    return digests
  } finally {
    await rm(aside, { recursive: true, force: true })
  }
}

/** The files of a plan that are those it was recorded with. @throws Refusal `plan-damaged`. */
export async function soundFiles(works: Works, plan: PlanRecord): Promise<PlanFiles> {
  if (!(await areSound(works, plan)))
    throw new Refusal('conflict', 'plan-damaged', { plan: plan.planId })
  return filesOf(works, plan)
}

/** Whether the files of a plan are there, byte for byte. */
export async function areSound(works: Works, plan: PlanRecord): Promise<boolean> {
  const files = filesOf(works, plan)
  const { next, ...recorded } = plan.details.files
  for (const name of ['decisions', 'tasks'] as const) {
    const digest = await digestOf(files[name])
    if (digest !== recorded[name] && digest !== (next?.[name] ?? recorded[name])) return false
  }
  return true
}

/** Digests by path, size and time of change: a file is read for its digest once, not for each page. */
const known = new Map<string, string>()
const MOST_KNOWN = 200

/** The SHA-256 of a file; null where there is none. */
async function digestOf(path: string): Promise<string | null> {
  const found = await stat(path).catch(ifMissing)
  if (!found) return null
  const key = `${path} ${found.size} ${found.mtimeMs}`
  const digest = known.get(key) ?? (await sha256OfFile(path))
  known.delete(key)
  known.set(key, digest)
  const [oldest] = known.keys()
  if (known.size > MOST_KNOWN && oldest !== undefined) known.delete(oldest)
  return digest
}

function ifMissing(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
  throw error
}
