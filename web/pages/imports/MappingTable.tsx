import { Select } from 'antd'
import type { ReactNode } from 'react'
import type { z } from 'zod'
import { type ColumnProposal, type ImportKind, listColumns } from '#contract/imports.ts'
import { useAnswer } from '../../ask.ts'
import { shareText } from '../../format/share.ts'
import { useSay } from '../../language.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { Mark } from '../../ui/Notices.tsx'
import css from './imports.module.css'
import { type Meaning, remapped } from './profile-text.ts'

const WORDS = {
  name: { zh: '列映射', en: 'Mapping' },
  source: { zh: '文件中的列', en: 'Column of the file' },
  samples: { zh: '样例', en: 'Samples' },
  target: { zh: '对应的标准列', en: 'Standard column' },
  targetOf: { zh: '“{source}”对应的标准列', en: 'Standard column of “{source}”' },
  own: { zh: '保留为自有列', en: 'Kept as a column of its own' },
  ignore: { zh: '不导入', en: 'Left out' },
  confidence: { zh: '把握', en: 'Confidence' },
  type: { zh: '类型', en: 'Type' },
  because: { zh: '依据', en: 'Because' },
} as const

const OWN = ' own'
const IGNORE = ' ignore'

type Proposal = z.output<typeof ColumnProposal>

/** Each column of the file with what it is taken for, how surely and why; each can be changed. */
export function MappingTable(of: {
  kind: (typeof ImportKind.options)[number]
  columns: readonly Proposal[]
  yaml: string
  change: (yaml: string) => void
}): ReactNode {
  const say = useSay()
  const known = useAnswer(listColumns, { params: { kind: of.kind } })
  const options = [
    ...(of.kind === 'subscribers' ? [{ value: OWN, label: say(WORDS.own) }] : []),
    { value: IGNORE, label: say(WORDS.ignore) },
    ...(known.data?.columns ?? []).map(({ column, label, required }) => ({
      value: column,
      label: `${say(label)}${required ? ' *' : ''} · ${column}`,
    })),
  ]
  return (
    <div className={css.scroll}>
      <DataTable
        name={say(WORDS.name)}
        dense
        rows={of.columns}
        keyOf={({ source }) => source}
        empty={null}
        columns={[
          { id: 'source', title: say(WORDS.source), render: ({ source }) => source },
          {
            id: 'samples',
            title: say(WORDS.samples),
            render: ({ samples }) => (
              <span className={css.samples}>{samples.slice(0, 3).join(' · ')}</span>
            ),
          },
          {
            id: 'target',
            title: say(WORDS.target),
            width: 280,
            render: ({ source, target }) => (
              <Select
                aria-label={say(WORDS.targetOf, { source })}
                showSearch={{ optionFilterProp: 'label' }}
                size="small"
                style={{ width: 260 }}
                value={target ?? (of.kind === 'subscribers' ? OWN : IGNORE)}
                options={options}
                onChange={(chosen) => of.change(remapped(of.yaml, source, meaningOf(chosen)))}
              />
            ),
          },
          {
            id: 'confidence',
            title: say(WORDS.confidence),
            render: ({ confidence, target }) =>
              target === null ? (
                '–'
              ) : (
                <Mark tone={confidence >= 0.9 ? 'good' : 'soon'}>{shareText(confidence)}</Mark>
              ),
          },
          {
            id: 'type',
            title: say(WORDS.type),
            render: ({ type, unit }) => (unit ? `${type}（${unit}）` : type),
          },
          { id: 'because', title: say(WORDS.because), render: ({ because }) => say(because.text) },
        ]}
      />
    </div>
  )
}

function meaningOf(chosen: string): Meaning {
  if (chosen === OWN) return { custom: true }
  return chosen === IGNORE ? { ignore: true } : { target: chosen }
}
