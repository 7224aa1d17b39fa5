import { afterAll, beforeAll, expect, test } from 'vitest'
import { Role } from '#contract/organisation.ts'
import { ABOVE, HOMES, hireCrowd, stepsOf, type Walker } from './crowd.ts'
import { OPERATIONS, type Operation } from './document.ts'
import { untouched } from './untouched.ts'
import { type Step, takeAll, type Walked } from './walk.ts'
import { openWorld, type World } from './world.ts'

// `GRIDKEEPER_FULL=1 npx vitest run --project house server/test/attack/scope-walk.test.ts` walks over 100,000 requests far.
const FULL = process.env.GRIDKEEPER_FULL === '1'
const TIME = { timeout: FULL ? 7_200_000 : 900_000 }
const QUESTIONS = OPERATIONS.filter(({ isCommand }) => !isCommand)
const COMMANDS = OPERATIONS.filter(({ isCommand, path }) => isCommand && !/\/session\b/.test(path))

let world: World
let crowd: Walker[]
let steps: Step[]
let walked: Walked[]

beforeAll(async () => {
  world = await openWorld()
  crowd = [...(await hireCrowd(world)), ...(await hireCrowd(world, Role.options, ABOVE))]
  // Each question is asked plainly by everybody; options change from one step to the next.
  const variants = FULL
    ? () => [0, 1, 2, 3, 4, 5] // over 100,000 requests with the commands
    : (nth: number) => [[0, 1, 0, 2, 0][nth % 5] ?? 0]
  const every = stepsOf(world, crowd, QUESTIONS, variants)
  steps = FULL ? every : every.filter(isTaken)
  walked = await takeAll(world, world.fastify, steps)
}, TIME.timeout)
afterAll(() => world.close(), 120_000)

/**
 * Of the directions that lead out of the county every second one is taken, another one for each home
 * and role: each role still asks each question in each direction from one of the homes.
 */
function isTaken({ who, role, operation, aim }: Step): boolean {
  if (aim === 'own' || aim === 'mixed' || aim === 'unknown-here') return true
  const place = QUESTIONS.indexOf(operation) + Role.options.indexOf(role)
  return (place + HOMES.indexOf(who.unitId)) % 2 === 0
}

const findingsOf = (taken: readonly Walked[]) => taken.flatMap(({ findings }) => findings)

test('nobody meets a word of a unit that is not theirs, nor anything unmasked', () => {
  const findings = findingsOf(walked)
  console.log(`requests ${walked.length}, foreign canaries found ${findings.length}`)
  expect(findings.slice(0, 20)).toEqual([])
  expect(walked.length).toBeGreaterThanOrEqual(FULL ? 85_000 : 10_000)
})

test('everybody meets what is theirs, so the walk would have met what is not', () => {
  const answered = new Map<string, { ok: number; own: number }>()
  for (const [at, { status, own }] of walked.entries()) {
    const id = steps[at]?.operation.id ?? ''
    const known = answered.get(id) ?? { ok: 0, own: 0 }
    answered.set(id, { ok: known.ok + (status === 200 ? 1 : 0), own: known.own + own })
  }
  const silent = [...answered]
    .filter(([id, { ok }]) => ok === 0 && !Object.hasOwn(ANSWERED_ELSEWHERE, id))
    .map(([id]) => id)
  expect(silent, 'questions that nobody ever got an answer to').toEqual([])
  const met = [...answered].filter(([, { own }]) => own > 0).map(([id]) => id)
  expect(met).toEqual(expect.arrayContaining(SHOW_ROWS))
})
/** Questions that take more than an id to be answered, and where that is tried. */
const ANSWERED_ELSEWHERE: Readonly<Record<string, string>> = {
  countSegment: 'a condition that fits the fields: fuzz-conditions.test.ts',
  downloadDuplicates: 'the own import or an approval: tests of subscribers',
  downloadRejects: 'the own import or an approval: tests of subscribers',
  readEventPhoto: 'the file of a photo: tests of events',
  readEvidence: 'the file of a photo: tests of field',
  downloadExport: 'the approval of a second person: tests of subscribers',
  previewRezoning: 'moves that fit the tree: tests of people',
  readIdentity: 'an account at a provider: tests of people',
  backChannelLogout: 'a provider: tests of people',
  finishSso: 'a provider: tests of people',
  startSso: 'a provider: tests of people',
}

