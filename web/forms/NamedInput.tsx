import { Input } from 'antd'
import type { ReactNode } from 'react'
import type { Sentence } from '#contract/language.ts'
import { useSay } from '../language.ts'
import { Field } from '../ui/Field.tsx'

const WORDS = {
  zh: { zh: '{name}（中文）', en: '{name} (Chinese)' },
  en: { zh: '{name}（英文）', en: '{name} (English)' },
} as const

/** What something is called or says, once in each language. */
export function NamedInput(of: {
  name: string
  value: Sentence
  change: (value: Sentence) => void
  wrong?: Partial<Record<'zh' | 'en', string | undefined>>
  lines?: number
  max?: number
  wide?: boolean
}): ReactNode {
  const say = useSay()
  return (['zh', 'en'] as const).map((language) => {
    const name = say(WORDS[language], { name: of.name })
    const shared = {
      'aria-label': name,
      value: of.value[language],
      maxLength: of.max ?? 200,
      lang: language === 'zh' ? 'zh-CN' : 'en',
      status: of.wrong?.[language] ? ('error' as const) : ('' as const),
    }
    const change = (text: string) => of.change({ ...of.value, [language]: text })
    return (
      <Field key={language} name={name} wrong={of.wrong?.[language]} wide={of.wide ?? false}>
        {of.lines ? (
          <Input.TextArea
            {...shared}
            autoSize={{ minRows: of.lines, maxRows: of.lines * 4 }}
            onChange={({ target }) => change(target.value)}
          />
        ) : (
          <Input {...shared} onChange={({ target }) => change(target.value)} />
        )}
      </Field>
    )
  })
}
