import type { ReactNode } from 'react'
import { readEvidence } from '#contract/visits.ts'
import { urlOf } from '../../api.ts'
import { dateText } from '../../format/day.ts'
import { useLanguage, useSay } from '../../language.ts'
import { KeptPhoto } from '../../ui/KeptPhoto.tsx'
import { Mark } from '../../ui/Notices.tsx'
import { Part } from '../../ui/PageTitle.tsx'
import type { Row } from './VisitTable.tsx'

const WORDS = {
  title: { zh: '现场照片', en: 'Photos' },
  note: { zh: '每次查看都会留痕', en: 'each look is recorded' },
  none: { zh: '这次没有照片。', en: 'This visit has no photo.' },
  used: { zh: '{day} 已用过', en: 'used before, on {day}' },
} as const

/** The photos of a visit; each is fetched when somebody asks to see it. */
export function VisitPhotos({ branchId, visit }: { branchId: string; visit: Row }): ReactNode {
  const say = useSay()
  const language = useLanguage()
  return (
    <Part
      title={say(WORDS.title)}
      note={visit.photos.some(({ isKept }) => isKept) ? say(WORDS.note) : undefined}
    >
      {visit.photos.length === 0 && <p>{say(WORDS.none)}</p>}
      {visit.photos.map((photo, nth) => (
        <KeptPhoto
          key={photo.evidenceId}
          nth={nth + 1}
          isKept={photo.isKept}
          mark={
            photo.usedOn && (
              <Mark tone="soon">{say(WORDS.used, { day: dateText(photo.usedOn, language) })}</Mark>
            )
          }
          url={urlOf(readEvidence, {
            params: { branchId, resultId: visit.resultId, evidenceId: photo.evidenceId },
          })}
        />
      ))}
    </Part>
  )
}
