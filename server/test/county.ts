import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { importSampleCampaigns } from '#campaigns'
import { unwatched } from '#platform/works.ts'
import { importFile } from '#subscribers'
import { generateCounty } from '../sample/index.ts'
import { type Branch, type BranchOptions, openBranch } from './branch.ts'

const KINDS = [
  'organisation',
  'places',
  'staff',
  'subscribers',
  'contacts',
  'competitors',
  'resources',
] as const

/** The data date of the county. */
export const AS_OF = '2026-11-20'

export type County = Branch & Readonly<{ files: string }>

/**
 * A branch that woke up to last night’s extract: a small county imported, kind by kind, and the
 * sample campaigns in force. `files` is the folder of what was delivered.
 */
export async function openCounty(
  instant: string,
  {
    households = 400,
    seed = 7,
    ...options
  }: BranchOptions & Readonly<{ households?: number; seed?: number }> = {},
): Promise<County> {
  const branch = await openBranch(instant, options)
  const files = join(branch.works.folder.root, 'delivered')
  const county = { branchId: branch.branchId, households, seed, date: AS_OF, out: files }
  await generateCounty(county)
  await rm(join(files, 'truth.json'))
  for (const kind of KINDS)
    await importFile(
      branch.works,
      branch.house.handlers,
      {
        actor: branch.system,
        branchId: branch.branchId,
        kind,
        date: AS_OF,
        path: join(files, `${kind}.csv`),
        name: `${kind}.csv`,
        profile: null,
        dryRun: false,
        force: null,
      },
      unwatched,
    )
  await branch.unit(branch.system, (unit) =>
    importSampleCampaigns(
      unit,
      branch.branchId,
      join(import.meta.dirname, '../../samples/campaigns'),
    ),
  )
  return { ...branch, files }
}
