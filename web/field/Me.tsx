import { useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { signOut, type whoAmI } from '#contract/session.ts'
import type { Answer } from '../api.ts'
import { useCommand } from '../ask.ts'
import { setLanguage, useLanguage, useSay } from '../language.ts'
import { setWish, useWish } from '../ui/mode.ts'
import { ROLES } from '../words.ts'
import { Devices } from './Devices.tsx'
import { leaveDoor } from './day/door.ts'
import { phone, usePhone } from './day/store.ts'
import css from './field.module.css'
import { setConsent, useConsent } from './result/position.ts'
import { WAY_TO_EVENTS, WAY_TO_VISITS } from './route.ts'
import { Way } from './Way.tsx'

const WORDS = {
  title: { zh: '我', en: 'Me' },
  unit: { zh: '单位', en: 'Unit' },
  roles: { zh: '岗位', en: 'Roles' },
  account: { zh: '帐号', en: 'Account' },
  events: { zh: '我的现场活动', en: 'My events' },
  visits: { zh: '我的走访核实', en: 'My visits to look at' },
  language: { zh: '语言', en: 'Language' },
  look: { zh: '外观', en: 'Appearance' },
  light: { zh: '浅色', en: 'Light' },
  dark: { zh: '深色', en: 'Dark' },
  system: { zh: '跟随系统', en: 'As the system' },
  security: { zh: '密码与登录安全', en: 'Password and sign-in' },
  console: { zh: '打开电脑版', en: 'Open the console' },
  signOut: { zh: '退出登录', en: 'Sign out' },
  signOutWhy: {
    zh: '退出会清除这台手机上的清单。',
    en: 'Signing out wipes the list on this phone.',
  },
  waiting: {
    zh: '还有 {count} 条没有发送，会加密留在这台手机上，下次登录自动发送。',
    en: '{count} are not sent yet; they stay on this phone, sealed, and are sent when you sign in again.',
  },
  position: { zh: '登记结果时记录位置', en: 'Record the position with results' },
  yes: { zh: '记录', en: 'Yes' },
  no: { zh: '不记录', en: 'No' },
} as const

const LANGUAGES = [
  { code: 'zh', name: '中文' },
  { code: 'en', name: 'English' },
] as const

/** The person’s own page: who they are, in which language and light they read, and the way out. */
export function Me({ me }: { me: Answer<typeof whoAmI> }): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const wish = useWish()
  const client = useQueryClient()
  const { items, photosWaiting } = usePhone()
  const consent = useConsent()
  const waiting = items.filter(({ state }) => state === 'waiting').length + photosWaiting
  const leave = useCommand(signOut, {
    onDone: ({ leaveAt }) => {
      if (leaveAt !== null) location.assign(leaveAt)
      else void client.resetQueries()
    },
  })
  const branchId = me.branchId ?? me.branches[0]?.unitId

  async function signsOut(): Promise<void> {
    await leaveDoor()
    await phone.leave()
    leave.mutate({})
  }

  return (
    <main className={css.page}>
      <h1>{me.name}</h1>
      <dl className={css.facts}>
        <dt>{say(WORDS.unit)}</dt>
        <dd>{me.unit.name}</dd>
        <dt>{say(WORDS.roles)}</dt>
        <dd>{me.roles.map((role) => say(ROLES[role])).join('、')}</dd>
        <dt>{say(WORDS.account)}</dt>
        <dd>{me.account}</dd>
      </dl>
      <fieldset className={css.choice}>
        <legend>{say(WORDS.language)}</legend>
        {LANGUAGES.map(({ code, name }) => (
          <button
            key={code}
            type="button"
            aria-pressed={language === code}
            onClick={() => setLanguage(code)}
          >
            {name}
          </button>
        ))}
      </fieldset>
      <fieldset className={css.choice}>
        <legend>{say(WORDS.look)}</legend>
        {(['system', 'light', 'dark'] as const).map((one) => (
          <button key={one} type="button" aria-pressed={wish === one} onClick={() => setWish(one)}>
            {say(WORDS[one])}
          </button>
        ))}
      </fieldset>
      <fieldset className={css.choice}>
        <legend>{say(WORDS.position)}</legend>
        {(['yes', 'no'] as const).map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={consent === one}
            onClick={() => setConsent(one)}
          >
            {say(WORDS[one])}
          </button>
        ))}
      </fieldset>
      {me.can.includes('event:report') && (
        <Way className={css.plain} to={WAY_TO_EVENTS}>
          {say(WORDS.events)}
        </Way>
      )}
      {me.can.includes('task:work') && (
        <Way className={css.plain} to={WAY_TO_VISITS}>
          {say(WORDS.visits)}
        </Way>
      )}
      {branchId && <Devices branchId={branchId} staffId={me.staffId} />}
      <a className={css.plain} href="/settings/account">
        {say(WORDS.security)}
      </a>
      <a className={css.plain} href="/">
        {say(WORDS.console)}
      </a>
      <button
        type="button"
        className={css.plain}
        disabled={leave.isPending}
        aria-describedby="about-leaving"
        onClick={() => void signsOut()}
      >
        {say(WORDS.signOut)}
      </button>
      <p className={css.small} id="about-leaving">
        {say(WORDS.signOutWhy)} {waiting > 0 && say(WORDS.waiting, { count: waiting })}
      </p>
      {leave.error && <p role="alert">{leave.error.message}</p>}
    </main>
  )
}
