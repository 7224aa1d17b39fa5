import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { importSampleCampaigns } from '#campaigns'
import { SESSION_COOKIE } from '#platform/http.ts'
import { unwatched } from '#platform/works.ts'
import type { ImportKind } from '#subscribers'
import { makePlan, publishPlan } from '#worklists'
import { readConfig } from '../../config.ts'
import { type House, openWebServer } from '../../house.ts'
import { type Branch, openBranch, type Person } from '../branch.ts'
import { type Cells, csvOfRows, deliver } from '../extract.ts'
import { type Known, UNKNOWN } from './known.ts'
import { watchNested } from './nested.ts'

/** The day of the lists, and the instant at which everything happens: 06:30 of that day in China. */
export const DAY = '2026-11-21'
const INSTANT = '2026-11-20T22:30:00Z'
const DATA_DATE = '2026-11-20'

/**
 * A word that stands in rows of one unit and nowhere else. `rows`: whoever has the unit in scope may
 * meet it; `path`: those below it as well, to whom it says where they are; `branch`: whoever works
 * anywhere in the branch; `nobody`: it is personal data, which leaves the server masked.
 */
export type Canary = Readonly<{
  word: string
  unitId: string
  reach: 'rows' | 'path' | 'branch' | 'nobody'
}>

/** Two counties of one city, two zones in each; every row of a zone carries the words of its zone. */
export type World = Branch &
  Readonly<{
    canaries: readonly Canary[]
    /** Unit → parent. */
    parents: ReadonlyMap<string, string | null>
    /** Ids that exist, by the unit that they belong to. */
    known: ReadonlyMap<string, Known>
    fastify: FastifyInstance
    /** All that the server wrote into its log, at the level `info`. */
    log: readonly string[]
    /** Units that were begun inside another one. */
    nested: readonly string[]
  }>

/** Letters of old books: no sentence, name or place of the product has them. */
const LETTERS: Readonly<Record<string, string>> = {
  '370686-Z1': '㐂㐃㐄㐅㐆㐇㐈',
  '370686-Z2': '㐉㐊㐋㐌㐍㐎㐏',
  '370685-Z1': '㐐㐑㐒㐓㐔㐕㐖',
  '370685-Z2': '㐗㐘㐙㐚㐛㐜㐝',
}
const BRANCHES = [
  { branchId: '370686', mark: 'QX', letters: '㐞㐟㐠㐡㐢' },
  { branchId: '370685', mark: 'ZY', letters: '㐣㐤㐥㐦㐧' },
] as const
const SUBSCRIBERS_A_ZONE = 12

export async function openWorld(): Promise<World> {
  const branch = await openBranch(INSTANT)
  const log: string[] = []
  const nested: string[] = []
  try {
    const { house } = branch
    const run = watchNested(house.works.run, nested)
    const fastify = await serveLogged({ ...house, works: { ...house.works, run } }, log)
    const known = new Map<string, Known>()
    for (const { branchId } of BRANCHES) {
      await fillBranch(branch, branchId)
      for (const [unitId, ids] of await idsOf(branch, fastify, branchId)) known.set(unitId, ids)
    }
    const units = await branch.sql('select unit_id, parent_id from people.unit')
    const parents = new Map(
      units.map((unit) => [String(unit.unit_id), unit.parent_id as string | null]),
    )
    for (const above of ['37', '3706'])
      known.set(above, { ...UNKNOWN, branchId: above, unitId: above })
    return {
      ...{ ...branch, canaries: canariesOf(), parents, known, fastify, log, nested },
      close: async () => {
        await fastify.close()
        await branch.close()
      },
    }
  } catch (error) {
    await branch.close()
    throw error
  }
}

/** A web server of the house whose log is kept, which knows no limit of requests. */
export async function serveLogged(house: House, log: string[]): Promise<FastifyInstance> {
  const config = readConfig({ GRIDKEEPER_LOG_LEVEL: 'info' })
  return openWebServer(house, config, '', { logTo: { write: (line) => void log.push(line) } })
}

