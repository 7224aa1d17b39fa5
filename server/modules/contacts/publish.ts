import { createWriteStream, existsSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type LakeSession, question } from '#platform/duckdb/lake.ts'
import type { Unit } from '#platform/unit.ts'
import type { Works } from '#platform/works.ts'
import { contactPolicy } from './policy.ts'
import {
  insertPart,
  lockPublication,
  type Part,
  readPublication,
  streamContactIds,
  streamContacts,
} from './store.ts'

/** So many parts are read side by side; then all is written anew as one. */
const MOST_PARTS = 48

/**
 * Shows the contacts of a branch in `session`: all as `published.contacts`, and as they bear on
 * `day` `published.standing_refusals`, `published.touch_counts` and `published.standing_caps`. What was not copied to the lake yet
 * is copied first. `published.subscribers` must be there: a contact belongs to the household of
 * its subscriber today.
 */
export async function publishContacts(
  works: Works,
  session: LakeSession,
  branchId: string,
  day: string,
): Promise<void> {
  await mkdir(works.folder.tmp, { recursive: true })
  const folder = await mkdtemp(join(works.folder.tmp, 'contacts-'))
  try {
    const policy = await works.run(works.system, async (unit) => {
      const copied = await copyToLake(works, session, unit, { branchId, folder })
      await showContacts(session, copied)
      return contactPolicy(unit, branchId)
    })
    await session.run(question(import.meta.url, './queries/standing-refusals.sql'), {
      day,
      months: policy.refusalMonths,
    })
    await session.run(question(import.meta.url, './queries/touch-counts.sql'), {
      day,
      channel_days: policy.perChannelDays,
      total_days: policy.totalDays,
    })
    await session.run(question(import.meta.url, './queries/standing-caps.sql'), {
      per_channel: policy.perChannel,
      channel_days: policy.perChannelDays,
      in_total: policy.inTotal,
      total_days: policy.totalDays,
    })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

type Copied = Readonly<{ parts: readonly string[]; tail: string }>

/**
 * Copies what has settled since the last part, and streams the rest beside it. A transaction that
 * was still open when a part was written has a number of at least the part’s end, so it is in a
 * later part or in the tail, and never lost between them.
 */
async function copyToLake(
  works: Works,
  session: LakeSession,
  unit: Unit,
  { branchId, folder }: { branchId: string; folder: string },
): Promise<Copied> {
  await lockPublication(unit, branchId)
  const at = await readPublication(unit, branchId)
  const inLake = (part: Part) => join(works.lake.folder, part.file)
  const last = at.parts.at(-1)
  const goesOn = isWhole(works, at) && at.parts.length < MOST_PARTS && last !== undefined
  const generation = (last?.generation ?? 0) + (goesOn ? 0 : 1)
  const parts = goesOn ? at.parts.map(inLake) : []
  const fromXid = goesOn ? last.toXid : '0'
  const toXid = at.settled
  if (BigInt(fromXid) < BigInt(toXid)) {
    const csv = join(folder, 'settled.csv')
    await streamContacts(unit, { branchId, fromXid, toXid }, createWriteStream(csv))
    const file = `contacts/branch=${branchId}/${generation}-${fromXid}-${toXid}.parquet`
    const rowCount = await writePart(session, csv, join(works.lake.folder, file))
    if (rowCount > 0) {
      const part = { generation, cluster: at.cluster, fromXid, toXid, file, rowCount }
      await insertPart(unit, branchId, part)
      parts.push(inLake(part))
    }
  }
  const tail = join(folder, 'tail.csv')
  await streamContacts(unit, { branchId, fromXid: toXid, toXid: null }, createWriteStream(tail))
  return { parts, tail }
}

type Publication = Awaited<ReturnType<typeof readPublication>>

/** True if the parts come from this cluster, whose transactions they count, and none is missing. */
const isWhole = (works: Works, { parts, cluster }: Publication): boolean =>
  parts.at(-1)?.cluster === cluster &&
  parts.every(({ file }) => existsSync(join(works.lake.folder, file)))

/**
 * Leaves in `work.known_contact` the ids of the contacts that the ledger tells: from the parts of
 * the lake, and from the ledger only what came after them. `folder` takes a scratch file.
 */
export async function learnKnownContacts(
  unit: Unit,
  of: Readonly<{ works: Works; session: LakeSession; branchId: string; folder: string }>,
): Promise<void> {
  const { works, session, branchId, folder } = of
  const at = await readPublication(unit, branchId)
  const parts = isWhole(works, at) ? at.parts : []
  const csv = join(folder, 'known.csv')
  const fromXid = parts.at(-1)?.toXid ?? '0'
  await streamContactIds(unit, { branchId, fromXid, toXid: null }, createWriteStream(csv))
  await session.run(question(import.meta.url, './queries/known-contacts.sql'), { csv })
  for (const part of parts)
    await session.run(question(import.meta.url, './queries/add-known.sql'), {
      file: join(works.lake.folder, part.file),
    })
}

/** Writes a part under its final name at once; an empty one is not written. */
async function writePart(session: LakeSession, csv: string, file: string): Promise<number> {
  await session.run(question(import.meta.url, './queries/read-part.sql'), { csv })
  const [counted] = await session.rows<{ rows: number }>(
    question(import.meta.url, './queries/count-part.sql'),
  )
  const rows = counted?.rows ?? 0
  if (rows > 0) {
    await mkdir(dirname(file), { recursive: true })
    const unfinished = `${file}.unfinished`
    await session.run(question(import.meta.url, './queries/write-part.sql'), { file: unfinished })
    await rename(unfinished, file)
  }
  return rows
}

async function showContacts(session: LakeSession, { parts, tail }: Copied): Promise<void> {
  await session.run(question(import.meta.url, './queries/read-part.sql'), { csv: tail })
  for (const file of parts)
    await session.run(question(import.meta.url, './queries/add-part.sql'), { file })
  await session.run(question(import.meta.url, './queries/contacts.sql'))
}
