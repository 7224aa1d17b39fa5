import { Button } from 'antd'
import type { ReactNode } from 'react'
import type { z } from 'zod'
import { RESULT_NAMES } from '#contract/tasks.ts'
import type { FlaggedVisit, VisitFlag } from '#contract/visits.ts'
import { clockText, instantText } from '../../format/day.ts'
import { useLanguage, useSay } from '../../language.ts'
import { DataTable, type Paging } from '../../ui/DataTable.tsx'
import { EmptyState, Mark } from '../../ui/Notices.tsx'
import { FLAGS, STANDINGS, TONES } from './visit-words.ts'
import css from './work.module.css'

const WORDS = {
  title: { zh: '值得看一眼的走访', en: 'Visits to look at' },
  at: { zh: '时间', en: 'Time' },
  person: { zh: '人员', en: 'Person' },
  place: { zh: '地点', en: 'Place' },
  result: { zh: '结果', en: 'Result' },
  why: { zh: '原因', en: 'Why' },
  standing: { zh: '意见', en: 'Verdict' },
  none: { zh: '没有需要看的走访', en: 'Nothing to look at' },
  noneStep: {
    zh: '这些天登记的上门都没有异常；可换日期或放宽筛选。',
    en: 'No visit of these days stands out; choose other days, or widen the filters.',
  },
} as const

export type Row = z.infer<typeof FlaggedVisit>

/** The visits one by one, the latest first; a line opens the facts beside it. */
export function VisitTable(of: {
  rows: readonly Row[] | undefined
  isOneDay: boolean
  open: (resultId: string) => void
  chosen: string | undefined
  paging: Paging | undefined
}): ReactNode {
  const say = useSay()
  const language = useLanguage()
  return (
    <DataTable
      name={say(WORDS.title)}
      rows={of.rows}
      keyOf={({ resultId }) => resultId}
      open={({ resultId }) => of.open(resultId)}
      chosen={of.chosen}
      paging={of.paging}
      dense
      cards
      empty={<EmptyState title={say(WORDS.none)} step={say(WORDS.noneStep)} />}
      columns={[
        {
          id: 'at',
          title: say(WORDS.at),
          nowrap: true,
          render: ({ at, resultId }) => (
            <Button
              type="link"
              size="small"
              className={css.cell ?? ''}
              onClick={() => of.open(resultId)}
            >
              {of.isOneDay ? clockText(at) : instantText(at, language)}
            </Button>
          ),
        },
        {
          id: 'person',
          title: say(WORDS.person),
          nowrap: true,
          render: ({ staffName, unitName }) => (
            <>
              {say(staffName)} <small>{unitName}</small>
            </>
          ),
        },
        { id: 'place', title: say(WORDS.place), render: placeText },
        {
          id: 'result',
          title: say(WORDS.result),
          nowrap: true,
          render: ({ result }) => say(RESULT_NAMES[result]),
        },
        {
          id: 'why',
          title: say(WORDS.why),
          width: 280,
          render: ({ flags }) =>
            flags.map(({ code, text }) => (
              <div key={code} className={css.flag}>
                <Mark tone="soon">{say(FLAGS[code as VisitFlag])}</Mark> {say(text)}
              </div>
            )),
        },
        {
          id: 'standing',
          title: say(WORDS.standing),
          nowrap: true,
          render: ({ standing }) => <Mark tone={TONES[standing]}>{say(STANDINGS[standing])}</Mark>,
        },
      ]}
    />
  )
}

/** Town and village of a visit. */
export const placeText = ({ town, place }: Pick<Row, 'town' | 'place'>): string =>
  [town, place].filter(Boolean).join(' ') || '–'
