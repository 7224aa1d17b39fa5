import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { calendarRoutes, isQuiet, readCalendarOn } from '#calendar'
import { campaignRoutes, importSampleCampaigns } from '#campaigns'
import { CONTACTS_ERASER, CONTACTS_HANDLER, contactRoutes, contactsOf, openLine } from '#contacts'
import { insightRoutes } from '#insight'
import {
  actorOf,
  openSystemTicket,
  peopleRoutes,
  type SignInWays,
  tokenActor,
  waysOf,
} from '#people'
import { openLake } from '#platform/duckdb/lake.ts'
import { type Ownership, ownFolder } from '#platform/folder.ts'
import { GUARDS, type Guards } from '#platform/guards.ts'
import { type Http, httpOn, sessionToken } from '#platform/http.ts'
import { type Jobs, openJobs } from '#platform/jobs.ts'
import { keyFileBeside, openKeys } from '#platform/keys.ts'
import { type Outside, openOutside } from '#platform/outgoing/target.ts'
import { openQueue, type Queue } from '#platform/queue.ts'
import type { RateLimits } from '#platform/rates.ts'
import { Refusal } from '#platform/refusal.ts'
import { openRoom } from '#platform/room.ts'
import { runUnitOn } from '#platform/unit.ts'
import type { DataFolder, Works } from '#platform/works.ts'
import { hearResult, RENEWALS_ERASER, renewalRoutes } from '#renewals'
import {
  type CallGateway,
  type ImportHandler,
  openCallGateway,
  SUBSCRIBER_HANDLERS,
  subscriberRoutes,
  sweep,
} from '#subscribers'
import { RESOURCES_HANDLER } from '#territory'
import { EXPORT_LISTS, isOnList, taskFor, WORKLISTS_ERASER, worklistRoutes } from '#worklists'
import { auditRoutes } from './audit-routes.ts'
import { UNFINISHED } from './backup/restore-backup.ts'
import type { Config } from './config.ts'
import { openDataFolder } from './data-folder.ts'
import { homesOf } from './homes.ts'
import { type LogTo, openHttpServer } from './http-server.ts'
import { jobRoutes } from './job-routes.ts'
import { type Ledger, openLedger } from './ledger.ts'
import {
  type Around as AroundEvents,
  eventRoutes,
  ownEvents,
  tellLater,
} from './modules/events/index.ts'
import {
  evidenceOf,
  FIELD_ERASER,
  fieldRoutes,
  lastSeen,
  openEvidence,
} from './modules/field/index.ts'
import { webhookRoutes } from './webhooks/routes.ts'

/** What leaves the process and is therefore handed in: the clock and the log. */
export type Effects = Readonly<{
  clock: () => Date
  log: { error(fields: object, text: string): void }
  /** The ledger’s engine ended without being asked to: nothing can go on. */
  onDeath: (error: Error) => void
  /** Another way out than that of the configuration, which asks the machine’s resolver. */
  outside?: Outside
}>

/** Everything that works on a data folder, before anybody is served. */
export type House = AsyncDisposable &
  Readonly<{
    works: Works
    queue: Queue
    jobs: Jobs
    ledger: Ledger
    handlers: readonly ImportHandler[]
    /** How people sign in. */
    ways: SignInWays
    /** The way out, for what is told to other systems. */
    outside: Outside
    /** The operator’s call platform; null where there is none. */
    gateway: CallGateway | null
  }>

/** A house whose folder this process owns; `publish` tells the command line where it is served. */
export type OwnedHouse = House & Pick<Ownership, 'publish'>

/** The campaigns that come with the product. */
const SHIPPED_CAMPAIGNS = join(import.meta.dirname, '../samples/campaigns')

/** Every kind of file that can be imported, each with the module that takes it. */
export const HANDLERS: readonly ImportHandler[] = [
  ...SUBSCRIBER_HANDLERS.map((handler) =>
    handler.kind === 'organisation' ? withShippedCampaigns(handler) : handler,
  ),
  CONTACTS_HANDLER,
  RESOURCES_HANDLER,
]

/** A branch begins with the shipped campaigns; what it has saved itself is left alone. */
function withShippedCampaigns(handler: ImportHandler): ImportHandler {
  return {
    ...handler,
    load: async (unit, batch, prepared) => {
      const loaded = await handler.load(unit, batch, prepared)
      await importSampleCampaigns(unit, batch.branchId, SHIPPED_CAMPAIGNS)
      return loaded
    },
  }
}

/**
 * Opens a data folder: owns it, starts and migrates its ledger, opens its lake, clears what a dead
 * process left behind. @throws Refusal `folder-owned` while another process has it.
 */
