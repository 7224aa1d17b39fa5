import { namePeople, readBranch, unitNames, unitsWhere } from '#people'
import type { Unit } from '#platform/unit.ts'
import { ALARM_REASONS } from './unmask-alarms.ts'
import { type AlarmRead, selectAlarms } from './unmask-store.ts'

/** The alarms of a branch about people of the units whose alarms the actor may read, the latest first. */
export async function listAlarms(
  unit: Unit,
  of: Readonly<{ branchId: string; cursor?: string | undefined; limit: number }>,
) {
  await readBranch(unit, of.branchId)
  const units = await unitsWhere(unit, 'alarm:read')
  const { rows, ...page } = await selectAlarms(unit, { ...of, units })
  const names = await unitNames(unit, of.branchId)
  const whoIs = await namePeople(
    unit,
    rows.flatMap(({ staffId, lookedBy }) => (lookedBy === null ? [staffId] : [staffId, lookedBy])),
  )
  return {
    rows: rows.map((row) => ({
      staffId: row.staffId,
      staffName: whoIs(row.staffId),
      unitId: row.unitId,
      unitName: names.get(row.unitId)?.name ?? row.unitId,
      day: row.day,
      reason: reasonOf(row),
      firstAt: row.firstAt.toISOString(),
      lastAt: row.lastAt.toISOString(),
      looked: lookAt(row, whoIs),
    })),
    ...page,
  }
}

function lookAt(
  { lookedAt, lookedBy, note }: AlarmRead,
  whoIs: (staffId: string) => Readonly<{ zh: string; en: string }>,
) {
  if (lookedAt === null || lookedBy === null || note === null) return null
  return { at: lookedAt.toISOString(), staffId: lookedBy, staffName: whoIs(lookedBy), note }
}

function reasonOf({ reason, values }: AlarmRead) {
  const said = (language: 'zh' | 'en') =>
    ALARM_REASONS[reason][language].replaceAll(/\{(\w+)\}/g, (_, name: string) =>
      String(values[name] ?? ''),
    )
  return { code: reason, values: { ...values }, text: { zh: said('zh'), en: said('en') } }
}
