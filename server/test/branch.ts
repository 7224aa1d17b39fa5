import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject } from 'vitest'
import type { Language } from '#contract/language.ts'
import type { Role } from '#contract/organisation.ts'
import { importUnits, openSession, putStaff } from '#people'
import { SESSION_COOKIE } from '#platform/http.ts'
import type { Jobs } from '#platform/jobs.ts'
import type { Outside } from '#platform/outgoing/target.ts'
import { openPool } from '#platform/postgres/connect.ts'
import type { Actor, Unit } from '#platform/unit.ts'
import type { Works } from '#platform/works.ts'
import { readConfig } from '../config.ts'
import { openDataFolder } from '../data-folder.ts'
import { furnish, type House, openWebServer } from '../house.ts'
import type { Ledger } from '../ledger.ts'

/** Somebody hired for a test, signed in. */
export type Person = Readonly<{
  id: string
  branchId: string
  unitId: string
  actor: Actor
  cookie: string
  /** A service token, sent instead of the cookie. */
  bearer?: string
}>

export type Answered = Readonly<{ status: number; body: unknown; headers: Record<string, unknown> }>
type Call = (
  url: string,
  who: Person | undefined,
  body?: unknown,
  language?: Language,
) => Promise<Answered>

/** A branch of its own: the real schema, the real routes, and a clock that the test owns. */
export type Branch = Readonly<{
  branchId: string
  house: House
  works: Works
  jobs: Jobs
  system: Actor
  clock: { set(instant: string): void; now(): Date }
  unit<T>(who: Actor | Person, work: (unit: Unit) => Promise<T>): Promise<T>
  hire(as?: {
    unit?: string
    roles?: readonly Role[]
    account?: string
    extension?: string
  }): Promise<Person>
  /** Somebody who is on the staff already. */
  signIn(staffId: string): Promise<Person>
  get(url: string, who: Person | undefined, language?: Language): Promise<Answered>
  post: Call
  put: Call
  delete(url: string, who: Person | undefined): Promise<Answered>
  /** As the owner of the tables, past every policy. */
  sql(text: string): Promise<Record<string, unknown>[]>
  close(): Promise<void>
}>

const HOME = '370686'
const FROM = '2020-01-01'

/** Two sibling branches of one city, each with zones, halls and grids; tests live in the first. */
const UNITS = [
  unit('37', null, 'province', '山东'),
  unit('3706', '37', 'city', '烟台'),
  ...['370686', '370685'].flatMap((id) => [
    unit(id, '3706', 'branch', id === HOME ? '栖霞' : '招远'),
    ...['1', '2'].flatMap((n) => [
      unit(`${id}-Z${n}`, id, 'zone', `${n}片区`),
      unit(`${id}-H0${n}`, `${id}-Z${n}`, 'hall', `${n}营业厅`),
      unit(`${id}-H0${n}-G1`, `${id}-H0${n}`, 'grid', `${n}网格`),
    ]),
  ]),
]

/** No name leads anywhere: what a test does not open stays inside. */
const NOWHERE: Outside = { networks: [], resolve: async () => [] }

export type BranchOptions = Readonly<{
  outside?: Outside
  /** The environment of the server, beyond what every test has. */
  settings?: Readonly<Record<string, string>>
}>

