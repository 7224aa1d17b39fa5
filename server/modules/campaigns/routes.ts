import * as contract from '#contract/campaigns.ts'
import { abilitiesInBranch } from '#people'
import type { Http } from '#platform/http.ts'
import type { Actor } from '#platform/unit.ts'
import type { Works } from '#platform/works.ts'
import { parseCampaign, writeCampaign } from './campaign.ts'
import { type Counted, listCampaigns, putCampaign, readCampaign } from './shelf.ts'

export function campaignRoutes(http: Http, works: Works): void {
  const abilities = (actor: Actor, branchId: string) =>
    works.run(actor, (unit) => abilitiesInBranch(unit, branchId))
  http.serveActor(contract.listCampaigns, async (actor, { branchId }, _, signal) => {
    const { rows, asOf } = await listCampaigns(works, { actor, branchId }, signal)
    return { rows: rows.map(shown), asOf, can: await abilities(actor, branchId) }
  })
  http.serveActor(contract.readCampaign, async (actor, of, _, signal) => {
    const counted = await readCampaign(works, { actor, ...of }, signal)
    const can = await abilities(actor, of.branchId)
    return { ...shown(counted), yaml: counted.saved.yaml, can }
  })
  http.serveActor(contract.putCampaign, async (actor, of, body, signal) => {
    const written = 'yaml' in body ? parseCampaign(body.yaml) : writeCampaign(body.campaign)
    return shown(await putCampaign(works, { actor, ...of, written }, signal))
  })
}

function shown({ saved, count, warnings }: Counted) {
  const { campaign, version, savedAt, savedBy, savedByName } = saved
  return {
    ...{ campaign, version, savedBy, savedByName, count },
    savedAt: savedAt.toISOString(),
    warnings: warnings.map((warning) => ({ ...warning })),
  }
}
