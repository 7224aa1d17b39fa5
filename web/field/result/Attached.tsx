import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { Sentence } from '#contract/language.ts'
import { useSay } from '../../language.ts'
import { MOST_PHOTOS } from './form.ts'
import { smallJpeg } from './photo.ts'
import { findPosition, setConsent, useConsent } from './position.ts'
import css from './result.module.css'
import type { Taken } from './use-draft.ts'

const WORDS = {
  add: { zh: '拍照', en: 'Take a photo' },
  full: { zh: '最多 {most} 张照片。', en: 'At most {most} photos.' },
  none: { zh: '这个文件不是能读取的图片。', en: 'This file is no picture that can be read.' },
  photo: { zh: '照片 {number}', en: 'Photo {number}' },
  drop: { zh: '删除照片 {number}', en: 'Remove photo {number}' },
  ask: {
    zh: '记录您登记结果时所在的位置，作为到访的证明？可随时在“我”里关掉。',
    en: 'Record where you are as you save results, as proof of the visit? You can turn it off under “Me”.',
  },
  yes: { zh: '记录位置', en: 'Record it' },
  no: { zh: '不记录', en: 'Do not' },
  looking: { zh: '正在定位…', en: 'Finding the position…' },
  found: { zh: '位置已记录，误差约 {metres} 米', en: 'Position recorded, within about {metres} m' },
  denied: {
    zh: '浏览器没有允许定位，结果照常保存。',
    en: 'The browser does not allow it; the result is saved all the same.',
  },
  unknown: {
    zh: '现在定不了位，结果照常保存。',
    en: 'The position is not to be had now; the result is saved all the same.',
  },
  off: { zh: '不记录位置', en: 'The position is not recorded' },
} as const

/** Photos and position of a result or of an event; neither has to be there. `photo` says which one is asked for. */
export function Attached(of: {
  draft: Taken
  photo: Sentence | null
  position: boolean
}): ReactNode {
  const { draft, photo, position } = of
  const say = useSay()
  return (
    <>
      {photo && <p className={css.quiet}>{say(photo)}</p>}
      <Photos draft={draft} />
      {position && <Position draft={draft} />}
    </>
  )
}

function Photos({ draft }: { draft: Taken }): ReactNode {
  const say = useSay()
  const input = useRef<HTMLInputElement>(null)
  const [isRefused, setRefused] = useState(false)
  const isFull = draft.photos.size >= MOST_PHOTOS

  async function add(files: readonly File[]): Promise<void> {
    setRefused(false)
    for (const file of files.slice(0, MOST_PHOTOS - draft.photos.size)) {
      const jpeg = await smallJpeg(file)
      if (jpeg) await draft.addPhoto(jpeg)
      else setRefused(true)
    }
  }

  return (
    <div className={css.photos}>
      {[...draft.photos].map(([evidenceId, picture], at) => (
        <Picture
          key={evidenceId}
          picture={picture}
          number={at + 1}
          drop={() => void draft.dropPhoto(evidenceId)}
        />
      ))}
      <input
        ref={input}
        hidden
        type="file"
        accept="image/*"
        capture="environment"
        multiple
        onChange={({ target }) => {
          const files = [...(target.files ?? [])]
          target.value = '' // the same file may be chosen again
          void add(files)
        }}
      />
      <button
        type="button"
        className={css.add}
        aria-disabled={isFull}
        onClick={() => !isFull && input.current?.click()}
      >
        {say(WORDS.add)}
      </button>
      {isFull && <p className={css.quiet}>{say(WORDS.full, { most: MOST_PHOTOS })}</p>}
      {isRefused && <p role="alert">{say(WORDS.none)}</p>}
    </div>
  )
}

function Picture(of: { picture: Blob; number: number; drop: () => void }): ReactNode {
  const { picture, number, drop } = of
  const say = useSay()
  const [url, setUrl] = useState<string>()
  // The address of a picture in memory lasts until it is given back.
  useEffect(() => {
    const made = URL.createObjectURL(picture)
    setUrl(made)
    return () => URL.revokeObjectURL(made)
  }, [picture])
  return (
    <figure>
      <img src={url} alt={say(WORDS.photo, { number })} />
      <button type="button" onClick={drop} aria-label={say(WORDS.drop, { number })}>
        ×
      </button>
    </figure>
  )
}

function Position({ draft: { position, setPosition } }: { draft: Taken }): ReactNode {
  const say = useSay()
  const consent = useConsent()
  const [missing, setMissing] = useState<'denied' | 'unknown'>()

  // The device is asked as soon as the person agrees, and each time the sheet opens after that.
  useEffect(() => {
    if (consent !== 'yes') return setPosition(null)
    let isHere = true
    void findPosition().then((found) => {
      if (!isHere) return
      if (typeof found === 'string') setMissing(found)
      else setPosition(found)
    })
    return () => {
      isHere = false
    }
  }, [consent, setPosition])

  if (consent === null)
    return (
      <div className={css.ask}>
        <p>{say(WORDS.ask)}</p>
        <button type="button" onClick={() => setConsent('yes')}>
          {say(WORDS.yes)}
        </button>
        <button type="button" onClick={() => setConsent('no')}>
          {say(WORDS.no)}
        </button>
      </div>
    )
  if (consent === 'no') return <p className={css.quiet}>{say(WORDS.off)}</p>
  const said = position
    ? say(WORDS.found, { metres: position.accuracyM })
    : say(missing ? WORDS[missing] : WORDS.looking)
  return (
    <p className={css.quiet} role="status">
      {said}
    </p>
  )
}
