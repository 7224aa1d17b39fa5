import assert from 'node:assert/strict'
import { mkdir } from 'node:fs/promises'
import { setImmediate } from 'node:timers/promises'
import { Refusal } from '#platform/refusal.ts'
import { cellsOf, HEADER } from './columns.ts'
import { CONTACT_HEADER, contactsOf } from './contacts.ts'
import { type Day, iso, parseDay, ymd } from './days.ts'
import { type Draws, drawsOf } from './draws.ts'
import { type Home, type Household, homes, householdOn } from './household.ts'
import { csv, LineWriter, type WrittenFile } from './line-writer.ts'
import {
  ORGANISATION_HEADER,
  organisationRows,
  PLACE_HEADER,
  placeRows,
  STAFF_HEADER,
  staffRow,
} from './organisation.ts'
import { type CountyPlaces, readPlaces } from './places.ts'
import { FAULTY_HOUSEHOLDS, notes, titles, writeWithFaults } from './planted.ts'
import { RESOURCE_HEADER, resourceRows } from './resources.ts'
import { type Rival, rivalOf } from './rival.ts'
import { manTerritory, type Staff } from './staff.ts'
import { subscriberOn } from './subscriber.ts'
import { layOut, type Territory } from './territory.ts'
import { type Truth, truthOf } from './truth.ts'

type CountyOptions = Readonly<{
  /** Six digits of a county whose places stand in `samples/places`. */
  branchId: string
  /** 100 … 10,000,000; about 1.75 subscribers live in each. */
  households: number
  /** A whole number from 0 to 2³² − 1. */
  seed: number
  /** The data date, `YYYY-MM-DD`. A later date shows the same county, older. */
  date: string
  /** A folder, made if it is not there. Files of the same names are replaced. */
  out: string
  /** Called now and then with the households done so far. */
  progress?: (done: number, total: number) => void
}>

const LEAST_HOUSEHOLDS = 100
const MOST_HOUSEHOLDS = 10_000_000
const FIRST_DATE = '2020-01-01'
const LAST_DATE = '2050-12-31'
/** After so many households others get a turn. */
const TURN = 1000

/**
 * Writes a county into `out`: organisation, places, staff, subscribers, contacts, competitors,
 * resources, and the truth behind them. The same options give the same bytes. Refuses with
 * `unknown-branch`, `sample-households`, `sample-seed` or `sample-date`.
 */
export async function generateCounty(options: CountyOptions): Promise<{ files: WrittenFile[] }> {
  const date = check(options)
  const { branchId, households, seed, out } = options
  const places = await readPlaces(branchId)
  await mkdir(out, { recursive: true })
  const chance = drawsOf(seed)
  const territory = layOut(branchId, places, households)
  const staff = manTerritory(chance, territory)
  const county = { options, date, chance, places, territory, staff }
  const small = [
    table(out, 'organisation.csv', ORGANISATION_HEADER, organisationRows(places, territory, staff)),
    table(out, 'places.csv', PLACE_HEADER, placeRows(places, territory)),
    table(out, 'staff.csv', STAFF_HEADER, staff.members.map(staffRow)),
  ]
  const large = await writeBase(county)
  const resources = table(
    out,
    'resources.csv',
    RESOURCE_HEADER,
    resourceRows(date, chance, territory),
  )
  return { files: [...small, ...large, resources] }
}

function check({ households, seed, date }: CountyOptions): Day {
  if (
    !(
      Number.isInteger(households) &&
      households >= LEAST_HOUSEHOLDS &&
      households <= MOST_HOUSEHOLDS
    )
  )
    throw new Refusal('invalid', 'sample-households', {
      ...{ least: LEAST_HOUSEHOLDS, most: MOST_HOUSEHOLDS, households },
    })
  if (!(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32))
    throw new Refusal('invalid', 'sample-seed', { seed })
  const day = parseDay(date)
  if (day === null || date < FIRST_DATE || date > LAST_DATE)
    throw new Refusal('invalid', 'sample-date', { first: FIRST_DATE, last: LAST_DATE, date })
  return day
}

