import { listAudit } from '#contract/audit.ts'
import { mayDoInBranch, namePeople } from '#people'
import { readAudit } from '#platform/audit/read.ts'
import { addDays, instantOf } from '#platform/day.ts'
import type { Http } from '#platform/http.ts'

/** The audit trail of a branch, for its auditors. */
export function auditRoutes(http: Http): void {
  http.serve(listAudit, async (unit, { branchId, from, to, actor, action, about, ...page }) => {
    await mayDoInBranch(unit, branchId, 'audit:read')
    const found = await readAudit(unit, {
      ...{ branchId, actor: actor ?? null, action: action ?? null, about: about ?? null },
      from: from ? instantOf(from, '00:00') : null,
      to: to ? instantOf(addDays(to, 1), '00:00') : null,
      ...{ cursor: page.cursor, limit: page.limit },
    })
    const whoIs = await namePeople(
      unit,
      found.rows.map((row) => row.actor),
    )
    const rows = found.rows.map((row) => ({
      ...row,
      actor: { id: row.actor, name: whoIs(row.actor) },
    }))
    return { ...found, rows }
  })
}
