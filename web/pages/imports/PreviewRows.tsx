import type { ReactNode } from 'react'
import { type ImportKind, listColumns, type previewUpload } from '#contract/imports.ts'
import type { Answer } from '../../api.ts'
import { useAnswer } from '../../ask.ts'
import { useSay } from '../../language.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { Mark } from '../../ui/Notices.tsx'
import css from './imports.module.css'

const WORDS = {
  converted: { zh: '转换结果', en: 'Converted rows' },
  delivered: { zh: '原始内容', en: 'Rows as delivered' },
  row: { zh: '行', en: 'Row' },
  problems: { zh: '问题', en: 'Problems' },
} as const

type Known = Answer<typeof previewUpload>

/** The first rows as the mapping converts them, each with what is wrong with it. */
export function ConvertedRows(of: {
  rows: Known['converted']
  kind: (typeof ImportKind.options)[number]
}): ReactNode {
  const say = useSay()
  const columns = useAnswer(listColumns, { params: { kind: of.kind } })
  const labels = new Map(columns.data?.columns.map(({ column, label }) => [column, say(label)]))
  const targets = Object.keys(of.rows[0]?.values ?? {})
  return (
    <div className={css.scroll}>
      <DataTable
        name={say(WORDS.converted)}
        dense
        rows={of.rows}
        keyOf={({ row }) => String(row)}
        empty={null}
        columns={[
          { id: 'row', title: say(WORDS.row), numeric: true, render: ({ row }) => row },
          {
            id: 'problems',
            title: say(WORDS.problems),
            render: ({ reasons }) =>
              reasons.map(({ code, text }) => (
                <Mark key={code} tone="late">
                  {say(text)}
                </Mark>
              )),
          },
          ...targets.map((target) => ({
            id: target,
            title: labels.get(target) ?? target,
            nowrap: true,
            render: ({ values }: Known['converted'][number]) => values[target] ?? '–',
          })),
        ]}
      />
    </div>
  )
}

/** The first rows as they stand in the file. */
export function DeliveredRows(of: { header: readonly string[]; rows: Known['rows'] }): ReactNode {
  const say = useSay()
  const rows = of.rows.map((cells, place) => ({ place, cells }))
  return (
    <div className={css.scroll}>
      <DataTable
        name={say(WORDS.delivered)}
        dense
        rows={rows}
        keyOf={({ place }) => String(place)}
        empty={null}
        columns={of.header.map((title, place) => ({
          id: `${place} ${title}`,
          title,
          nowrap: true,
          render: ({ cells }: (typeof rows)[number]) => cells[place] ?? '',
        }))}
      />
    </div>
  )
}
