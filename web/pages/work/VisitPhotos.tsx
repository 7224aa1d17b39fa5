import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { readEvidence } from '#contract/visits.ts'
import { urlOf } from '../../api.ts'
import { dateText } from '../../format/day.ts'
import { useLanguage, useSay } from '../../language.ts'
import { Mark, ProblemNotice } from '../../ui/Notices.tsx'
import { Part } from '../../ui/PageTitle.tsx'
import type { Row } from './VisitTable.tsx'
import css from './work.module.css'

const WORDS = {
  title: { zh: '现场照片', en: 'Photos' },
  note: { zh: '每次查看都会留痕', en: 'each look is recorded' },
  none: { zh: '这次没有照片。', en: 'This visit has no photo.' },
  photo: { zh: '照片 {nth}', en: 'Photo {nth}' },
  show: { zh: '查看照片 {nth}', en: 'Show photo {nth}' },
  used: { zh: '{day} 已用过', en: 'used before, on {day}' },
  gone: {
    zh: '照片还没有送达，或已过保存期限。',
    en: 'It has not arrived yet, or is kept no longer.',
  },
  failed: {
    zh: '照片打不开，请稍后重试；多次出现请联系管理员。',
    en: 'The photo cannot be shown; try again later, and tell the administrator if it goes on.',
  },
} as const

/** The photos of a visit; each is fetched when somebody asks to see it. */
export function VisitPhotos({ branchId, visit }: { branchId: string; visit: Row }): ReactNode {
  const say = useSay()
  return (
    <Part
      title={say(WORDS.title)}
      note={visit.photos.some(({ isKept }) => isKept) ? say(WORDS.note) : undefined}
    >
      {visit.photos.length === 0 && <p>{say(WORDS.none)}</p>}
      {visit.photos.map((photo, nth) => (
        <Photo
          key={photo.evidenceId}
          nth={nth + 1}
          photo={photo}
          url={urlOf(readEvidence, {
            params: { branchId, resultId: visit.resultId, evidenceId: photo.evidenceId },
          })}
        />
      ))}
    </Part>
  )
}

function Photo(of: { nth: number; photo: Row['photos'][number]; url: string }): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const [state, setState] = useState<'asked' | 'failed'>()
  const { isKept, usedOn } = of.photo
  const name = say(WORDS.photo, { nth: of.nth })
  return (
    <div className={css.photo}>
      {isKept && state === undefined ? (
        <Button onClick={() => setState('asked')}>{say(WORDS.show, { nth: of.nth })}</Button>
      ) : (
        name
      )}{' '}
      {usedOn && <Mark tone="soon">{say(WORDS.used, { day: dateText(usedOn, language) })}</Mark>}
      {!isKept && <p>{say(WORDS.gone)}</p>}
      {state === 'asked' && <img src={of.url} alt={name} onError={() => setState('failed')} />}
      {state === 'failed' && <ProblemNotice sentence={say(WORDS.failed)} />}
    </div>
  )
}
