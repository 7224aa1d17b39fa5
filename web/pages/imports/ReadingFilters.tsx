import { Select } from 'antd'
import type { ReactNode } from 'react'
import { useSay } from '../../language.ts'
import { Filter } from '../../ui/PageTitle.tsx'
import type { Reading } from './profile-text.ts'

const WORDS = {
  encoding: { zh: '编码', en: 'Encoding' },
  delimiter: { zh: '分隔符', en: 'Delimiter' },
  found: { zh: '自动识别（{found}）', en: 'Found ({found})' },
  itself: { zh: '自动识别', en: 'Found by itself' },
  comma: { zh: '逗号 ,', en: 'Comma ,' },
  tab: { zh: '制表符 Tab', en: 'Tab' },
  semicolon: { zh: '分号 ;', en: 'Semicolon ;' },
  bar: { zh: '竖线 |', en: 'Bar |' },
  soh: { zh: '控制符 \\x01', en: 'Control \\x01' },
} as const

const ENCODINGS = [
  { value: 'utf-8', label: 'UTF-8' },
  { value: 'gb18030', label: 'GB18030 / GBK' },
  { value: 'utf-16le', label: 'UTF-16 LE' },
  { value: 'utf-16be', label: 'UTF-16 BE' },
]
const DELIMITERS = [
  { value: ',', label: WORDS.comma },
  { value: '\t', label: WORDS.tab },
  { value: ';', label: WORDS.semicolon },
  { value: '|', label: WORDS.bar },
  { value: '\x01', label: WORDS.soh },
] as const

/** How the file is read: as its content tells, unless somebody who knows better chooses. */
export function ReadingFilters(of: {
  reading: Reading
  /** What stands now, found or chosen. */
  known: Reading | undefined
  change: (change: Partial<Reading>) => void
}): ReactNode {
  const say = useSay()
  const { reading, known, change } = of
  const delimiters = DELIMITERS.map(({ value, label }) => ({ value, label: say(label) }))
  const nameIn = (options: readonly { value: string; label: string }[], value?: string | null) =>
    options.find((each) => each.value === value)?.label
  const itself = (chosen: string | null, found: string | undefined) => ({
    value: '',
    label: chosen === null && found ? say(WORDS.found, { found }) : say(WORDS.itself),
  })
  return (
    <>
      <Filter name={say(WORDS.encoding)}>
        <Select
          aria-label={say(WORDS.encoding)}
          value={reading.encoding ?? ''}
          style={{ width: 220 }}
          onChange={(value: string) => change({ encoding: value || null })}
          options={[itself(reading.encoding, nameIn(ENCODINGS, known?.encoding)), ...ENCODINGS]}
        />
      </Filter>
      <Filter name={say(WORDS.delimiter)}>
        <Select
          aria-label={say(WORDS.delimiter)}
          value={reading.delimiter ?? ''}
          style={{ width: 200 }}
          onChange={(value: string) => change({ delimiter: value || null })}
          options={[itself(reading.delimiter, nameIn(delimiters, known?.delimiter)), ...delimiters]}
        />
      </Filter>
    </>
  )
}
