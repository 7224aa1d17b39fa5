import type { ReactNode } from 'react'
import { connectCall } from '#contract/personal.ts'
import { useCommand } from '../ask.ts'
import { useSay } from '../language.ts'
import css from './field.module.css'

const WORDS = {
  call: { zh: '呼叫', en: 'Call' },
  why: {
    zh: '话务平台先呼叫您的分机，再呼叫用户；不显示号码，每次都有记录。',
    en: 'The call platform rings your extension first, then the subscriber; no number is shown, and each call is recorded.',
  },
  ringing: { zh: '正在接通，请接听您的分机。', en: 'Ringing: answer your extension.' },
  notOwn: { zh: '只有清单本人可以呼叫。', en: 'Only whoever the list belongs to can call.' },
} as const

/** Has the call platform connect whoever has the task with the subscriber; the number stays there. */
export function ConnectButton(of: {
  branchId: string
  subscriberId: string
  own: boolean
}): ReactNode {
  const { own, ...params } = of
  const say = useSay()
  const connect = useCommand(connectCall, {})
  const told = connect.error?.message ?? say(connect.isSuccess ? WORDS.ringing : WORDS.why)
  const ready = own && !connect.isPending
  return (
    <>
      <p className={css.small} id="about-call" role="status">
        {own ? told : say(WORDS.notOwn)}
      </p>
      <button
        type="button"
        className={css.dial}
        aria-disabled={!ready}
        aria-describedby="about-call"
        onClick={() => ready && connect.mutate({ params, body: { purpose: 'own-task', note: '' } })}
      >
        {say(WORDS.call)}
      </button>
    </>
  )
}
