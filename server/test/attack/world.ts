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
import {
  BRANCHES,
  contactsOf,
  gridOf,
  idOf,
  LETTERS,
  placeOf,
  placesOf,
  rejectedOf,
  repeatedOf,
  resourceOf,
  rivalOf,
  secretsOf,
  staffOf,
  subscribersOf,
  unitsOf,
  wordsOf,
} from './rows.ts'

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

export async function openWorld(): Promise<World> {
  const branch = await openBranch(INSTANT, {
    settings: { GRIDKEEPER_CALL_GATEWAY_URL: 'simulator' },
  })
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
  const branches = BRANCHES.flatMap(({ branchId: unitId, letters, webhook }): Canary[] => {
    const [name = '', ...rest] = letters
    return [
      { word: name, unitId, reach: 'path' },
      { word: webhook, unitId, reach: 'rows' },
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
  // Nobody answers to this name, and nobody can read its secret: nothing is sent.
  await branch.sql(`
    insert into platform.webhook (webhook_id, unit_id, name, url, kinds, secret, made_at, made_by)
    values ('${webhookOf(branchId)}', '${branchId}', '${own?.webhook}', 'https://${branchId}.invalid/',
        '{plan.published}', 'x', now(), 'system')`)
  for (const zoneId of zones) {
    await lapseIn(branch, branchId, zoneId)
    await holdIn(branch, branchId, zoneId)
  }
  await makePlan(works, { branchId, day: '2026-11-22' }, unwatched)
  const { planId } = await makePlan(works, { branchId, day: DAY }, unwatched)
  await publishPlan(works, { branchId, planId }, unwatched)
  for (const zoneId of zones) await visitIn(branch, branchId, zoneId)
}

/** A short visit of today with a photo that was used before, and what was said of it. */
async function visitIn({ sql }: Branch, branchId: string, zoneId: string): Promise<void> {
  const { note, mark } = wordsOf(zoneId)
  const { resultId, evidenceId } = visitOf(zoneId)
  const [subscriber, grid, who] = [idOf(zoneId, 1), gridOf(zoneId), `${mark}-W0`]
  const sha256 = mark.charCodeAt(0).toString(16).repeat(32)
  for (const id of [randomUUID(), evidenceId])
    await sql(`
      insert into field.evidence (branch_id, evidence_id, staff_id, unit_id, sent_at, bytes, type, sha256)
      values ('${branchId}', '${id}', '${who}', '${grid}', '${INSTANT}', 9, 'image/png', '${sha256}')`)
  await sql(`
    insert into worklists.result (branch_id, result_id, task_id, subscriber_id, unit_id,
        assignee_unit_id, staff_id, happened_at, day, recorded_at, result, standing, started_at,
        photos, answer)
    select branch_id, '${resultId}', task_id, '${subscriber}', '${grid}', '${grid}', '${who}',
        '${INSTANT}', '${DAY}', '${INSTANT}', 'not_at_home', 'first', '${INSTANT}',
        '{${evidenceId}}', '{"conflicts":[]}'
      from worklists.task
     where branch_id = '${branchId}' and unit_id = '${grid}'
       and touchpoint in ('door', 'installer') order by task_id limit 1`)
  await sql(`
    insert into field.visit_review (branch_id, review_id, result_id, subscriber_id, staff_id, unit_id,
        assignee_unit_id, verdict, note, reviewed_at, reviewed_by)
    values ('${branchId}', '${randomUUID()}', '${resultId}', '${subscriber}', '${who}', '${grid}',
        '${grid}', 'talked', '${note}谈过', '${INSTANT}', '${mark}-W1')`)
}

const visitOf = (zoneId: string) => {
  const zone = `${zoneId.slice(0, 6)}0${zoneId.at(-1)}`
  return {
    resultId: `0e500000-0000-4000-8000-0000${zone}`,
    evidenceId: `0f000000-0000-4000-8000-0000${zone}`,
  }
}

/** A lapse of last year that was renewed, with what was noted, and a sweep of the place. */
async function lapseIn({ sql }: Branch, branchId: string, zoneId: string): Promise<void> {
  const [subscriber, { note, mark }] = [idOf(zoneId, 1), wordsOf(zoneId)]
  const [lapse, place] = [`${subscriber}~2025-10-01`, placeOf(zoneId)]
  await sql(`
    insert into renewals.lapsed (branch_id, lapse_id, subscriber_id, contract_end, unit_id, place_code,
        status, found_on, closed_as, closed_on, renewed_to)
    values ('${branchId}', '${lapse}', '${subscriber}', '2025-10-01', '${gridOf(zoneId)}', '${place}',
        'active', '2025-10-02', 'renewed', '2025-11-02', '2026-11-01')`)
  await sql(`
    insert into renewals.lapse_reason (branch_id, reason_id, lapse_id, subscriber_id, reason, asked_at,
        asked_by, evidence, strength, recorded_at, recorded_by)
    values ('${branchId}', '${randomUUID()}', '${lapse}', '${subscriber}', 'price', '2025-10-05',
        '${mark}-W0', '${note}听说', 2, '2025-10-05', '${mark}-W0')`)
  await sql(`
    insert into renewals.sweep (branch_id, sweep_id, place_code, unit_id, on_day, purpose, staff_id,
        left_out, planned_at, planned_by)
    values ('${branchId}', '${randomUUID()}', '${place}', '${gridOf(zoneId)}', '2025-10-09', 'all',
        '${mark}-W0', '{}', '2025-10-05', '${mark}-W0')`)
}

/** An event of the hall of a zone, with its proof and its result. */
async function holdIn({ sql }: Branch, branchId: string, zoneId: string): Promise<void> {
  const { note, mark, place } = wordsOf(zoneId)
  const of = `'${branchId}', '${eventOf(zoneId)}'`
  const by = `'2026-11-19', '${mark}-W0'`
  await sql(`
    insert into events.rules (branch_id, version, per_week, from_month, from_date,
        days_before_festival, saved_at, saved_by)
    values ('${branchId}', 1, 2, 1, 4, 1, ${by}) on conflict do nothing`)
  await sql(`
    insert into events.event (branch_id, event_id, unit_id, kind, place_name, on_day, starts, ends,
        staff_ids, planned_at, planned_by, held_at, reported_at)
    values (${of}, '${hallOf(zoneId)}', 'village', '${place}村口', '2026-11-19', '09:00', '11:00',
        '{${mark}-W0}', ${by}, '2026-11-19', '2026-11-19')`)
  await sql(`
    insert into events.proof (branch_id, event_id, step, is_unusable, recorded_at, recorded_by)
    values (${of}, 1, false, ${by})`)
  await sql(`
    insert into events.photo (branch_id, event_id, evidence_id, step, sha256, used_before)
    values (${of}, '${randomUUID()}', 1, '${'0'.repeat(64)}', false)`)
  await sql(`
    insert into events.report (branch_id, event_id, version, met, leads, orders, note, recorded_at,
        recorded_by)
    values (${of}, 1, 12, 3, '[]', '${note}村委会', ${by})`)
}
const eventOf = (zoneId: string) =>
  `00000000-0000-4000-8000-${zoneId.slice(0, 6)}00000${zoneId.at(-1)}`
const hallOf = (zoneId: string) => gridOf(zoneId).replace('-G1', '')

const webhookOf = (branchId: string) => `wh_000000${branchId}`

const ownProfile = (word = '') =>
  `name: own-profile\nkind: subscribers\nversion: 1\nabout: { zh: ${word}, en: ${word} }\ncolumns: []\n`

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
  const [message] = await branch.sql(
    `select event_id from platform.webhook_delivery where branch_id = '${branchId}'`,
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
    webhookId: webhookOf(branchId),
    eventId: String(message?.event_id),
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
    place: placeOf(zoneId),
    ...visitOf(zoneId),
    onSiteEventId: eventOf(zoneId),
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
