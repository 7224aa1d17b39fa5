import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { useSay } from '../../language.ts'
import { FormFoot } from '../../ui/Field.tsx'
import css from './shown-once.module.css'

const WORDS = {
  copy: { zh: '复制', en: 'Copy' },
  copied: { zh: '已复制', en: 'Copied' },
  done: { zh: '已保存，关闭', en: 'It is safe, close' },
} as const

/** A secret that nobody can show again, with what to do with it, and the way to copy it. */
export function ShownOnce(of: {
  name: string
  what: string
  secret: string
  done: () => void
}): ReactNode {
  const say = useSay()
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(of.secret)
    setCopied(true)
  }
  return (
    <section aria-label={of.name}>
      <p role="status">{of.what}</p>
      <code className={css.secret}>{of.secret}</code>
      <FormFoot>
        {/* Browsers lend the clipboard to pages over TLS and of this machine alone. */}
        {window.isSecureContext && (
          <Button type="primary" onClick={() => void copy()}>
            {say(copied ? WORDS.copied : WORDS.copy)}
          </Button>
        )}
        <Button onClick={of.done}>{say(WORDS.done)}</Button>
      </FormFoot>
    </section>
  )
}
