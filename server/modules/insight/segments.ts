import { readBranch, unitsInScope } from '#people'
import { dayOf } from '#platform/day.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Actor, Unit } from '#platform/unit.ts'
import type { Works } from '#platform/works.ts'
import { checkCondition } from './check.ts'
import { compileCount, notDelivered } from './compile.ts'
import type { Condition } from './condition.ts'
import type { Field, Words } from './field.ts'
import { fieldsFor } from './fields.ts'
import type { WarmBases } from './warm.ts'

/** What a caller sees of a branch: the units, null for all of it. */
export async function scopeIn(unit: Unit, branchId: string): Promise<readonly string[] | null> {
  await readBranch(unit, branchId)
  const units = await unitsInScope(unit)
  return units.includes(branchId) ? null : units
}

type Asked = Readonly<{ actor: Actor; branchId: string; date?: string | undefined }>

/** Checks that the branch is the caller’s, and answers on which day and for which units he asks. */
async function standing(works: Works, { actor, branchId, date }: Asked) {
  return works.run(actor, async (unit) => ({
    day: date ?? dayOf(unit.now),
    unitIds: await scopeIn(unit, branchId),
  }))
}

/** The field catalogue; while nothing is imported, nothing is delivered. */
export async function listFields(
  works: Works,
  bases: WarmBases,
  asked: Asked,
  signal: AbortSignal,
): Promise<{ asOf: string | null; fields: readonly Field[] }> {
  const { day } = await standing(works, asked)
  return whileImported(
    () =>
      bases.ask({ branchId: asked.branchId, day }, signal, async (_, base) => ({
        asOf: base.date as string | null,
        fields: base.fields,
      })),
    { asOf: null, fields: fieldsFor({ columns: new Set(), customColumns: [] }) },
  )
}

export type SegmentCount = Readonly<{
  count: number
  households: number
  base: number
  asOf: string | null
  notDelivered: readonly Readonly<{ field: string; label: Words }>[]
}>

/** How many subscribers of the caller’s scope a condition selects on the latest snapshot. */
export async function countSegment(
  works: Works,
  bases: WarmBases,
  asked: Asked & { conditions: Condition },
  signal: AbortSignal,
): Promise<SegmentCount> {
  const { day, unitIds } = await standing(works, asked)
  const { conditions } = asked
  const empty = fieldsFor({ columns: new Set(), customColumns: [] })
  return whileImported(
    () =>
      bases.ask({ branchId: asked.branchId, day }, signal, async (session, base) => {
        checkCondition(conditions, base.catalogue)
        const of = { fields: base.catalogue, day, unitIds }
        const { sql, bound } = compileCount(conditions, of)
        const [row] = await session.rows<{ count: number; households: number }>(sql, bound)
        return {
          count: row?.count ?? 0,
          households: row?.households ?? 0,
          base: unitIds === null ? base.rows : await countBase(session, of),
          asOf: base.date as string | null,
          notDelivered: notDelivered(conditions, base.catalogue),
        }
      }),
    () => {
      const catalogue = new Map(empty.map((field) => [field.field, field]))
      checkCondition(conditions, catalogue)
      const missing = notDelivered(conditions, catalogue)
      return { count: 0, households: 0, base: 0, asOf: null, notDelivered: missing }
    },
  )
}

async function countBase(
  session: Parameters<Parameters<WarmBases['ask']>[2]>[0],
  of: Parameters<typeof compileCount>[1],
): Promise<number> {
  const { sql, bound } = compileCount({ all: [] }, of)
  const [row] = await session.rows<{ count: number }>(sql, bound)
  return row?.count ?? 0
}

/** What `ask` answers, or what holds while no extract is imported. */
export async function whileImported<T>(ask: () => Promise<T>, before: T | (() => T)): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'no-snapshot') throw error
    return typeof before === 'function' ? (before as () => T)() : before
  }
}
