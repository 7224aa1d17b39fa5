import { randomUUID } from 'node:crypto'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { branchesInScope, readBranch } from '#people'
import { audit } from '#platform/audit/audit.ts'
import { isDay } from '#platform/day.ts'
import { interruptible } from '#platform/duckdb/lake.ts'
import { type Staged, stage } from '#platform/files/stage.ts'
import { sha256Hex, shortHash, uuidOf } from '#platform/hash.ts'
import { isLedgerAway } from '#platform/passing.ts'
import { Refusal } from '#platform/refusal.ts'
import type { Actor, Unit } from '#platform/unit.ts'
import type { Watch, Works } from '#platform/works.ts'
import { inTurn } from '../snapshots/swap.ts'
import { convert } from './convert.ts'
import { gateDate, gateRows } from './gates.ts'
import type { Batch, ImportHandler, ImportKind, Loaded } from './handler.ts'
import {
  countImports,
  type ImportRecord,
  insertImport,
  lockBranch,
  selectOfDay,
  selectSameContent,
  updateState,
} from './import-store.ts'
import { importTakes } from './import-takes.ts'
import { leavingNoTrace } from './leaving-no-trace.ts'
import { mappingOf } from './mapping.ts'
import { PHASES, tellReading } from './phases.ts'
import { type Profile, readProfile } from './profile.ts'
import { selectProfile } from './profile-store.ts'
import { dictionaryOf, knows } from './propose.ts'
import { type Drawn, drawReport } from './report.ts'
import { type Reason, reasonOf } from './sentences.ts'

export type ImportRequest = Readonly<{
  actor: Actor
  branchId: string
  kind: ImportKind
  /** The day the file is about. */
  date: string
  path: string
  /** The name people know the file by. */
  name: string
  /** A saved profile by its name, the text of one, or none: then the dictionary decides. */
  profile: string | Readonly<{ name: string; yaml: string }> | null
  dryRun: boolean
  /** Why the file is taken although its number of rows moved too far. */
  force: string | null
}>

export type ImportOutcome = Readonly<{
  /** Null in a dry run. */
  importId: string | null
  rows: number
  accepted: number
  rejected: number
  duplicates: number
  warnings: readonly Reason[]
  /** Absolute path of the rejected rows; null when there are none. */
  rejects: string | null
  snapshot: string | null
  /** False when everything in the file was known before. */
  changed: boolean
}>

/**
 * Takes a delivered file in: reads, maps, checks and stores it, or refuses it and stores nothing.
 * Everything becomes visible in one unit at the end; whatever was cut short before may run again.
 * The same content twice changes nothing. The trail has what was recorded, and what was refused. The
 * caller has checked what the actor may do.
 */
export async function importFile(
  works: Works,
  handlers: readonly ImportHandler[],
  request: ImportRequest,
  watch: Watch,
): Promise<ImportOutcome> {
  const { date } = request
  if (!isDay(date)) throw new Refusal('invalid', 'import-date-missing', { date })
  try {
    return await takeFile(works, handlers, request, watch)
  } catch (error) {
    if (error instanceof Refusal && !request.dryRun && !isLedgerAway(error))
      await works.run(works.system, (unit) => tellRefused(unit, request, error))
    throw error
  }
}

/** Without the values of the refusal, which may cite the file. */
async function tellRefused(unit: Unit, of: ImportRequest, { code }: Refusal): Promise<void> {
  const { branchId, kind, date } = of
  const isKnown = (await branchesInScope(unit)).includes(branchId)
  audit(unit, {
    // A file that was to make the branch has none to be told in.
    ...{ branchId: isKnown ? branchId : null, action: 'import.refused', actor: of.actor.id },
    values: { kind, date, file: of.name, because: code },
  })
}

