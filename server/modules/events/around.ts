import type { Download } from '#platform/http.ts'
import type { Unit } from '#platform/unit.ts'
import type { Works } from '#platform/works.ts'

/** A photo that somebody sent, as field knows it. */
type Sent = Readonly<{
  evidenceId: string
  staffId: string
  sha256: string
  goneAt: Date | null
}>

/** What an event asks of others: the house itself, and the photos that were sent. */
export type Around = Readonly<{
  works: Works
  photosSent(
    unit: Unit,
    of: Readonly<{ branchId: string; evidenceIds: readonly string[] }>,
  ): Promise<readonly Sent[]>
  /** The picture itself. @throws Refusal `evidence-unknown`, `evidence-gone`, `evidence-damaged` */
  openPhoto(unit: Unit, of: Readonly<{ branchId: string; evidenceId: string }>): Promise<Download>
}>
