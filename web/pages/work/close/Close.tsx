import { getRouteApi } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { readBoard } from '#contract/board.ts'
import { closeDay, listClosed, readClose } from '#contract/close.ts'
import { listTasks, readPersonList } from '#contract/plans.ts'
import { Asked } from '../../../Asked.tsx'
import type { Answer } from '../../../api.ts'
import { useAnswer, useCommand } from '../../../ask.ts'
import { countText } from '../../../format/count.ts'
import { clockText, dayText, instantText } from '../../../format/day.ts'
import { LinkButton } from '../../../LinkButton.tsx'
import { type Say, useLanguage, useSay } from '../../../language.ts'
import { useMay } from '../../../may.ts'
import { usePlace } from '../../../place.ts'
import { DayInput } from '../../../ui/DayInput.tsx'
import { EmptyState, ProblemNotice } from '../../../ui/Notices.tsx'
import { Filter, FilterBar, PageTitle } from '../../../ui/PageTitle.tsx'
import { COMMON } from '../../../words.ts'
import { CloseDecide } from './CloseDecide.tsx'
import { CloseTold } from './CloseTold.tsx'
import css from './close.module.css'

const WORDS = {
  title: { zh: '日清日结', en: 'Day’s close' },
  filters: { zh: '选择日期', en: 'Choose a day' },
  figure: { zh: '{left} / {planned} 项没办', en: '{left} of {planned} left' },
  clear: { zh: '{planned} 项都有去向', en: 'all {planned} accounted for' },
  asOf: { zh: '截至 {at}，每 30 秒更新', en: 'as of {at}, renewed every 30 seconds' },
  closed: { zh: '{name} {at} 已日清 · {unit}', en: '{unit} · closed by {name}, {at}' },
  board: { zh: '实时看板', en: 'Live board' },
  bulletin: { zh: '战报', en: 'Bulletin' },
  none: { zh: '{day}没有任务要日清', en: 'There is nothing to close on {day}' },
  noneStep: {
    zh: '这一天没有发布清单，或下级单位已全部日清。',
    en: 'No list was published for the day, or units below closed it all.',
  },
  mayNot: {
    zh: '日清由网格、营业厅、片区或分公司的负责人办理，您可以查看。',
    en: 'Whoever leads a grid, hall, zone or branch closes its day; you may look.',
  },
} as const

const RENEWED_EVERY_MS = 30_000
const route = getRouteApi('/console/work/close')
type View = Answer<typeof readClose>

/** The close of a unit’s day (日清日结): what it has to account for, or how it did. */
export function Close(): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const go = route.useNavigate()
  const { branchId, unitInBranch: unit, today } = usePlace()
  const search = route.useSearch()
  const date = search.date ?? today
  const view = useAnswer(
    readClose,
    { params: { branchId }, query: { date, unit } },
    { every: (known) => (known?.closed ? false : RENEWED_EVERY_MS), keep: false },
  )
  const close = useCommand(closeDay, {
    renews: [readClose, listClosed, readBoard, listTasks, readPersonList],
  })
  // Whatever was refused, the day stands otherwise than it was shown.
  const refetch = () => void view.refetch()
  const [about, setAbout] = useState('')
  const problem = about === `${unit} ${date}` ? close.error : null
  return (
    <>
      <PageTitle
        title={`${say(WORDS.title)} · ${dayText(date, language)}`}
        figure={view.data && figureOf(view.data, say)}
        asOf={view.data && !view.data.closed && say(WORDS.asOf, { at: clockText(view.data.asOf) })}
      >
        <LinkButton to="/work/board" search={{ date }}>
          {say(WORDS.board)}
        </LinkButton>
        <LinkButton to="/work/bulletin" search={{ date }}>
          {say(WORDS.bulletin)}
        </LinkButton>
      </PageTitle>
      <FilterBar name={say(WORDS.filters)}>
        <Filter name={say(COMMON.date)}>
          <DayInput
            name={say(COMMON.date)}
            value={date}
            max={today}
            change={(day) => void go({ search: (before) => ({ unit: before.unit, date: day }) })}
          />
        </Filter>
      </FilterBar>
      {problem && <ProblemNotice sentence={problem.message} />}
      <Asked of={view} lines={12}>
        {(known) => (
          <>
            {known.closed && (
              <p className={css.said} role="status">
                {say(WORDS.closed, {
                  ...{ unit: known.closed.unitName, name: say(known.closed.closedByName) },
                  at: instantText(known.closed.closedAt, language),
                })}
              </p>
            )}
            {!known.closed && known.counts.planned > 0 && (
              <Open
                key={`${unit} ${date}`}
                view={known}
                isPending={close.isPending}
                close={(decisions) => {
                  setAbout(`${unit} ${date}`)
                  close.mutate(
                    { params: { branchId }, body: { date, unit, ...decisions } },
                    { onError: refetch },
                  )
                }}
              />
            )}
            {!known.closed && known.counts.planned === 0 && (
              <EmptyState
                title={say(WORDS.none, { day: dayText(date, language) })}
                step={say(WORDS.noneStep)}
              />
            )}
            {(known.closed || known.below.length > 0) && <CloseTold view={known} />}
          </>
        )}
      </Asked>
    </>
  )
}

/** The day as it may still be closed, by whoever may. */
function Open(of: Parameters<typeof CloseDecide>[0]): ReactNode {
  const say = useSay()
  const mayClose = useMay('task:assign')
  return mayClose ? <CloseDecide {...of} /> : <p className={css.quiet}>{say(WORDS.mayNot)}</p>
}

function figureOf({ closed, counts }: View, say: Say): string | undefined {
  const { planned, left } = closed?.counts ?? counts
  if (planned === 0) return undefined
  const figures = { left: countText(left), planned: countText(planned) }
  return closed || left === 0 ? say(WORDS.clear, figures) : say(WORDS.figure, figures)
}
