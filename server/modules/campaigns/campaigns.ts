import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseDocument } from 'yaml'
import { audit } from '#platform/audit/audit.ts'
import type { Unit } from '#platform/unit.ts'
import { type Campaign, parseCampaign, type Written } from './campaign.ts'
import { insertVersion, selectLatest } from './store.ts'

/** A campaign that runs, in the version that stands. */
export type Running = Readonly<{ campaign: Campaign; version: number }>

/** The campaigns of a branch that are enabled and valid on `day`, by id. */
export async function campaignsOn(unit: Unit, branchId: string, day: string): Promise<Running[]> {
  const latest = await selectLatest(unit, branchId)
  return latest
    .filter(({ campaign: { enabled, valid } }) => {
      return enabled && valid.from <= day && (valid.to === null || day <= valid.to)
    })
    .map(({ campaign, version }) => ({ campaign, version }))
}

/** Saves a campaign as its next version; false if the latest one reads just so. */
export async function saveCampaign(unit: Unit, branchId: string, written: Written) {
  const [latest] = await selectLatest(unit, branchId, written.campaign.id)
  if (latest?.yaml === written.yaml) return false
  await insertVersion(unit, branchId, { ...written, after: latest?.version ?? 0 })
  audit(unit, {
    ...{ branchId, action: 'campaign.saved' },
    about: { kind: 'campaign', id: written.campaign.id },
    values: { version: (latest?.version ?? 0) + 1 },
  })
  return true
}

/**
 * Saves the campaigns of a folder (`*.yaml`) for a branch, which becomes their owner. What the branch
 * has saved in a version of its own is left alone, so a repeat changes nothing.
 */
export async function importSampleCampaigns(
  unit: Unit,
  branchId: string,
  folder: string,
): Promise<{ saved: number }> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.yaml')).sort()
  let saved = 0
  for (const name of names) {
    const document = parseDocument(await readFile(join(folder, name), 'utf8'))
    if (document.errors.length === 0) document.set('ownerUnit', branchId)
    const written = parseCampaign(document.toString({ lineWidth: 0 }), name)
    const [own] = await selectLatest(unit, branchId, written.campaign.id)
    if (own) continue
    await insertVersion(unit, branchId, { ...written, after: 0 })
    saved += 1
  }
  return { saved }
}