/** The words of a zone: names, addresses, unit and place names, staff, notes; its secret numbers. */
function wordsOf(zoneId: string) {
  const [holder = '', home = '', unit = '', place = '', staff = '', note = '', rejected = ''] =
    LETTERS[zoneId] ?? ''
  const digit = 3 + Object.keys(LETTERS).indexOf(zoneId)
  return { holder, home, unit, place, staff, note, rejected, digit, mark: markOf(zoneId) }
}
const markOf = (zoneId: string) =>
  `${BRANCHES.find(({ branchId }) => zoneId.startsWith(branchId))?.mark}${zoneId.at(-1)}`
const secretsOf = (zoneId: string) => {
  const { digit, holder, rejected } = wordsOf(zoneId)
  return {
    name: `${holder}密名`,
    phone: (nth: number) => `13${digit}77${digit}${digit}${2400 + nth}`,
    hidden: `13${digit}77${digit}${digit}`,
    idNumber: `3706${digit}1990${digit}${digit}${digit}5`,
    rejected: `${rejected}密名`,
  }
}

function canariesOf(): Canary[] {
  const zones = Object.keys(LETTERS).flatMap((unitId): Canary[] => {
    const { holder, home, unit, place, staff, note, rejected, mark } = wordsOf(unitId)
    const { name, hidden, idNumber } = secretsOf(unitId)
    const rows = [holder, home, place, staff, note, rejected, `${mark}-S`, `${mark}-W`]
    return [
      ...rows.map((word) => ({ word, unitId: gridOf(unitId), reach: 'rows' }) as const),
      { word: unit, unitId, reach: 'path' },
      ...[name, hidden, idNumber].map(
        (word) => ({ word, unitId: gridOf(unitId), reach: 'nobody' }) as const,
      ),
    ]
  })
  const branches = BRANCHES.flatMap(({ branchId: unitId, letters }): Canary[] => {
    const [name = '', ...rest] = letters
    return [
      { word: name, unitId, reach: 'path' },
      ...rest.map((word) => ({ word, unitId, reach: 'branch' }) as const),
    ]
  })
  return [...zones, ...branches]
}

/** Delivers every kind of file to a branch, plans its day twice, and publishes one of the plans. */
async function fillBranch(branch: Branch, branchId: string): Promise<void> {
  const own = BRANCHES.find((each) => each.branchId === branchId)
  const [name, file, campaign, season, profile] = own?.letters ?? ''
  const zones = ['1', '2'].map((n) => `${branchId}-Z${n}`)
  const take = (kind: ImportKind, rows: readonly Cells[]) =>
    deliver(branch, rows, {
      branchId,
      kind,
      name: `${file}${kind}.csv`,
      date: DATA_DATE,
      force: '首次',
    })
  const { works } = branch
  await take('organisation', [
    {
      unit_id: branchId,
      parent_id: '3706',
      kind: 'branch',
      name: `${name}县`,
      valid_from: '2020-01-01',
    },
    ...zones.flatMap(unitsOf),
  ])
  await take('places', zones.flatMap(placesOf))
  await take('staff', zones.flatMap(staffOf))
  await take('subscribers', [
    ...zones.flatMap(subscribersOf),
    ...zones.map(rejectedOf),
    ...zones.map(repeatedOf),
  ])
  await take('contacts', zones.flatMap(contactsOf))
  await take('competitors', zones.map(rivalOf))
  await take('resources', zones.map(resourceOf))
  const samples = join(import.meta.dirname, '../../../samples/campaigns')
  await branch.unit(branch.system, (unit) => importSampleCampaigns(unit, branchId, samples))
  await branch.sql(`
    insert into campaigns.campaign_version (branch_id, campaign_id, version, body, yaml, saved_at, saved_by)
    select branch_id, campaign_id, version + 1,
           jsonb_set(body, '{name,zh}', to_jsonb('${campaign}' || (body->'name'->>'zh'))),
           replace(yaml, 'zh: ', 'zh: ${campaign}'), saved_at, saved_by
      from campaigns.campaign_version
     where branch_id = '${branchId}' and campaign_id = 'renewal-due'`)
  await branch.sql(`
    insert into calendar.setting values ('${branchId}', 'seasons',
        '[{"seasonId":"own","name":{"zh":"${season}","en":"${season}"},"crop":"苹果","towns":[],"from":"03-01","to":"03-30","advice":"avoid"}]',
        now(), 'system')`)
  await branch.sql(`
    insert into subscribers.profile (branch_id, name, version, kind, yaml, saved_at, saved_by)
    values ('${branchId}', 'own-profile', 1, 'subscribers', '${ownProfile(profile)}', now(), 'system')`)
  await branch.sql(`
    insert into worklists.rules (branch_id, version, may_overflow, recorded_at, recorded_by)
    values ('${branchId}', 1, false, now(), 'system')`)
  await makePlan(works, { branchId, day: '2026-11-22' }, unwatched)
  const { planId } = await makePlan(works, { branchId, day: DAY }, unwatched)
  await publishPlan(works, { branchId, planId }, unwatched)
}

