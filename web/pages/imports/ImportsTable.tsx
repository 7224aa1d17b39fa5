import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { z } from 'zod'
import type { ImportRow } from '#contract/imports.ts'
import type { Sentence } from '#contract/language.ts'
import { countText } from '../../format/count.ts'
import { dateText, instantText } from '../../format/day.ts'
import { useLanguage, useSay } from '../../language.ts'
import { DataTable, type Paging } from '../../ui/DataTable.tsx'
import { Mark, type Tone } from '../../ui/Notices.tsx'
import { IMPORT_KINDS } from '../../words.ts'

const WORDS = {
  name: { zh: '导入记录', en: 'Imports' },
  file: { zh: '文件', en: 'File' },
  kind: { zh: '类别', en: 'Kind' },
  date: { zh: '账期', en: 'Data date' },
  rows: { zh: '行数', en: 'Rows' },
  accepted: { zh: '接收', en: 'Accepted' },
  rejected: { zh: '退回', en: 'Rejected' },
  duplicates: { zh: '重复', en: 'Duplicates' },
  state: { zh: '状态', en: 'State' },
  at: { zh: '导入时间', en: 'Imported' },
} as const

export const IMPORT_STATES: Record<z.output<typeof ImportRow>['state'], Sentence> = {
  current: { zh: '生效', en: 'In force' },
  replaced: { zh: '已有更新', en: 'Replaced' },
  withdrawn: { zh: '已撤回', en: 'Withdrawn' },
}
export const IMPORT_TONES: Record<z.output<typeof ImportRow>['state'], Tone> = {
  current: 'good',
  replaced: 'plain',
  withdrawn: 'soon',
}

const WHOLE = ['rows', 'accepted', 'rejected', 'duplicates'] as const
const BRIEF = ['accepted', 'rejected'] as const

/** Imports with their sums; the file opens the report. */
export function ImportsTable(of: {
  rows: readonly z.output<typeof ImportRow>[] | undefined
  empty: ReactNode
  paging?: Paging | undefined
  /** Only what one glances at. */
  brief?: boolean
}): ReactNode {
  const say = useSay()
  const language = useLanguage()
  return (
    <DataTable
      name={say(WORDS.name)}
      rows={of.rows}
      dense={of.brief ?? false}
      keyOf={({ importId }) => importId}
      empty={of.empty}
      paging={of.paging}
      columns={[
        {
          id: 'file',
          title: say(WORDS.file),
          render: ({ importId, file }) => (
            <Link to="/base/imports/$importId" params={{ importId }}>
              {file}
            </Link>
          ),
        },
        { id: 'kind', title: say(WORDS.kind), render: ({ kind }) => say(IMPORT_KINDS[kind]) },
        {
          id: 'date',
          nowrap: true,
          title: say(WORDS.date),
          render: ({ date }) => dateText(date, language),
        },
        ...(of.brief ? BRIEF : WHOLE).map((name) => ({
          id: name,
          title: say(WORDS[name]),
          numeric: true,
          render: (row: z.output<typeof ImportRow>) => countText(row[name]),
        })),
        {
          id: 'state',
          title: say(WORDS.state),
          render: ({ state }) => (
            <Mark tone={IMPORT_TONES[state]}>{say(IMPORT_STATES[state])}</Mark>
          ),
        },
        ...(of.brief
          ? []
          : [
              {
                id: 'at',
                nowrap: true,
                title: say(WORDS.at),
                render: ({ importedAt, importedByName }: z.output<typeof ImportRow>) =>
                  `${instantText(importedAt, language)} · ${say(importedByName)}`,
              },
            ]),
      ]}
    />
  )
}
