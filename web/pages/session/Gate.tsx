import { Button } from 'antd'
import type { ReactNode } from 'react'
import { setLanguage, useLanguage, useSay } from '../../language.ts'
import css from '../frame.module.css'

const WORDS = {
  product: { zh: '守网 Gridkeeper', en: 'Gridkeeper 守网' },
  other: { zh: 'English', en: '中文' },
} as const

/** The frame of the pages before the console: the name, one form, and the other language. */
export function Gate(of: { wide?: boolean; foot?: ReactNode; children: ReactNode }): ReactNode {
  const say = useSay()
  const language = useLanguage()
  return (
    <main className={css.gate}>
      <div className={css.gateBox} data-wide={of.wide}>
        <h1>
          <img
            src={new URL('../../mark.svg', import.meta.url).href}
            alt=""
            width={32}
            height={32}
          />
          {say(WORDS.product)}
        </h1>
        {of.children}
        <div className={css.gateFoot}>
          {of.foot}
          <Button type="text" onClick={() => setLanguage(language === 'zh' ? 'en' : 'zh')}>
            {say(WORDS.other)}
          </Button>
        </div>
      </div>
    </main>
  )
}

/** Only addresses of this site are gone back to. */
export function insideOf(next: string | undefined): string {
  return next?.startsWith('/') && !next.startsWith('//') ? next : '/'
}
