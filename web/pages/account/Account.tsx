import type { ReactNode } from 'react'
import { readAccount } from '#contract/session.ts'
import { Asked } from '../../Asked.tsx'
import { useAnswer } from '../../ask.ts'
import { instantText } from '../../format/day.ts'
import { useLanguage, useSay } from '../../language.ts'
import { Facts } from '../../ui/Notices.tsx'
import { PageTitle, Part } from '../../ui/PageTitle.tsx'
import { PasswordForm } from './PasswordForm.tsx'
import { SecondFactor } from './SecondFactor.tsx'
import { Sessions } from './Sessions.tsx'

const WORDS = {
  title: { zh: '我的帐号', en: 'My account' },
  password: { zh: '密码', en: 'Password' },
  setAt: { zh: '上次修改 {at}', en: 'Changed {at}' },
  factor: { zh: '二次验证', en: 'Second factor' },
  calls: { zh: '呼叫用户', en: 'Calling subscribers' },
  extension: { zh: '分机号', en: 'Extension' },
  noExtension: {
    zh: '没有；请所在单位的管理员在“组织与人员”中填写',
    en: 'None; the administrator of your unit enters it under “Organisation”',
  },
  sessions: { zh: '登录的设备', en: 'Where you are signed in' },
} as const

/** The own account: password, second factor, and the sessions that are open. */
export function Account(): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const asked = useAnswer(readAccount, {})
  return (
    <Asked of={asked}>
      {(account) => (
        <>
          <PageTitle title={say(WORDS.title)} asOf={account.account} />
          <Part title={say(WORDS.factor)}>
            <SecondFactor account={account} renew={() => void asked.refetch()} />
          </Part>
          <Part title={say(WORDS.calls)}>
            <Facts
              facts={[
                {
                  name: say(WORDS.extension),
                  value: account.extension ?? say(WORDS.noExtension),
                },
              ]}
            />
          </Part>
          <Part title={say(WORDS.sessions)}>
            <Sessions sessions={account.sessions} />
          </Part>
          <Part
            title={say(WORDS.password)}
            note={
              account.passwordSetAt &&
              say(WORDS.setAt, { at: instantText(account.passwordSetAt, language) })
            }
          >
            <PasswordForm />
          </Part>
        </>
      )}
    </Asked>
  )
}
