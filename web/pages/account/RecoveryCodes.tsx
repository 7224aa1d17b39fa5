import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { useSay } from '../../language.ts'
import css from './account.module.css'

const WORDS = {
  name: { zh: '恢复码', en: 'Recovery codes' },
  why: {
    zh: '二次验证已启用。手机不在身边时，每个恢复码可代替验证码用一次。请打印或抄下保管，离开本页后不再显示。',
    en: 'The second factor is in force. Without the phone each of these stands in for a code once. Print them or write them down: they are not shown again.',
  },
  copy: { zh: '复制', en: 'Copy' },
  copied: { zh: '已复制', en: 'Copied' },
  print: { zh: '打印', en: 'Print' },
  kept: { zh: '已保管好，继续', en: 'They are safe, go on' },
} as const

/** Ten codes for the day the phone is lost, shown once. */
export function RecoveryCodes(of: { codes: readonly string[]; onDone: () => void }): ReactNode {
  const say = useSay()
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(of.codes.join('\n'))
    setCopied(true)
  }
  return (
    <section aria-label={say(WORDS.name)}>
      <p role="status">{say(WORDS.why)}</p>
      <ol className={css.codes}>
        {of.codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      <div className={css.hands}>
        <Button type="primary" onClick={of.onDone}>
          {say(WORDS.kept)}
        </Button>
        {/* Browsers lend the clipboard to pages over TLS and of this machine alone. */}
        {window.isSecureContext && (
          <Button onClick={() => void copy()}>{say(copied ? WORDS.copied : WORDS.copy)}</Button>
        )}
        <Button onClick={() => window.print()}>{say(WORDS.print)}</Button>
      </div>
    </section>
  )
}