/** Questions whose answers carry words of units: at the least these. */
const SHOW_ROWS = [
  ...['listSubscribers', 'readPortrait', 'explainSubscriber', 'listTasks', 'listWorklists'],
  ...[
    'listWebhooks',
    'readPersonList',
    'listDecisions',
    'listStaff',
    'readTree',
    'downloadWorklists',
  ],
  ...['listLapsed', 'readLapse', 'readLapsedPlaces', 'listSweeps'],
  ...['readVisitFlags', 'readPersonVisitFlags'],
  ...['listEvents', 'readEvent'],
  ...['listImports', 'readImport', 'listProfiles', 'listCampaigns', 'readCampaign', 'readCalendar'],
]

test('what is out of scope answers as what does not exist', () => {
  const answers = new Map<string, Walked>()
  for (const [at, step] of steps.entries()) answers.set(keyOf(step), walked[at] as Walked)
  const told: string[] = []
  let compared = 0
  for (const [at, step] of steps.entries()) {
    const { operation, aim } = step
    if (aim !== 'mixed' && aim !== 'far') continue
    if (!namesOneThing(operation, aim)) continue
    const nobody = answers.get(keyOf({ ...step, aim: aim === 'far' ? 'unknown' : 'unknown-here' }))
    const { status, code } = walked[at] as Walked
    if (status !== 404 && status !== 403 && status !== 422)
      told.push(`${step.role} of ${step.who.unitId}: ${operation.id} (${aim}) answers ${status}`)
    if (!nobody) continue
    compared += 1
    if (nobody.status !== status || nobody.code !== code)
      told.push(
        `${step.role} of ${step.who.unitId}: ${operation.id} (${aim}) ${status} ${code}, but ${nobody.status} ${nobody.code} of what nobody has`,
      )
  }
  console.log(`compared ${compared} answers about foreign things with answers about none`)
  expect(told.slice(0, 20)).toEqual([])
  expect(compared).toBeGreaterThan(FULL ? 10_000 : 300)
})
const keyOf = ({ who, operation, aim, variant }: Step) =>
  `${who.id} ${operation.id} ${aim} ${variant}`

/** Ids that two counties never share; names of campaigns and profiles they may. */
const OF_ONE = [
  'unitId',
  'staffId',
  'subscriberId',
  'importId',
  'planId',
  'jobId',
  'uploadId',
  'resultId',
]
const namesOneThing = ({ parameters }: Operation, aim: string) =>
  parameters.some(
    ({ in: where, name }) =>
      where === 'path' && (OF_ONE.includes(name) || (aim === 'far' && name === 'branchId')),
  )

test('nobody changes a row of a unit that is not theirs', TIME, async () => {
  const outside = crowd.filter(
    ({ unitId }) => unitId === '370686-H01' || (FULL && unitId === '370686-Z1'),
  )
  const before = await untouched(world, '370686-Z1')
  const tries = stepsOf(world, outside, COMMANDS, (nth) => (FULL ? [0, 1, 2] : [nth % 3]))
  const hostile = tries.filter(({ aim }) => aim !== 'own')
  const done = await takeAll(world, world.fastify, hostile)
  console.log(`commands ${done.length}, foreign canaries found ${findingsOf(done).length}`)
  expect(walked.length + done.length).toBeGreaterThanOrEqual(FULL ? 100_000 : 10_000)
  expect(findingsOf(done).slice(0, 20)).toEqual([])
  expect(await untouched(world, '370686-Z1')).toEqual(before)
})

test('the log of all this holds no name, number or address', () => {
  // How long a call took has as many digits as a number, and any of them.
  const log = world.log.join('').replaceAll(/"responseTime":[\d.e-]+/g, '')
  expect(world.log.length).toBeGreaterThan(walked.length)
  expect(world.canaries.filter(({ word }) => log.includes(word) && !isId(word))).toEqual([])
})
/** The log tells which address was asked for, ids and all. */
const isId = (word: string) => /^[A-Z]{2}\d-/.test(word)

test('nobody who holds a connection waits for another one', () => {
  expect([...new Set(world.nested)]).toEqual([])
})

test(
  'many portraits at once are all answered, however few connections there are',
  TIME,
  async () => {
    const portrait = steps.filter(
      ({ operation, aim }) => operation.id === 'readPortrait' && aim === 'own',
    )
    const taken = await takeAll(world, world.fastify, portrait, 40)
    expect(taken.filter(({ status }) => status === 200).length).toBeGreaterThan(20)
  },
)
