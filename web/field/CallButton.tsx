import type { ReactNode } from 'react'
import { useSay } from '../language.ts'
import { useUnmasking } from '../unmask.ts'
import css from './field.module.css'

const WORDS = {
  call: { zh: '拨号', en: 'Call' },
  dial: { zh: '拨 {number}', en: 'Dial {number}' },
  none: { zh: '没有提供号码', en: 'No number was delivered' },
  why: {
    zh: '点“拨号”才显示号码，每次都有记录，60 秒后自动隐藏。',
    en: 'The number is shown on a tap, which is recorded, and hidden after 60 seconds.',
  },
  notOwn: {
    zh: '只有清单本人可以拨号。',
    en: 'Only whoever the list belongs to can call.',
  },
} as const

/** Shows the number of one’s own task on a tap, as a link that dials; until then it is not here. */
export function CallButton(of: {
  branchId: string
  subscriberId: string
  own: boolean
}): ReactNode {
  const say = useSay()
  const { shown, problem, pending, ask } = useUnmasking(of)
  const number = shown?.values.phone
  const blocked = of.own ? null : say(WORDS.notOwn)
  return (
    <>
      <p className={css.small} id="about-call" role="status">
        {blocked ?? problem?.message ?? say(number === null ? WORDS.none : WORDS.why)}
      </p>
      {number ? (
        <a className={css.dial} href={`tel:${number}`}>
          {say(WORDS.dial, { number })}
        </a>
      ) : (
        <button
          type="button"
          className={css.dial}
          aria-disabled={blocked !== null || pending}
          aria-describedby="about-call"
          onClick={() =>
            blocked === null &&
            !pending &&
            void ask({ purpose: 'own-task', note: '', fields: ['phone'] })
          }
        >
          {say(WORDS.call)}
        </button>
      )}
    </>
  )
}
