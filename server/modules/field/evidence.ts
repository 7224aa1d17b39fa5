import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { EVIDENCE_LIMIT_BYTES } from '#contract/field.ts'
import { mayDo, readBranch, readPerson } from '#people'
import { Refusal } from '#platform/refusal.ts'
import type { Actor } from '#platform/unit.ts'
import type { Works } from '#platform/works.ts'
import { writeEvidence } from './evidence-files.ts'
import { insertEvidence, type OfEvidence, selectEvidence } from './evidence-store.ts'

/**
 * Takes a photo in under a number of the phone’s own: sealed, and on the disk when this answers. Sent
 * again it is the same; another one never takes its place.
 * @throws Refusal `branch-unknown`, `not-for-tokens`, `not-allowed`, `evidence-too-large`,
 * `evidence-not-an-image`, `evidence-told-otherwise`, `disk-full`
 */
export async function saveEvidence(
  works: Works,
  actor: Actor,
  { stream, ...of }: OfEvidence & Readonly<{ stream: Readable }>,
) {
  const { branchId, evidenceId } = of
  if (actor.kind !== 'person') throw new Refusal('forbidden', 'not-for-tokens')
  const { unitId } = await works.run(actor, async (unit) => {
    mayDo(actor, 'touch:record')
    await readBranch(unit, branchId)
    return readPerson(unit, actor.id)
  })
  const content = await received(stream)
  const type = typeOf(content)
  if (type === null) throw new Refusal('invalid', 'evidence-not-an-image')
  await works.room.ask(content.length)
  const sha256 = createHash('sha256').update(content).digest('hex')
  const record = { ...of, staffId: actor.id, unitId, bytes: content.length, type, sha256 }
  await works.run(actor, async (unit) => {
    if (await insertEvidence(unit, record)) return writeEvidence(works, of, content)
    const known = await selectEvidence(unit, of)
    if (known?.sha256 !== sha256 || known.staffId !== actor.id)
      throw new Refusal('conflict', 'evidence-told-otherwise', { evidence: evidenceId })
  })
  return { evidenceId, bytes: content.length, sha256 }
}

/** What is too much is read to its end, so that whoever sends it hears the answer; but no longer. */
const READ_AT_MOST = 64 * 1024 * 1024

async function received(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes <= EVIDENCE_LIMIT_BYTES) chunks.push(chunk)
    if (bytes > READ_AT_MOST) break
  }
  if (bytes > EVIDENCE_LIMIT_BYTES)
    throw new Refusal('too-large', 'evidence-too-large', {
      limit: `${EVIDENCE_LIMIT_BYTES / 1024 / 1024} MB`,
    })
  return Buffer.concat(chunks)
}

/** Which picture this is by its first bytes, whatever it was called; null for everything else. */
function typeOf(content: Buffer): string | null {
  const at = (from: number, to: number) => content.toString('latin1', from, to)
  if (at(0, 3) === '\xff\xd8\xff') return 'image/jpeg'
  if (at(0, 8) === '\x89PNG\r\n\x1a\n') return 'image/png'
  return at(0, 4) === 'RIFF' && at(8, 12) === 'WEBP' ? 'image/webp' : null
}