function table(out: string, name: string, header: string, rows: Iterable<string>): WrittenFile {
  using file = new LineWriter(out, name, 'utf8-bom')
  file.line(header)
  for (const row of rows) file.row(row)
  return file.finish()
}

type County = Readonly<{
  options: CountyOptions
  date: Day
  chance: Draws
  places: CountyPlaces
  territory: Territory
  staff: Staff
}>

/** The files that grow with the households, written side by side in one pass over them. */
async function writeBase(county: County): Promise<WrittenFile[]> {
  const { options, date, places, territory } = county
  using subscribers = new LineWriter(options.out, 'subscribers.csv', 'gb18030')
  using contacts = new LineWriter(options.out, 'contacts.csv', 'utf8-bom')
  using competitors = new LineWriter(options.out, 'competitors.csv', 'utf8-bom')
  using truth = new LineWriter(options.out, 'truth.json', 'utf8')
  const files = { subscribers, contacts, competitors, truth }
  for (const title of titles(places.county.name, ymd(date))) subscribers.line(title)
  subscribers.line(HEADER)
  contacts.line(CONTACT_HEADER)
  competitors.line('household_id,address,operator,monthly_fee,expires_on,seen_at,staff_id')
  const { branchId, seed } = options
  truth.line(`{"branch":"${branchId}","date":"${options.date}","seed":${seed},"subscribers":[`)
  const region = places.province.name + places.city.name + places.county.name
  const progress = { written: 0, faults: 0 }
  for (const [number, home] of homes(territory.halls, region)) {
    writeHousehold(county, files, number, home, progress)
    if (number % TURN === 0) {
      options.progress?.(number, options.households)
      await setImmediate()
    }
  }
  assert(progress.faults === FAULTY_HOUSEHOLDS, 'every fault found its household')
  for (const note of notes(progress.written)) subscribers.row(note)
  truth.line(']}')
  options.progress?.(options.households, options.households)
  return [subscribers.finish(), contacts.finish(), competitors.finish(), truth.finish()]
}

type Files = Readonly<Record<'subscribers' | 'contacts' | 'competitors' | 'truth', LineWriter>>

function writeHousehold(
  county: County,
  files: Files,
  number: number,
  home: Home,
  progress: { written: number; faults: number },
): void {
  const { date, chance, staff, options, places } = county
  const household = householdOn(date, chance, number, home)
  const rival = rivalOf(date, chance, household)
  if (rival) files.competitors.row(rivalRow(household, rival, staff))
  for (const line of household.lines) {
    const of = subscriberOn(date, chance, household, line)
    const told = { date, chance, countyCode: places.county.code, staff, rival, of }
    const due = Math.floor((options.households / (FAULTY_HOUSEHOLDS + 1)) * (progress.faults + 1))
    if (progress.faults < FAULTY_HOUSEHOLDS && number >= due)
      writeWithFaults(files.subscribers, told, progress.faults++)
    else files.subscribers.row(cellsOf(told).join(','))
    for (const row of contactsOf(date, chance, staff, of)) files.contacts.row(row)
    files.truth.row(truthRow(progress.written++ === 0, of.id, truthOf(chance, of)))
  }
}

const rivalRow = (household: Household, rival: Rival, staff: Staff): string =>
  csv([
    '',
    household.home.address,
    rival.operator,
    (rival.monthlyFen / 100).toFixed(2),
    iso(rival.expiresOn),
    iso(rival.seenOn),
    staff.sellersOf(household.home.grid)[household.number % 6]?.staffId ?? '',
  ])

function truthRow(first: boolean, id: string, truth: Truth): string {
  const { propensity, uplift, willLeave, reason } = truth
  const facts = { subscriber_id: id, propensity, uplift, will_leave: willLeave, reason }
  return (first ? '' : ',') + JSON.stringify(facts)
}
