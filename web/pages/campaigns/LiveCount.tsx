import type { ReactNode } from 'react'
import { type Condition, countSegment } from '#contract/campaigns.ts'
import { useAnswer } from '../../ask.ts'
import { countText } from '../../format/count.ts'
import { dateText } from '../../format/day.ts'
import { shareOf, shareText } from '../../format/share.ts'
import { useLanguage, useSay } from '../../language.ts'
import { ProblemNotice } from '../../ui/Notices.tsx'
import css from './campaigns.module.css'
import { useSettled } from './useSettled.ts'

const WORDS = {
  title: { zh: '现在选中', en: 'Selected now' },
  subscribers: { zh: '用户', en: 'subscribers' },
  households: { zh: '家庭', en: 'Households' },
  share: { zh: '占全部用户', en: 'Share of the base' },
  asOf: { zh: '数据截至', en: 'Data as of' },
  counting: { zh: '正在计数…', en: 'Counting…' },
  unfinished: {
    zh: '条件写完后显示人数。',
    en: 'The count appears when the condition is finished.',
  },
  noData: {
    zh: '还没有导入用户清单，人数为 0。',
    en: 'No subscribers are imported, so the count is 0.',
  },
  missing: {
    zh: '最新数据没有这些列，涉及的条件选不出人：{fields}。',
    en: 'The latest data lack these columns; conditions on them select nobody: {fields}.',
  },
} as const

/** Milliseconds of quiet after which a condition is counted. */
const QUIET_MS = 300

/**
 * How many a condition selects on the latest snapshot, counted again while it is written. The count
 * before stays, greyed, until the next is there; an unfinished condition is not counted.
 */
export function LiveCount(of: { branchId: string; condition: Condition | undefined }): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const written = of.condition && JSON.stringify(of.condition)
  const settled = useSettled(written, QUIET_MS)
  const count = useAnswer(
    countSegment,
    {
      params: { branchId: of.branchId },
      body: { conditions: settled ? (JSON.parse(settled) as Condition) : { all: [] } },
    },
    { when: settled !== undefined },
  )
  const stale = written !== settled || count.isFetching
  return (
    <section className={css.count} aria-label={say(WORDS.title)}>
      <h2>{say(WORDS.title)}</h2>
      {count.error && settled !== undefined && <ProblemNotice sentence={count.error.message} />}
      {settled === undefined && <p className={css.quiet}>{say(WORDS.unfinished)}</p>}
      {settled !== undefined && count.data && !count.error && (
        <>
          <p className={css.figure} aria-live="polite" aria-busy={stale} data-stale={stale}>
            <b>{countText(count.data.count)}</b> {say(WORDS.subscribers)}
          </p>
          <dl className={css.countFacts}>
            <div>
              <dt>{say(WORDS.households)}</dt>
              <dd>{countText(count.data.households)}</dd>
            </div>
            <div>
              <dt>{say(WORDS.share)}</dt>
              <dd>
                {shareText(shareOf(count.data.count, count.data.base))}
                <span className={css.quiet}>{` / ${countText(count.data.base)}`}</span>
              </dd>
            </div>
            {count.data.asOf && (
              <div>
                <dt>{say(WORDS.asOf)}</dt>
                <dd>{dateText(count.data.asOf, language)}</dd>
              </div>
            )}
          </dl>
          {!count.data.asOf && <p className={css.quiet}>{say(WORDS.noData)}</p>}
          {count.data.notDelivered.length > 0 && (
            <p className={css.missing}>
              {say(WORDS.missing, {
                fields: count.data.notDelivered
                  .map(({ label }) => say(label))
                  .join(language === 'zh' ? '、' : ', '),
              })}
            </p>
          )}
        </>
      )}
      {settled !== undefined && !count.data && !count.error && (
        <p className={css.quiet}>{say(WORDS.counting)}</p>
      )}
    </section>
  )
}
