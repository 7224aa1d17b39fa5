import { AUDIT_ACTIONS, type AuditAction } from '#contract/audit.ts'
import { COUNTED_UP_TO, type Mark, pageOfRows, readCursor } from '../page.ts'
import type { Unit } from '../unit.ts'
import { audit } from './audit.ts'
import { type AuditRow, countEntries, selectEntries } from './store.ts'

export type AuditQuestion = Readonly<{
  /** '' for what belongs to no branch. */
  branchId: string
  /** Instants, the second excluded. */
  from: Date | null
  to: Date | null
  actor: string | null
  action: string | null
  about: string | null
  cursor: string | undefined
  limit: number
}>

/** A page of a chain, newest first. Row-level security decides who reads; reading is audited itself. */
export async function readAudit(unit: Unit, { branchId, cursor, ...of }: AuditQuestion) {
  const mark: Mark | undefined = readCursor(cursor, 'integer')
  const asked = { ...of, chain: branchId, before: mark ?? null }
  const rows = await selectEntries(unit, { ...asked, limit: of.limit + 1 })
  const total = await countEntries(unit, asked, COUNTED_UP_TO)
  if (!mark)
    audit(unit, {
      branchId: branchId || null,
      action: 'audit.read',
      values: {
        ...{ actor: of.actor, action: of.action, about: of.about },
        ...{ from: of.from?.toISOString() ?? null, to: of.to?.toISOString() ?? null },
      },
    })
  const page = pageOfRows(rows, of.limit, ({ seq }) => ({ value: seq, id: '' }))
  return { ...page, total, rows: page.rows.map(shown) }
}

function shown({ seq, at, actor, action, kind, id, body, hash }: AuditRow) {
  const { values } = JSON.parse(body) as {
    values: Record<string, string | number | boolean | null>
  }
  return {
    ...{ seq, at: at.toISOString(), actor, action, hash, values },
    actionName: AUDIT_ACTIONS[action as AuditAction] ?? { zh: action, en: action },
    about: kind !== null && id !== null ? { kind, id } : null,
  }
}