export async function openHouse(
  dataFolder: string,
  config: Config,
  effects: Effects,
): Promise<OwnedHouse> {
  await using opened = new AsyncDisposableStack()
  const folder = await openDataFolder(dataFolder)
  const ownership = opened.use(await ownFolder(folder.root, effects.clock()))
  if (existsSync(join(folder.root, UNFINISHED)))
    throw new Refusal('conflict', 'restore-unfinished', { folder: folder.root })
  const ledger = opened.use(
    await openLedger({
      dataFolder: folder.root,
      databaseUrl: config.databaseUrl?.reveal(),
      loginUrl: config.databaseLoginUrl?.reveal(),
      onDeath: effects.onDeath,
    }),
  )
  const house = opened.use(await furnish(folder, ledger, config, effects))
  const keep = opened.move()
  return {
    ...house,
    publish: ownership.publish,
    [Symbol.asyncDispose]: () => keep.disposeAsync(),
  }
}

/** The house on a ledger that is open already. */
export async function furnish(
  folder: DataFolder,
  ledger: Ledger,
  config: Config,
  { clock, log, outside = openOutside(config.webhookNetworks) }: Effects,
): Promise<House> {
  await using opened = new AsyncDisposableStack()
  await rm(folder.tmp, { recursive: true, force: true })
  await openDataFolder(folder.root)
  const lake = opened.use(
    await openLake({
      folder: folder.lake,
      allowed: [folder.uploads, folder.reports, folder.tmp],
      threads: config.duckdbThreads,
      memoryMb: config.duckdbMemoryMb,
    }),
  )
  const keys = await openKeys(config.keyFile ?? keyFileBeside(folder.root))
  const works: Works = {
    run: runUnitOn(ledger.serving, clock, keys),
    system: await openSystemTicket(ledger.owner, clock()),
    lake,
    keys,
    folder,
    room: openRoom(folder.root, config.diskFloorBytes),
    clock,
  }
  await sweep(works)
  const queue = openQueue(ledger.owner, log)
  opened.defer(() => queue.close())
  const jobs = openJobs(works, queue, log)
  const keep = opened.move()
  return {
    works,
    queue,
    jobs,
    ledger,
    handlers: HANDLERS,
    ways: waysOf(config.signIn, clock),
    outside,
    gateway: openCallGateway(config.calls, { outside, clock }),
    [Symbol.asyncDispose]: () => keep.disposeAsync(),
  }
}

export type WebServerOptions = Readonly<{
  logTo?: LogTo
  limits?: RateLimits
  /** All of them unless a test says otherwise. */
  guards?: Guards
}>

/** The web server of a house, with every route of every module; it does not listen yet. */
export async function openWebServer(
  { works, jobs, handlers, ways, outside, gateway }: House,
  config: Config,
  webRoot: string,
  { logTo, limits, guards = GUARDS }: WebServerOptions = {},
): Promise<FastifyInstance> {
  const fastify = await openHttpServer({
    logLevel: config.logLevel,
    uploadLimitBytes: config.uploadLimitBytes,
    trustedProxies: config.trustedProxies,
    webRoot,
    logTo,
    guards,
  })
  await fastify.register(async (scope) => {
    const http: Http = httpOn(
      scope,
      works,
      async (request) => {
        const byToken = await tokenActor(works, request.headers.authorization)
        if (byToken) return byToken
        const token = sessionToken(request)
        return token ? actorOf(works, token) : undefined
      },
      { ...(limits && { limits }), guards },
    )
    peopleRoutes(http, works, homesOf(works), { ways, connectsCalls: gateway !== null })
    calendarRoutes(http)
    subscriberRoutes(http, works, jobs, {
      ...{ handlers, contactsOf, makers: [EXPORT_LISTS] },
      // In the order in which a result locks what it changes: a task before its household.
      erasers: [WORKLISTS_ERASER, CONTACTS_ERASER, RENEWALS_ERASER, FIELD_ERASER],
      gateway,
      unmasking: {
        isOnList,
        taskFor,
        openLine: (unit, of) => openLine(unit, works, of),
        isQuietNow: async (unit, branchId) =>
          isQuiet(await readCalendarOn(unit, branchId), 'call', unit.now),
      },
    })
    contactRoutes(http, works)
    insightRoutes(http, works)
    campaignRoutes(http, works)
    worklistRoutes(http, works, { jobs, hear: hearResult, lastSeen })
    renewalRoutes(http, works)
    const events: AroundEvents = {
      ...{ works, photosSent: evidenceOf },
      openPhoto: (unit, of) => openEvidence(unit, works, of),
    }
    fieldRoutes(http, works, {
      ...{ log: fastify.log, hear: hearResult },
      events: { own: ownEvents, tell: (unit, of) => tellLater(unit, events, of) },
    })
    eventRoutes(http, events)
    jobRoutes(http, jobs)
    auditRoutes(http)
    webhookRoutes(http, { works, outside })
  })
  return fastify
}
