import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { useSay } from '../language.ts'
import css from './kept-photo.module.css'
import { ProblemNotice } from './Notices.tsx'

const WORDS = {
  photo: { zh: '照片 {nth}', en: 'Photo {nth}' },
  show: { zh: '查看照片 {nth}', en: 'Show photo {nth}' },
  gone: {
    zh: '照片还没有送达，或已过保存期限。',
    en: 'It has not arrived yet, or is kept no longer.',
  },
  failed: {
    zh: '照片打不开，请稍后重试；多次出现请联系管理员。',
    en: 'The photo cannot be shown; try again later, and tell the administrator if it goes on.',
  },
} as const

/** A photo that is fetched only when somebody asks to see it, for each look is recorded. */
export function KeptPhoto(of: {
  nth: number
  url: string
  isKept: boolean
  /** What is to be said of it, beside its name. */
  mark?: ReactNode
}): ReactNode {
  const say = useSay()
  const [state, setState] = useState<'asked' | 'failed'>()
  const name = say(WORDS.photo, { nth: of.nth })
  return (
    <div className={css.photo}>
      {of.isKept && state === undefined ? (
        <Button onClick={() => setState('asked')}>{say(WORDS.show, { nth: of.nth })}</Button>
      ) : (
        name
      )}{' '}
      {of.mark}
      {!of.isKept && <p>{say(WORDS.gone)}</p>}
      {state === 'asked' && <img src={of.url} alt={name} onError={() => setState('failed')} />}
      {state === 'failed' && <ProblemNotice sentence={say(WORDS.failed)} />}
    </div>
  )
}
