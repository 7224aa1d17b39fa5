import { mkdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { atomicWrite, syncFolder } from '#platform/files/atomic.ts'
import { Refusal } from '#platform/refusal.ts'
import { keyOfCell, openBytes, sealBytes } from '#platform/sealed-cells.ts'
import type { Unit } from '#platform/unit.ts'
import type { Watch, Works } from '#platform/works.ts'
import { swap } from '#subscribers'
import { type OfEvidence, selectEvidence, selectKept } from './evidence-store.ts'

/** What the keys of photos are derived for. */
const PURPOSE = 'field.evidence'

export const fileOf = ({ folder }: Pick<Works, 'folder'>, of: OfEvidence): string =>
  join(folder.evidence, of.branchId, of.evidenceId)

/** A photo put into the place of another one does not open. */
const aboutOf = ({ branchId, evidenceId }: OfEvidence) => `${branchId}\u{1f}${evidenceId}`

/** Seals a photo into the data folder; it is durable when this returns. */
export async function writeEvidence(
  works: Works,
  of: OfEvidence,
  content: Uint8Array,
): Promise<void> {
  const path = fileOf(works, of)
  if (await mkdir(dirname(path), { recursive: true, mode: 0o750 }))
    await syncFolder(works.folder.evidence)
  await atomicWrite(path, sealBytes(works.keys.cellKeysFor(PURPOSE), content, aboutOf(of)))
}

/** A photo as it was sent. @throws Refusal `evidence-damaged` */
export async function readEvidenceFile(works: Works, of: OfEvidence): Promise<Buffer> {
  const keys = works.keys.cellKeysFor(PURPOSE)
  try {
    return openBytes(keys, await readFile(fileOf(works, of)), aboutOf(of))
  } catch (error) {
    if (!isUnreadable(error)) throw error
    throw new Refusal('conflict', 'evidence-damaged')
  }
}

/** Seals every photo under the key that seals now; `left`: files that could not be opened. */
export async function sealEvidenceAgain(
  works: Works,
  watch: Watch,
): Promise<Readonly<{ sealed: number; left: string[] }>> {
  let sealed = 0
  const left: string[] = []
  for await (const of of allKept(works)) {
    watch.signal.throwIfAborted()
    const done = await swap(works, watch, (unit) => sealAgain(unit, works, of)).catch(
      (error: unknown) => {
        if (!isUnreadable(error)) throw error
        left.push(fileOf(works, of))
        return false
      },
    )
    if (done) sealed += 1
  }
  return { sealed, left }
}

/** In a unit that holds the lake, so that nothing is erased between the file that is read and the new one. */
async function sealAgain(unit: Unit, works: Works, of: OfEvidence): Promise<boolean> {
  const kept = await selectEvidence(unit, of)
  if (!kept || kept.goneAt !== null) return false
  const keys = works.keys.cellKeysFor(PURPOSE)
  const file = await readFile(fileOf(works, of))
  if (keyOfCell(file) === keys.current) return false
  await writeEvidence(works, of, openBytes(keys, file, aboutOf(of)))
  return true
}

/** A file that is lost, or that no key here opens. */
const isUnreadable = (error: unknown): boolean =>
  error instanceof Refusal || (error as NodeJS.ErrnoException).code === 'ENOENT'

const AT_ONCE = 500

async function* allKept(works: Works): AsyncGenerator<OfEvidence> {
  let after: OfEvidence | null = null
  for (;;) {
    const from: OfEvidence | null = after
    const rows: readonly OfEvidence[] = await works.run(works.system, (unit) =>
      selectKept(unit, { after: from, limit: AT_ONCE }),
    )
    yield* rows
    after = rows.at(-1) ?? null
    if (rows.length < AT_ONCE) return
  }
}