const ownProfile = (word = '') =>
  `name: own-profile\nkind: subscribers\nversion: 1\nabout: { zh: ${word}, en: ${word} }\ncolumns: []\n`

function unitsOf(zoneId: string): Cells[] {
  const { unit } = wordsOf(zoneId)
  const hall = `${zoneId.slice(0, 6)}-H0${zoneId.at(-1)}`
  const of = (unit_id: string, parent_id: string, kind: string, name: string) =>
    ({ unit_id, parent_id, kind, name: `${unit}${name}`, valid_from: '2020-01-01' }) satisfies Cells
  return [
    of(zoneId, zoneId.slice(0, 6), 'zone', '片区'),
    of(hall, zoneId, 'hall', '营业厅'),
    of(`${hall}-G1`, hall, 'grid', '网格'),
  ]
}

const gridOf = (zoneId: string) => `${zoneId.slice(0, 6)}-H0${zoneId.at(-1)}-G1`
const placeOf = (zoneId: string) => `${zoneId.slice(0, 6)}00${zoneId.at(-1)}001`

function placesOf(zoneId: string): Cells[] {
  const { place } = wordsOf(zoneId)
  const code = placeOf(zoneId)
  return [
    {
      division_code: code.slice(0, 9),
      name: `${place}街道`,
      kind: 'town',
      grid_id: gridOf(zoneId),
    },
    { division_code: code, name: `${place}社区`, kind: 'community', grid_id: gridOf(zoneId) },
  ]
}

function staffOf(zoneId: string): Cells[] {
  const { staff, mark } = wordsOf(zoneId)
  const roles = ['community_manager', 'installer', 'hotline_agent', 'hall_clerk']
  return roles.map((role, nth) => ({
    staff_id: `${mark}-W${nth}`,
    name: `${staff}员工${nth}`,
    phone: `1380000${mark.charCodeAt(0)}${nth}`,
    account: `${mark.toLowerCase()}w${nth}`,
    roles: role,
    unit_id: gridOf(zoneId),
    skills: '',
    capacity_door: 20,
    capacity_call: 20,
    capacity_hall: 20,
    capacity_install: 20,
    days: '1234567',
    valid_from: '2020-01-01',
    valid_to: '',
    agency: `${staff}代理`,
  }))
}

const idOf = (zoneId: string, nth: number) => `${wordsOf(zoneId).mark}-S${100 + nth}`
const homeOf = (zoneId: string, nth: number) => {
  const { place, home } = wordsOf(zoneId)
  return `${place}社区${home}花园1号楼1单元${101 + nth}室`
}

function subscribersOf(zoneId: string): Cells[] {
  const secret = secretsOf(zoneId)
  return Array.from({ length: SUBSCRIBERS_A_ZONE }, (_, nth) => ({
    用户编号: idOf(zoneId, nth),
    用户状态: '正常',
    客户名称: secret.name,
    联系电话: secret.phone(nth),
    装机地址: homeOf(zoneId, nth),
    村居编码: placeOf(zoneId),
    网格: gridOf(zoneId),
    套餐月费: 98 + nth,
    账户余额: nth % 3 === 0 ? -120 : 5,
    合约失效时间: `202611${String(22 + (nth % 8)).padStart(2, '0')}`,
    身份证号: `${secret.idNumber}${10 + nth}`,
    上门备注: `${wordsOf(zoneId).note}备注`,
  }))
}

/** A row without a key stays outside, in clear text, for whoever may import it again. */
const rejectedOf = (zoneId: string): Cells => ({
  ...subscribersOf(zoneId)[0],
  用户编号: '',
  客户名称: secretsOf(zoneId).rejected,
})

/** A row that comes twice: one of the two is left out. */
const repeatedOf = (zoneId: string): Cells => ({ ...subscribersOf(zoneId)[0] })

