import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type LakeSession, question } from '#platform/duckdb/lake.ts'
import type { Works } from '#platform/works.ts'
import { streamStandingConsents } from './consent-store.ts'

/**
 * Shows in `session` what the subscribers of a branch have agreed to and forbidden, as it stands now:
 * `published.standing_consents`, one row per subscriber who said anything.
 */
export async function publishConsents(
  works: Works,
  session: LakeSession,
  branchId: string,
): Promise<Readonly<{ rows: number }>> {
  await mkdir(works.folder.tmp, { recursive: true })
  const csv = join(works.folder.tmp, `consents-${randomUUID()}.csv`)
  try {
    await works.run(works.system, (unit) =>
      streamStandingConsents(unit, branchId, createWriteStream(csv)),
    )
    await session.run(question(import.meta.url, './queries/standing-consents.sql'), { csv })
    const [counted] = await session.rows<{ count: number }>(
      'select count(*)::integer as count from published.standing_consents',
    )
    return { rows: counted?.count ?? 0 }
  } finally {
    await rm(csv, { force: true })
  }
}
