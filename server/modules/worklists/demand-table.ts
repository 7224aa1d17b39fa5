import assert from 'node:assert/strict'
import { type LakeSession, question } from '#platform/duckdb/lake.ts'
import { type Assignment, at, type Demand, type PlanRules } from './assignment.ts'
import { type Crews, HANDS_ON } from './crews.ts'
import type { Door } from './order-doors.ts'
import { orderVisits, unlikeDoors, type Window } from './order-of-visits.ts'
import type { BareReason } from './reasons.ts'
import { whyUnassigned } from './unassigned.ts'
import type { Wanted, Wish } from './wishes.ts'

const ask = (file: string) => question(import.meta.url, `./queries/${file}`)

/** Every combination of campaign, town and touchpoints among the eligible, by number. */
export async function readWanted(session: LakeSession): Promise<Wanted[]> {
  await session.run(ask('wishes.sql'))
  const rows = await session.rows<Omit<Wanted, 'touchpoints'> & { touchpoints: string }>(
    ask('wanted.sql'),
  )
  return rows.map((row) => ({ ...row, touchpoints: row.touchpoints.split(' ').filter(Boolean) }))
}

/** The eligible as typed arrays, 10 bytes each: the rest of what is known of them stays in the lake. */
export async function readDemand(
  session: LakeSession,
  of: Crews,
  branchId: string,
  wishes: readonly Wish[],
): Promise<Demand> {
  const crews = JSON.stringify(of.crews.map(({ unitId }) => unitId))
  await session.run(ask('crews.sql'), { crews, branch: branchId })
  await session.run(ask('demand.sql'))
  const [counted] = await session.rows<{ size: number }>(ask('demand-size.sql'))
  const size = counted?.size ?? 0
  const crew = new Int32Array(size)
  const wish = new Uint16Array(size)
  const route = new Int32Array(size)
  const result = await session.connection.stream(ask('demand-numbers.sql'))
  let place = 0
  for await (const chunk of chunksOf(result)) {
    const [homes, wanted, along] = [0, 1, 2].map((column) => chunk.getColumnVector(column))
    for (let row = 0; row < chunk.rowCount; row++, place++) {
      crew[place] = Number(homes?.getItem(row))
      wish[place] = Number(wanted?.getItem(row))
      route[place] = Number(along?.getItem(row))
    }
  }
  assert(place === size, `${size} candidates were counted and ${place} read`)
  const skills = wishes.map(({ skill }) => skill)
  return { crew, wish, route, wishes: wishes.map(({ open }) => open), skills }
}

async function* chunksOf(result: Awaited<ReturnType<LakeSession['connection']['stream']>>) {
  for (let chunk = await result.fetchChunk(); chunk?.rowCount; chunk = await result.fetchChunk())
    yield chunk
}

/** The doors of everybody whose doors have not all one window, by candidate. */
async function readDoors(
  session: LakeSession,
  wishes: readonly Wish[],
  { demand, assignment }: Readonly<{ demand: Demand; assignment: Assignment }>,
): Promise<ReadonlyMap<number, Door>> {
  const windows = wishes.map(({ visits }): Window | undefined => {
    const time = visits.find(({ touchpoint }) => touchpoint === 'door')?.time
    return time && { opens: minuteOf(time.start), closes: minuteOf(time.end) }
  })
  const unlike = unlikeDoors(demand, assignment, windows)
  if (unlike.size === 0) return new Map()
  const rows = await session.rows<Pick<Door, 'town' | 'place' | 'building'> & { number: number }>(
    ask('doors.sql'),
    { asked: JSON.stringify([...unlike.keys()]) },
  )
  return new Map(
    rows.flatMap(({ number, ...where }) => {
      const window = unlike.get(number)
      return window ? [[number, { ...where, ...window, route: at(demand.route, number) }]] : []
    }),
  )
}

const MINUTE_MS = 60_000
const minuteOf = (instant: string) => Date.parse(instant) / MINUTE_MS

/** Takes what the assignment said back into the lake, with a reason for whoever nobody got. */
export async function writeFates(
  session: LakeSession,
  of: Crews,
  rules: PlanRules,
  wishes: readonly Wish[],
  decided: Readonly<{ demand: Demand; assignment: Assignment }>,
): Promise<void> {
  const { demand, assignment } = decided
  const doors = await readDoors(session, wishes, decided)
  const visits = orderVisits(demand, assignment, doors)
  const reasons: BareReason[] = []
  const known = new Map<number, number>()
  const whyOf = (i: number): number => {
    const key = at(demand.crew, i) * wishes.length + at(demand.wish, i)
    const why = known.get(key)
    if (why !== undefined) return why
    const wish = wishes[at(demand.wish, i)]
    assert(wish)
    known.set(key, reasons.length)
    return reasons.push(whyUnassigned(of, rules, at(demand.crew, i), wish)) - 1
  }

  await session.run(ask('fates.sql'))
  const appender = await session.connection.createAppender('fate', 'work')
  for (const [i, person] of assignment.person.entries()) {
    appender.appendInteger(i)
    if (person >= 0) {
      appender.appendInteger(person)
      appender.appendVarchar(HANDS_ON[at(assignment.touchpoint, i)] ?? '')
      appender.appendInteger(at(visits, i))
      appender.appendNull()
    } else {
      appender.appendNull()
      appender.appendNull()
      appender.appendNull()
      appender.appendInteger(whyOf(i))
    }
    appender.endRow()
  }
  appender.closeSync()
  const members = of.people.map(({ staffId, unitId }, person) => ({
    person,
    staff_id: staffId,
    unit_id: unitId,
  }))
  await session.run(ask('members.sql'), { rows: JSON.stringify(members) })
  const whys = reasons.map(({ code, values }, why) => ({
    why,
    code,
    why_values: JSON.stringify(values),
  }))
  await session.run(ask('whys.sql'), { rows: JSON.stringify(whys) })
}