const contactsOf = (zoneId: string): Cells[] =>
  [0, 1, 2].map((nth) => ({
    contact_id: `${wordsOf(zoneId).mark}-C${nth}`,
    subscriber_id: idOf(zoneId, nth),
    household_id: '',
    at: '2026-09-01T10:00:00+08:00',
    channel: 'call_out',
    direction: 'out',
    purpose: 'marketing',
    staff_id: `${wordsOf(zoneId).mark}-W0`,
    result: 'done',
    reason: `${wordsOf(zoneId).note}原因`,
    scope: '',
    until: '',
    note: `${wordsOf(zoneId).note}记录`,
  }))

const rivalOf = (zoneId: string): Cells => ({
  household_id: '',
  address: homeOf(zoneId, 1),
  operator: `${wordsOf(zoneId).note}移动`,
  monthly_fee: '88.00',
  expires_on: '2027-07-04',
  seen_at: '2026-07-16',
  staff_id: `${wordsOf(zoneId).mark}-W0`,
})

const resourceOf = (zoneId: string): Cells => ({
  division_code: placeOf(zoneId),
  address: `${wordsOf(zoneId).note}机房`,
  access_type: 'FTTH',
  two_way: 'true',
  ports_total: 8,
  ports_free: 2,
  max_mbps: 1000,
  as_of: '2026-11-19',
})

/** Ids that an attacker could have seen somewhere, for the branch and for each unit in it. */
async function idsOf(
  branch: Branch,
  fastify: FastifyInstance,
  branchId: string,
): Promise<[string, Known][]> {
  const own = BRANCHES.find((each) => each.branchId === branchId)
  const [imported] = await branch.sql(
    `select import_id from subscribers.import where branch_id = '${branchId}' and kind = 'subscribers'`,
  )
  const plans = await branch.sql(
    `select plan_id from worklists.plan where branch_id = '${branchId}' order by day`,
  )
  const jobId = randomUUID()
  await branch.sql(`
    insert into platform.job (branch_id, job_id, kind, input, state, result, started_by, created_at, finished_at)
    values ('${branchId}', '${jobId}', 'plan', '{}', 'done', '{"planId":"${own?.letters}"}', 'system', now(), now())`)
  const uploadId = await upload(
    fastify,
    await branch.hire({ unit: branchId, roles: ['administrator'] }),
    `${own?.letters[1]}.csv`,
    csvOfRows(subscribersOf(`${branchId}-Z1`)),
  )
  const units = ['Z1', 'Z2'].flatMap((zone) => {
    const zoneId = `${branchId}-${zone}`
    const hall = `${branchId}-H0${zone.at(-1)}`
    return [zoneId, hall, `${hall}-G1`].map((unitId) => ({ unitId, zoneId }))
  })
  const base = {
    ...UNKNOWN,
    branchId,
    importId: String(imported?.import_id),
    planId: String(plans[0]?.plan_id),
    otherPlanId: String(plans[1]?.plan_id),
    jobId,
    uploadId,
    campaignId: 'renewal-due',
    name: 'own-profile',
    kind: 'subscribers',
    date: DAY,
    day: DAY,
  }
  const inZone = (zoneId: string) => ({
    staffId: `${wordsOf(zoneId).mark}-W0`,
    subscriberId: idOf(zoneId, 1),
    search: wordsOf(zoneId).holder,
  })
  return [
    [branchId, { ...base, unitId: branchId, ...inZone(`${branchId}-Z1`) }],
    ...units.map(({ unitId, zoneId }): [string, Known] => [
      unitId,
      { ...base, unitId, ...inZone(zoneId) },
    ]),
  ]
}

/** Sends a file as the web app does, and tells what it is called from then on. */
async function upload(
  fastify: FastifyInstance,
  who: Person,
  name: string,
  content: string,
): Promise<string> {
  const form = new Response(
    (() => {
      const parts = new FormData()
      parts.set('file', new Blob([content]), name)
      return parts
    })(),
  )
  const answer = await fastify.inject({
    method: 'POST',
    url: `/api/v1/branches/${who.branchId}/uploads`,
    headers: {
      cookie: `${SESSION_COOKIE}=${who.cookie}`,
      'content-type': form.headers.get('content-type') ?? '',
    },
    payload: Buffer.from(await form.arrayBuffer()),
  })
  return (answer.json() as { uploadId: string }).uploadId
}
