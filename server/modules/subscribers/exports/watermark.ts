import { readPerson } from '#people'
import { dayOf, instantOf } from '#platform/day.ts'
import type { Unit } from '#platform/unit.ts'

/**
 * The line that every file with personal data carries on each sheet: who asked for it, under which
 * number, and when. @throws Refusal `staff-unknown` when the person has left.
 */
export async function watermarkFor(unit: Unit, staffId: string, number: string): Promise<string> {
  const { name, account } = await readPerson(unit, staffId)
  return watermarkOf({ name, account: account ?? staffId, number, at: unit.now })
}

export function watermarkOf(
  of: Readonly<{ name: string; account: string; number: string; at: Date }>,
): string {
  const day = dayOf(of.at)
  const minutes = Math.floor((of.at.getTime() - instantOf(day, '00:00').getTime()) / 60_000)
  const clock = [minutes / 60, minutes % 60].map((part) =>
    String(Math.floor(part)).padStart(2, '0'),
  )
  const who = `${of.name}（${of.account}）`.replaceAll(/[\r\n]/g, ' ')
  return `${who} ${day} ${clock.join(':')} ${of.number} · 含个人信息，仅限本人使用 Personal data for the requester alone`
}
