import type { ReactNode } from 'react'
import { type readEvent, readEventPhoto } from '#contract/events.ts'
import { type Answer, urlOf } from '../../api.ts'
import { countText } from '../../format/count.ts'
import { instantText } from '../../format/day.ts'
import { useLanguage, useSay } from '../../language.ts'
import { KeptPhoto } from '../../ui/KeptPhoto.tsx'
import { EmptyState, Mark } from '../../ui/Notices.tsx'
import { Part } from '../../ui/PageTitle.tsx'
import css from './events.module.css'

const WORDS = {
  proofs: { zh: '现场凭证', en: 'Proof' },
  note: { zh: '每次查看照片都会留痕', en: 'each look at a photo is recorded' },
  used: { zh: '在别的活动用过', en: 'proved another event before' },
  phone: {
    zh: '由前往的人在手机端“现场活动”里上传。',
    en: 'Whoever goes sends it from the phone, under “Events”.',
  },
  noProof: { zh: '还没有照片和定位', en: 'No photo and no position yet' },
  photos: { zh: '{count} 张照片', en: '{count} photos' },
  position: {
    zh: '定位 {latitude}, {longitude}，误差约 {metres} 米，{at}',
    en: 'position {latitude}, {longitude}, within about {metres} m, {at}',
  },
  noPosition: { zh: '没有定位', en: 'no position' },
  by: { zh: '{name} {at} 上传', en: 'sent by {name}, {at}' },
  toldAt: { zh: '（{at} 记下）', en: ' (told at {at})' },
} as const

type Proofs = Answer<typeof readEvent>['proofs']
type Of = Readonly<{ branchId: string; eventId: string }>

/** What was sent from an event: photos, each shown when somebody asks for it, and where they were. */
export function EventProofs({ proofs, of }: { proofs: Proofs; of: Of }): ReactNode {
  const say = useSay()
  const language = useLanguage()
  return (
    <Part
      title={say(WORDS.proofs)}
      note={
        proofs.some(({ photos }) => photos.some(({ isKept }) => isKept))
          ? say(WORDS.note)
          : undefined
      }
    >
      {proofs.length === 0 && <EmptyState title={say(WORDS.noProof)} step={say(WORDS.phone)} />}
      <ul className={css.lines}>
        {proofs.map(({ recordedAt, recordedByName, toldAt, position, photos, doubts }) => (
          <li key={recordedAt}>
            {say(WORDS.photos, { count: countText(photos.length) })} ·{' '}
            {position
              ? say(WORDS.position, {
                  latitude: position.latitude.toFixed(5),
                  longitude: position.longitude.toFixed(5),
                  metres: countText(Math.round(position.accuracyM)),
                  at: instantText(position.at, language),
                })
              : say(WORDS.noPosition)}
            {doubts.map(({ code, text }) => (
              <div key={code}>
                <Mark tone="soon">{say(text)}</Mark>
              </div>
            ))}
            <div>
              <small>
                {say(WORDS.by, {
                  name: say(recordedByName),
                  at: instantText(recordedAt, language),
                })}
                {toldAt !== null && say(WORDS.toldAt, { at: instantText(toldAt, language) })}
              </small>
            </div>
            {photos.map(({ photoId, isKept, usedBefore }, nth) => (
              <KeptPhoto
                key={photoId}
                nth={nth + 1}
                isKept={isKept}
                mark={usedBefore && <Mark tone="soon">{say(WORDS.used)}</Mark>}
                url={urlOf(readEventPhoto, { params: { ...of, evidenceId: photoId } })}
              />
            ))}
          </li>
        ))}
      </ul>
    </Part>
  )
}
