import { Button } from 'antd'
import type { ReactNode } from 'react'
import { endOtherSessions, endSession, readAccount } from '#contract/session.ts'
import type { Answer } from '../../api.ts'
import { useCommand } from '../../ask.ts'
import { instantText } from '../../format/day.ts'
import { useLanguage, useSay } from '../../language.ts'
import { Mark, ProblemNotice } from '../../ui/Notices.tsx'
import css from './account.module.css'

const WORDS = {
  here: { zh: '本机', en: 'This one' },
  opened: { zh: '{opened} 登录，最近使用 {seen}', en: 'Opened {opened}, last used {seen}' },
  elsewhere: { zh: '地址未知', en: 'unknown address' },
  end: { zh: '退出', en: 'End' },
  endNamed: { zh: '退出 {device}（{address}）', en: 'End {device} ({address})' },
  endAll: { zh: '退出其他全部登录', en: 'End all others' },
  alone: { zh: '没有其他登录。', en: 'There are no others.' },
} as const

/** Where the person is signed in, and the way to end what is not theirs. */
export function Sessions({ sessions }: Pick<Answer<typeof readAccount>, 'sessions'>): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const end = useCommand(endSession, { renews: [readAccount] })
  const endAll = useCommand(endOtherSessions, { renews: [readAccount] })
  const problem = end.error ?? endAll.error
  return (
    <>
      {problem && <ProblemNotice sentence={problem.message} />}
      <ul className={css.sessions}>
        {sessions.map(({ sessionId, device, address, openedAt, seenAt, current }) => {
          const [name, from] = [say(device), address ?? say(WORDS.elsewhere)]
          const [opened, seen] = [instantText(openedAt, language), instantText(seenAt, language)]
          return (
            <li key={sessionId}>
              <div>
                <strong>{name}</strong> {from}{' '}
                {current && <Mark tone="good">{say(WORDS.here)}</Mark>}
                <p className={css.quiet}>{say(WORDS.opened, { opened, seen })}</p>
              </div>
              {!current && (
                <Button
                  aria-label={say(WORDS.endNamed, { device: name, address: from })}
                  loading={end.isPending && end.variables.params.sessionId === sessionId}
                  onClick={() => end.mutate({ params: { sessionId } })}
                >
                  {say(WORDS.end)}
                </Button>
              )}
            </li>
          )
        })}
      </ul>
      {sessions.length > 1 ? (
        <Button loading={endAll.isPending} onClick={() => endAll.mutate({})}>
          {say(WORDS.endAll)}
        </Button>
      ) : (
        <p className={css.quiet}>{say(WORDS.alone)}</p>
      )}
    </>
  )
}
