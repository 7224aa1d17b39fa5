import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Base, type Condition, countSegment, publishBase } from '#insight'
import { type LakeSession, quoted } from '#platform/duckdb/lake.ts'
import { unwatched } from '#platform/works.ts'
import type { Bench } from './bench.ts'
import { BRANCH, PLANNED } from './county.ts'
import { copyOfFirstNight, openBenchHouse } from './house.ts'
import { type Measure, median } from './table.ts'
import { watched } from './watched.ts'

const FOLD = 10
const RUNS = 5

/** What is asked: as a condition tree, and as somebody who knows the files would write it. */
const QUESTIONS: readonly Readonly<{ called: string; conditions: Condition; where: string }>[] = [
  {
    called: 'active, contract ends within 30 days',
    conditions: {
      all: [
        { field: 'status', op: 'eq', value: 'active' },
        { field: 'contract_end', op: 'within_days', value: 30 },
      ],
    },
    where: `status = 'active' and contract_end >= date '${PLANNED}'
      and contract_end < date '${PLANNED}' + 31`,
  },
  {
    called: 'active, ¥98 or more, lapsed, or with arrears',
    conditions: {
      all: [
        { field: 'status', op: 'eq', value: 'active' },
        { field: 'plan_monthly_fee', op: 'gte', value: 9800 },
        {
          any: [
            { field: 'is_lapsed', op: 'is_true' },
            { field: 'arrears_fee', op: 'gt', value: 0 },
          ],
        },
      ],
    },
    where: `status = 'active' and plan_monthly_fee >= 9800
      and (contract_end < date '${PLANNED}' or arrears_fee > 0)`,
  },
]

/** The count that a page shows while one writes a segment, over ten times the base. */
export const segmentBench: Bench = async (of) => {
  const dataFolder = await copyOfFirstNight(of, 'segment')
  await using house = await openBenchHouse(dataFolder)
  const { works } = house
  await using session = await works.lake.session()
  const base = await publishBase(works, session, { branchId: BRANCH, day: PLANNED })
  const { file, rows } = await multiply(session, base, works.lake.folder)
  const ask: Parameters<typeof countSegment>[1]['ask'] = (_of, _signal, question) =>
    question(session, { ...base, rows })
  const measures: Measure[] = []
  for (const { called, conditions, where } of QUESTIONS) {
    const asked = { actor: works.system, branchId: BRANCH, date: PLANNED, conditions }
    const ours = () => countSegment(works, { ask }, asked, unwatched.signal)
    const byHand = () =>
      session.rows<{ count: number; households: number }>(
        `select count(*) as count, count(distinct household_id) as households
           from read_parquet('${quoted(file)}') where ${where}`,
      )
    const { count, households } = await ours()
    assert.deepEqual((await byHand())[0], { count, households }, called)
    const { result: seconds, peakBytes } = await watched(() => median(RUNS, ours))
    const referenceSeconds = await median(RUNS, byHand)
    measures.push({
      work: `segment count over ${rows} subscribers: ${called}`,
      ...{ seconds, referenceSeconds, peakBytes },
      reference: 'the hand-written DuckDB query',
      goal: '≤ 1.5 ×, ≤ 200 ms',
      reached: seconds <= 1.5 * referenceSeconds && seconds <= 0.2,
      note: `${count} subscribers in ${households} households; median of ${RUNS} after one`,
    })
  }
  return measures
}

/**
 * Shows ten copies of the snapshot, each under ids of its own, as the subscribers of the session;
 * the file is sorted and packed as snapshots are.
 */
async function multiply(session: LakeSession, base: Base, lake: string) {
  const file = join(lake, `segment-${base.snapshotId}.parquet`)
  const [view] = await session.rows<{ sql: string }>(
    `select sql from duckdb_views() where schema_name = 'published' and view_name = 'subscribers'
        and database_name = current_database()`,
  )
  const own = /read_parquet\('((?:[^']|'')+)'\)/.exec(view?.sql ?? '')?.[1]
  assert(view && own, 'published.subscribers reads one file')
  if (!existsSync(file))
    await session.run(`copy (
      select kept.* replace (subscriber_id || '-' || fold as subscriber_id,
                             household_id || '-' || fold as household_id,
                             hash(household_id || '-' || fold) as household_key)
        from range(${FOLD}) as folds(fold), read_parquet('${own}') as kept
      ) to '${quoted(file)}'
      (format parquet, compression zstd, compression_level 1, row_group_size 100000)`)
  await session.run(
    view.sql
      .replace(/^create view/i, 'create or replace view')
      .replaceAll(`'${own}'`, `'${quoted(file)}'`),
  )
  return { file, rows: base.rows * FOLD }
}
