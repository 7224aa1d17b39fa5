import { Readable } from 'node:stream'
import { readBranch } from '#people'
import { audit } from '#platform/audit/audit.ts'
import type { Download } from '#platform/http.ts'
import { Refusal } from '#platform/refusal.ts'
import { type Actor, onBehalfOf, type Unit } from '#platform/unit.ts'
import type { Works } from '#platform/works.ts'
import { visitOf } from '#worklists'
import { readEvidenceFile } from './evidence-files.ts'
import { type EvidenceRecord, type OfEvidence, selectEvidence } from './evidence-store.ts'

const ENDINGS: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
}

/**
 * A photo of a result, for whoever made the visit and for those who read it; each look is in the
 * trail. A photo that somebody else sent is none of the result’s, whatever number it names.
 * @throws Refusal `branch-unknown`, `result-unknown`, `evidence-unknown`, `evidence-gone`,
 * `evidence-damaged`, `not-for-tokens`
 */
export async function readEvidence(
  works: Works,
  actor: Actor,
  of: Readonly<{ branchId: string; resultId: string; evidenceId: string }>,
): Promise<Download> {
  if (actor.kind !== 'person') throw new Refusal('forbidden', 'not-for-tokens')
  const { branchId, resultId, evidenceId } = of
  return works.run(actor, async (unit) => {
    await readBranch(unit, branchId)
    const visit = await visitOf(unit, works, of)
    // Whoever sent it may be posted in a unit that the actor does not see.
    const photo = await onBehalfOf(unit, works.system, (house) => selectEvidence(house, of))
    if (!visit.photos.includes(evidenceId) || photo?.staffId !== visit.staffId)
      throw new Refusal('not-found', 'evidence-unknown', { evidence: evidenceId })
    const file = await fileOf(works, photo)
    audit(unit, {
      ...{ branchId, action: 'evidence.read' },
      about: { kind: 'task', id: visit.taskId },
      values: { resultId, evidenceId, staff: visit.staffId },
    })
    return file
  })
}

/**
 * A photo by its number, for another module that knows who may look and tells the trail.
 * @throws Refusal `evidence-unknown`, `evidence-gone`, `evidence-damaged`
 */
export async function openEvidence(unit: Unit, works: Works, of: OfEvidence): Promise<Download> {
  const photo = await selectEvidence(unit, of)
  if (!photo) throw new Refusal('not-found', 'evidence-unknown', { evidence: of.evidenceId })
  return fileOf(works, photo)
}

async function fileOf(works: Works, photo: EvidenceRecord): Promise<Download> {
  const { evidenceId, type, goneAt } = photo
  if (goneAt !== null) throw new Refusal('not-found', 'evidence-gone')
  const content = await readEvidenceFile(works, photo)
  const name = `${evidenceId}.${ENDINGS[type] ?? 'bin'}`
  return { name, type, stream: Readable.from([content]) }
}
