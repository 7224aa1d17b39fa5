import { Input } from 'antd'
import type { ReactNode } from 'react'
import { useSay } from '../../language.ts'
import { ProblemNotice } from '../../ui/Notices.tsx'
import { Part } from '../../ui/PageTitle.tsx'
import { readText } from './campaign-text.ts'
import css from './campaigns.module.css'

const WORDS = {
  title: { zh: '活动文本', en: 'Campaign as text' },
  note: {
    zh: 'YAML，与样例文件夹里的活动同一格式；改动随即反映到表单。',
    en: 'YAML, as in the sample files; what is changed here is changed in the form.',
  },
  name: { zh: '活动文本（YAML）', en: 'Campaign text (YAML)' },
  wrong: { zh: '第 {line} 行{at}：{text}', en: 'Line {line}{at}: {text}' },
  unfinished: {
    zh: '表单里还有没填完的内容，补齐后这里显示文本。',
    en: 'The form is unfinished; the text appears when it is filled in.',
  },
} as const

/** A campaign as the text that files hold; a mistake is named with its line. */
export function YamlTab(of: {
  /** Undefined: the form is unfinished and says no campaign. */
  text: string | undefined
  change: (text: string) => void
}): ReactNode {
  const say = useSay()
  const read = of.text === undefined ? undefined : readText(of.text)
  return (
    <Part title={say(WORDS.title)} note={say(WORDS.note)}>
      {read && 'wrong' in read && (
        <ProblemNotice
          sentence={say(WORDS.wrong, {
            line: read.wrong.line ?? '?',
            at: read.wrong.at && ` ${read.wrong.at}`,
            text: say(read.wrong.text),
          })}
        />
      )}
      {of.text === undefined ? (
        <p>{say(WORDS.unfinished)}</p>
      ) : (
        <Input.TextArea
          aria-label={say(WORDS.name)}
          className={css.yaml ?? ''}
          value={of.text}
          spellCheck={false}
          autoSize={{ minRows: 20, maxRows: 40 }}
          onChange={({ target }) => of.change(target.value)}
        />
      )}
    </Part>
  )
}
