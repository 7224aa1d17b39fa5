import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { RESULT_NAMES } from '#contract/tasks.ts'
import type { VisitFlag } from '#contract/visits.ts'
import { countText } from '../../format/count.ts'
import { instantText } from '../../format/day.ts'
import { type Say, useLanguage, useSay } from '../../language.ts'
import { Facts, Mark } from '../../ui/Notices.tsx'
import { Part } from '../../ui/PageTitle.tsx'
import { VisitPhotos } from './VisitPhotos.tsx'
import { VisitReviews } from './VisitReviews.tsx'
import { placeText, type Row } from './VisitTable.tsx'
import { FLAGS } from './visit-words.ts'
import css from './work.module.css'

const WORDS = {
  why: { zh: '原因', en: 'Why' },
  facts: { zh: '事实', en: 'Facts' },
  person: { zh: '人员', en: 'Person' },
  subscriber: { zh: '用户', en: 'Subscriber' },
  place: { zh: '地点', en: 'Place' },
  result: { zh: '结果', en: 'Result' },
  opened: { zh: '打开卡片', en: 'Card opened' },
  told: { zh: '登记结果', en: 'Result told' },
  took: { zh: '用时', en: 'Took' },
  seconds: { zh: '{count} 秒', en: '{count} s' },
  minutes: { zh: '{count} 分钟', en: '{count} min' },
  arrived: { zh: '送达服务器', en: 'Arrived' },
  device: { zh: '手机显示', en: 'Phone’s clock' },
  position: { zh: '定位', en: 'Position' },
  village: { zh: '同村他人位置', en: 'where others stood' },
  here: { zh: '本次登记', en: 'this visit' },
  away: {
    zh: '相距约 {metres} 米，误差 {accuracy} 米',
    en: '{metres} m, give or take {accuracy} m',
  },
  alone: {
    zh: '误差 {accuracy} 米；同村还没有他人的定位可比。',
    en: 'Known within {accuracy} m; nobody else told a position of this village to compare with.',
  },
  nowhere: { zh: '本次没有定位。', en: 'This visit has no position.' },
} as const

/** The facts of a visit side by side, its photos, and what was said of it. */
export function VisitSheet({ branchId, visit }: { branchId: string; visit: Row }): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const { staffId, staffName, unitName, subscriberId, result, startedAt, at } = visit
  const when = (instant: string | null) => (instant ? instantText(instant, language) : '–')
  return (
    <>
      <Part title={say(WORDS.why)}>
        {visit.flags.map(({ code, text }) => (
          <p key={code} className={css.flag}>
            <Mark tone="soon">{say(FLAGS[code as VisitFlag])}</Mark> {say(text)}
          </p>
        ))}
      </Part>
      <Part title={say(WORDS.facts)}>
        <Facts
          facts={[
            {
              name: say(WORDS.person),
              value: (
                <>
                  <Link to="/work/people/$staffId" params={{ staffId }}>
                    {say(staffName)}
                  </Link>{' '}
                  <small>{unitName}</small>
                </>
              ),
            },
            {
              name: say(WORDS.subscriber),
              value: (
                <Link to="/base/$subscriberId" params={{ subscriberId }}>
                  {subscriberId}
                </Link>
              ),
            },
            { name: say(WORDS.place), value: placeText(visit) },
            { name: say(WORDS.result), value: say(RESULT_NAMES[result]) },
            { name: say(WORDS.opened), value: when(startedAt) },
            { name: say(WORDS.told), value: when(at) },
            { name: say(WORDS.took), value: startedAt ? tookText(startedAt, at, say) : '–' },
            { name: say(WORDS.arrived), value: when(visit.recordedAt) },
            ...(visit.deviceAt ? [{ name: say(WORDS.device), value: when(visit.deviceAt) }] : []),
          ]}
        />
      </Part>
      <Part title={say(WORDS.position)}>
        <Position position={visit.position} say={say} />
      </Part>
      <VisitPhotos branchId={branchId} visit={visit} />
      <VisitReviews branchId={branchId} visit={visit} />
    </>
  )
}

function tookText(from: string, to: string, say: Say): string {
  const seconds = Math.max(0, Math.floor((Date.parse(to) - Date.parse(from)) / 1000))
  return seconds < 120
    ? say(WORDS.seconds, { count: seconds })
    : say(WORDS.minutes, { count: Math.round(seconds / 60) })
}

/** A line from where others stood to where this one was told, with how vague it is. */
function Position({ position, say }: { position: Row['position']; say: Say }): ReactNode {
  if (position === null) return <p>{say(WORDS.nowhere)}</p>
  const accuracy = countText(Math.round(position.accuracyM))
  const { awayM, accuracyM } = position
  if (awayM === null) return <p>{say(WORDS.alone, { accuracy })}</p>
  const whole = Math.max(awayM + accuracyM, 1)
  const share = (part: number) => `${(part / whole) * 100}%`
  const words = say(WORDS.away, { metres: countText(awayM), accuracy })
  return (
    <figure className={css.way}>
      <div className={css.line} role="img" aria-label={words}>
        <i
          className={css.vague}
          style={{
            left: share(Math.max(0, awayM - accuracyM)),
            width: share(Math.min(2 * accuracyM, awayM + accuracyM)),
          }}
        />
        <i className={css.point} style={{ left: 0 }} />
        <i className={css.point} data-own style={{ left: share(awayM) }} />
      </div>
      <div className={css.ends}>
        <span>{say(WORDS.village)}</span>
        <span>{say(WORDS.here)}</span>
      </div>
      <figcaption>{words}</figcaption>
    </figure>
  )
}
