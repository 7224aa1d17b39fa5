import type { signIn } from '#contract/session.ts'
import type { Answer } from './api.ts'
import { instantText } from './format/day.ts'
import { useLanguage, useSay } from './language.ts'

const WORDS = {
  title: { zh: '上次登录', en: 'Your last sign-in' },
  from: { zh: '{at}，{device}，{address}。', en: '{at}, {device}, {address}.' },
  refused: {
    zh: '此后有 {count} 次登录失败；不是您本人操作的，请修改密码。',
    en: 'Attempts refused since then: {count}. If they were not yours, change your password.',
  },
  elsewhere: { zh: '地址未知', en: 'from an unknown address' },
} as const

export type Before = NonNullable<Answer<typeof signIn>['before']>

/** Says when and from where somebody signed in last, and what was refused since. */
export function useSayBefore(): (
  before: Before,
) => Readonly<{ title: string; description: string }> {
  const say = useSay()
  const language = useLanguage()
  return ({ at, device, address, failures }) => {
    const from = say(WORDS.from, {
      at: instantText(at, language),
      device: say(device),
      address: address ?? say(WORDS.elsewhere),
    })
    const refused = failures > 0 ? ` ${say(WORDS.refused, { count: failures })}` : ''
    return { title: say(WORDS.title), description: `${from}${refused}` }
  }
}