/** Opens a branch at `instant`, in a database of its own cloned from the run’s template. */
export async function openBranch(
  instant: string,
  { outside = NOWHERE, settings = {} }: BranchOptions = {},
): Promise<Branch> {
  let now = new Date(instant)
  await using opened = new AsyncDisposableStack()
  const root = await mkdtemp(join(tmpdir(), 'gridkeeper-branch-'))
  opened.defer(() => rm(root, { recursive: true, force: true }))
  const ledger = await cloneLedger(opened)
  const config = readConfig({
    ...{ GRIDKEEPER_DUCKDB_MEMORY_MB: '800', GRIDKEEPER_LOG_LEVEL: 'error' },
    ...settings,
  })
  const house = opened.use(
    await furnish(await openDataFolder(join(root, 'data')), ledger, config, {
      outside,
      clock: () => new Date(now),
      log: { error: (fields, text) => console.error(text, fields) },
      onDeath: (error) => {
        throw error
      },
    }),
  )
  const fastify = await openWebServer(house, config, join(root, 'web'))
  opened.defer(() => fastify.close())
  const { works } = house
  await works.run(works.system, async (own) => {
    for (const branchId of ['370686', '370685'])
      await importUnits(
        own,
        { branchId, date: FROM },
        UNITS.filter(({ unitId }) => unitId.length < 6 || unitId.startsWith(branchId)),
      )
  })

  const call =
    (method: 'GET' | 'POST' | 'PUT' | 'DELETE'): Call =>
    async (url, who, body, language = 'zh') => {
      const response = await fastify.inject({
        method,
        url: `/api/v1${url}`,
        headers: {
          'accept-language': language,
          ...(who && !who.bearer && { cookie: `${SESSION_COOKIE}=${who.cookie}` }),
          ...(who?.bearer && { authorization: `Bearer ${who.bearer}` }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { payload: JSON.stringify(body) }),
      })
      const isJson = String(response.headers['content-type']).includes('json')
      return {
        status: response.statusCode,
        body: isJson ? response.json() : response.body,
        headers: response.headers,
      }
    }
  const keep = opened.move()
  const get = call('GET')
  const remove = call('DELETE')
  return {
    branchId: HOME,
    house,
    works,
    jobs: house.jobs,
    system: works.system,
    clock: {
      set: (to) => {
        now = new Date(to)
      },
      now: () => new Date(now),
    },
    unit: (who, work) => works.run('actor' in who ? who.actor : who, work),
    hire: (as = {}) => hire(works, as),
    signIn: async (staffId) => {
      const { token, actor } = await works.run(works.system, (own) => openSession(own, staffId))
      return { id: staffId, branchId: HOME, unitId: HOME, actor, cookie: token }
    },
    get: (url, who, language) => get(url, who, undefined, language),
    post: call('POST'),
    put: call('PUT'),
    delete: (url, who) => remove(url, who),
    sql: async (text) => (await ledger.owner.query(text)).rows,
    close: () => keep.disposeAsync(),
  }
}

async function cloneLedger(opened: AsyncDisposableStack): Promise<Ledger> {
  const { template, ...address } = inject('cluster')
  const database = `test_${randomUUID().replaceAll('-', '')}`
  const maintenance = openPool({ ...address, database: 'postgres' }, { size: 1 })
  await maintenance.query(`create database ${database} template ${template}`)
  opened.defer(async () => {
    await maintenance.query(`drop database if exists ${database} with (force)`)
    await maintenance.end()
  })
  const owner = openPool({ ...address, database }, { size: 2 })
  opened.defer(() => owner.end())
  const serving = openPool({ ...address, ...login(address), database }, { size: 6 })
  opened.defer(() => serving.end())
  return {
    owner,
    serving,
    version: 'test',
    engine: 'embedded',
    [Symbol.asyncDispose]: async () => undefined,
  }
}

/** Over a socket of our own nobody needs a password; elsewhere the superuser serves, as a role. */
const login = ({ password }: { password: string | undefined }) =>
  password === undefined ? { user: 'gridkeeper_login' } : {}

async function hire(
  works: Works,
  {
    unit: unitId = HOME,
    roles = ['branch_manager'] as const,
    account,
    extension,
  }: Parameters<Branch['hire']>[0] = {},
): Promise<Person> {
  const staffId = `T${randomUUID().slice(0, 8)}`
  const branchId = unitId.slice(0, 6)
  return works.run(works.system, async (own) => {
    await putStaff(own, staffId, {
      name: `测试${staffId}`,
      phone: null,
      account: account ?? staffId.toLowerCase(),
      roles,
      unitId,
      skills: [],
      capacity: { door: 20, call_out: 20, hall: 20, installer: 20 },
      days: '1234567',
      validFrom: FROM,
      validTo: null,
      agency: null,
      extension,
    })
    const { token, actor } = await openSession(own, staffId)
    return { id: staffId, branchId, unitId, actor, cookie: token }
  })
}

function unit(
  unitId: string,
  parentId: string | null,
  kind: 'province' | 'city' | 'branch' | 'zone' | 'hall' | 'grid',
  name: string,
) {
  return {
    row: 1,
    unitId,
    parentId,
    kind,
    name,
    divisionCode: null,
    headStaffId: null,
    validFrom: FROM,
    validTo: null,
  }
}