async function takeFile(
  works: Works,
  handlers: readonly ImportHandler[],
  request: ImportRequest,
  watch: Watch,
): Promise<ImportOutcome> {
  const handler = handlerOf(handlers, request.kind)
  const { branchId, date } = request
  const profile = await works.run(works.system, (unit) => readRequested(unit, request))
  const folder = join(works.folder.tmp, `import-${randomUUID()}`)
  await mkdir(folder, { recursive: true })
  try {
    const staged = await stageFile(request, handler, profile, { folder, watch })
    const contentId = shortHash(
      ...[request.kind, branchId, date, staged.sha256, profile ? sha256Hex(profile.yaml) : ''],
      ...namedBy(works, request),
    )
    const content = { branchId, kind: request.kind, contentId }
    const taking = { works, handler, request, watch, profile, folder, staged, contentId }
    // The same file sent several times at once is worked on once; the others find it recorded.
    return await inTurn(join(works.folder.root, contentId), watch.signal, async () => {
      const known = await works.run(works.system, (unit) => selectSameContent(unit, content))
      if (known && !request.dryRun) return outcomeOfRecord(works, known, handler)
      return leavingNoTrace(works, content, (makes) => takeIn({ ...taking, makes }))
    })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

export function handlerOf(handlers: readonly ImportHandler[], kind: ImportKind): ImportHandler {
  const handler = handlers.find((each) => each.kind === kind)
  if (!handler) throw new Error(`nobody takes files of kind ${kind}`)
  return handler
}

type NamedProfile = Readonly<{ title: string; yaml: string; profile: Profile }>

/**
 * The profile that was asked for, saved or handed in; none if the dictionary is to decide.
 * @throws Refusal `branch-unknown`, `profile-unknown`, `profile-invalid`
 */
export async function readRequested(
  unit: Unit,
  request: Pick<ImportRequest, 'branchId' | 'kind' | 'profile'>,
): Promise<NamedProfile | null> {
  // The first organisation file of an installation makes the branch.
  if (request.kind !== 'organisation') await readBranch(unit, request.branchId)
  const { profile } = request
  if (profile === null) return null
  if (typeof profile !== 'string') return named(profile.name, profile.yaml, request.kind)
  const saved = await selectProfile(unit, request.branchId, profile)
  if (!saved) throw new Refusal('not-found', 'profile-unknown', { profile })
  return named(`${saved.name}@${saved.version}`, saved.yaml, request.kind)
}

function named(title: string, yaml: string, kind: ImportKind): NamedProfile {
  const profile = readProfile(yaml)
  if (profile.kind !== kind)
    throw new Refusal('invalid', 'profile-invalid', { detail: `kind: ${profile.kind} ≠ ${kind}` })
  return { title, yaml, profile }
}

async function stageFile(
  request: ImportRequest,
  handler: ImportHandler,
  profile: NamedProfile | null,
  { folder, watch }: Readonly<{ folder: string; watch: Watch }>,
): Promise<Staged> {
  const dictionary = knows(dictionaryOf(handler.columns))
  const sources = new Set(profile?.profile.columns.map((each) => each.source.trim().toLowerCase()))
  const { encoding, delimiter, sheet, headerRow } = profile?.profile.file ?? {}
  return stage({
    path: request.path,
    name: request.name,
    out: folder,
    signal: watch.signal,
    knows: (cell) => dictionary(cell) || sources.has(cell),
    progress: (progress) => tellReading(watch, progress),
    ...(encoding && { encoding }),
    ...(delimiter && { delimiter }),
    ...(sheet && { sheet }),
    ...(headerRow && { headerRow }),
  })
}

/** Which rows are taken depends, of files that say who belongs where, on whose import it is. */
const namedBy = ({ system }: Works, { kind, actor }: ImportRequest): string[] =>
  importTakes(kind) === 'import:write' || actor.id === system.id ? [] : [actor.id]

type Taking = Readonly<{
  works: Works
  handler: ImportHandler
  request: ImportRequest
  watch: Watch
  profile: NamedProfile | null
  folder: string
  staged: Staged
  contentId: string
  makes: Batch['makes']
}>

async function takeIn(of: Taking): Promise<ImportOutcome> {
  const { works, handler, request, watch, folder, staged, contentId, makes } = of
  const { branchId, date } = request
  const mapping = mappingOf(staged.header, handler, of.profile?.profile ?? null)
  if (mapping.missing.length > 0)
    throw new Refusal('invalid', 'columns-missing', {
      file: request.name,
      missing: mapping.missing.join('、'),
      found: staged.header.map((cell) => cell.trim()).join('、'),
    })
  const forced = await gateRows(works, request, {
    staged,
    profile: of.profile?.profile ?? null,
    handler,
  })
  await using session = await works.lake.session()
  return await interruptible(session, watch.signal, async () => {
    const batch: Batch = {
      ...{ works, session, branchId, date, contentId, folder, watch, makes },
      actor: { ...works.system, id: request.actor.id },
      source: { file: request.name, sha256: staged.sha256, profile: of.profile?.title ?? null },
      headers: new Map(mapping.columns.map((each) => [each.column.id, each.source.trim()])),
      importId: await importIdOf(works, branchId, contentId),
      delivered: [],
      custom: [],
      rows: 0,
    }
    const converted = await convert(batch, { staged, mapping, handler })
    const dateWarning = await gateDate(session, { mapping, handler, request })
    const drawn = await drawReport(converted.batch, {
      ...{ staged, mapping, handler, converted },
      warnings: [...forced, ...dateWarning],
    })
    if (request.dryRun) return outcomeOf(works, drawn, handler, { changed: false, snapshot: null })
    const prepared = await handler.prepare?.(drawn.batch)
    return record(of, drawn, prepared)
  })
}

/** The same content gets the same id on every attempt; after it was withdrawn, the next one. */
async function importIdOf(works: Works, branchId: string, contentId: string): Promise<string> {
  const before = await works.run(works.system, (unit) => countImports(unit, branchId, contentId))
  return uuidOf(branchId, contentId, String(before))
}

async function record(of: Taking, drawn: Drawn, prepared: unknown): Promise<ImportOutcome> {
  const { works, handler, request, watch, staged } = of
  const { branchId, kind, date } = request
  const { batch, report } = drawn
  watch.tell({ phase: PHASES.recording, done: batch.rows, total: batch.rows })
  const ended = await works.run(batch.actor, async (unit) => {
    await lockBranch(unit, branchId)
    const same = await selectSameContent(unit, { branchId, kind, contentId: batch.contentId })
    if (same) return { same }
    const replaced = await selectOfDay(unit, { branchId, kind, date })
    if (replaced && WHOLE_DAYS.has(kind))
      await updateState(unit, { branchId, importId: replaced.importId, state: 'replaced' })
    const loaded = await handler.load(unit, batch, prepared)
    watch.signal.throwIfAborted() // the last moment at which nothing has happened yet
    await insertImport(unit, {
      ...report,
      warnings: [...report.warnings, ...(loaded.warnings ?? [])],
      ...{ branchId, kind, date, importId: batch.importId, contentId: batch.contentId },
      ...{ file: request.name, bytes: staged.bytes, sourceSha256: staged.sha256 },
      profile: of.profile?.title ?? null,
      forced: request.force,
      changed: loaded.changed,
      importedBy: request.actor.id,
      replaces: replaced && WHOLE_DAYS.has(kind) ? replaced.importId : null,
    })
    audit(unit, {
      ...{ branchId, action: 'import.recorded', actor: request.actor.id },
      about: { kind: 'import', id: batch.importId },
      values: {
        ...{ kind, date, file: request.name, sha256: staged.sha256, forced: request.force },
        ...{ rows: report.rows, accepted: report.accepted },
        ...{ rejected: report.rejected, duplicates: report.duplicates },
      },
    })
    return { loaded }
  })
  if (ended.same) return outcomeOfRecord(works, ended.same, handler)
  await handler.follow?.(batch)
  return outcomeOf(works, drawn, handler, ended.loaded, batch.importId)
}

/** Kinds whose file says all there is for its day, so that a second one takes the first one's place. */
const WHOLE_DAYS: ReadonlySet<ImportKind> = new Set([
  'organisation',
  'places',
  'staff',
  'subscribers',
])

function outcomeOf(
  works: Works,
  { report }: Drawn,
  handler: ImportHandler,
  loaded: Loaded,
  importId: string | null = null,
): ImportOutcome {
  return {
    importId,
    ...{ rows: report.rows, accepted: report.accepted },
    ...{ rejected: report.rejected, duplicates: report.duplicates },
    warnings: [...report.warnings, ...(loaded.warnings ?? [])].map((each) =>
      reasonOf(each, handler),
    ),
    rejects: report.rejectsFile && join(works.folder.root, report.rejectsFile),
    snapshot: loaded.snapshot ?? null,
    changed: loaded.changed,
  }
}

/** What the first import of this content said; repeated, it changes nothing. */
function outcomeOfRecord(works: Works, of: ImportRecord, handler: ImportHandler): ImportOutcome {
  return {
    importId: of.importId,
    ...{ rows: of.rows, accepted: of.accepted, rejected: of.rejected, duplicates: of.duplicates },
    warnings: of.warnings.map((each) => reasonOf(each, handler)),
    rejects: of.rejectsFile && join(works.folder.root, of.rejectsFile),
    snapshot: of.snapshot,
    changed: false,
  }
}
