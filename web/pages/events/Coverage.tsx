import { Button } from 'antd'
import type { ReactNode } from 'react'
import type { readEventCoverage } from '#contract/events.ts'
import type { Answer } from '../../api.ts'
import { countText } from '../../format/count.ts'
import { addDays } from '../../format/day.ts'
import { type Say, useSay } from '../../language.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { EmptyState, Mark, Warnings } from '../../ui/Notices.tsx'
import { Part } from '../../ui/PageTitle.tsx'
import css from './events.module.css'

const WORDS = {
  title: { zh: '各厅每周场次', en: 'Events by hall and week' },
  hall: { zh: '营业厅', en: 'Hall' },
  sum: { zh: '全季', en: 'Season' },
  now: { zh: '本周', en: 'this week' },
  short: { zh: '缺 {count}', en: '{count} short' },
  toPlan: { zh: '待安排 {count}', en: '{count} to plan' },
  met: { zh: '达标', en: 'Met' },
  planned: { zh: '已安排', en: 'Planned' },
  none: { zh: '无要求', en: 'None due' },
  of: { zh: '{counted}/{due} 场', en: '{counted} of {due}' },
  why: { zh: '{hall} {week}：为什么没有计入', en: '{hall}, {week}: what was not counted' },
  all: { zh: '显示全部营业厅', en: 'Show all halls' },
  empty: { zh: '没有可显示的营业厅或旺季周次', en: 'No hall or no week of the season to show' },
  emptyStep: {
    zh: '请换一年，或在“设置 · 规则”里检查旺季的起止日。',
    en: 'Choose another year, or look at the season under Settings, Rules.',
  },
} as const

type Known = Answer<typeof readEventCoverage>
type Hall = Known['halls'][number]
type Cell = Hall['cells'][number]
type Week = Known['weeks'][number]
type Row = Readonly<{ id: string; name: string; sum: Hall['sum']; cells: readonly Cell[] }>
export type Chosen = Readonly<{ hall: string | undefined; week: string | undefined }>

/**
 * Weeks across, halls down, those that are shortest first: how many events count of those due. A cell
 * narrows the page to its hall, and the list below to its week.
 */
export function Coverage(of: {
  known: Known
  chosen: Chosen
  choose: (cell: { hall: string; week: string } | undefined) => void
}): ReactNode {
  const say = useSay()
  const { known, chosen, choose } = of
  const hall = known.halls.find(({ unitId }) => unitId === chosen.hall)
  const week = known.weeks.find((each) => each.week === chosen.week)
  const cell = hall?.cells.find((each) => each.week === chosen.week)
  return (
    <Part
      title={say(WORDS.title)}
      note={known.rules.map(({ code, text }) => (
        <span key={code} className={css.rule}>
          {say(text)}
        </span>
      ))}
    >
      <DataTable<Row>
        name={say(WORDS.title)}
        columns={columnsOf(known, chosen, choose, say)}
        rows={known.weeks.length === 0 ? [] : rowsOf(known, hall?.unitId)}
        keyOf={({ id }) => id}
        cards
        dense
        empty={<EmptyState title={say(WORDS.empty)} step={say(WORDS.emptyStep)} />}
      />
      {hall && week && cell && (
        <div className={css.chosen}>
          <Warnings
            name={say(WORDS.why, { hall: hall.unitName, week: daysOf(week) })}
            lines={cell.reasons.map(
              ({ text }) => `${hall.unitName} ${daysOf(week)} · ${say(text)}`,
            )}
          />
          <Button onClick={() => choose(undefined)}>{say(WORDS.all)}</Button>
        </div>
      )}
    </Part>
  )
}

const rowsOf = ({ halls }: Known, only: string | undefined): Row[] =>
  halls
    .filter(({ unitId }) => only === undefined || unitId === only)
    .toSorted((a, b) => b.sum.short - a.sum.short || b.sum.toPlan - a.sum.toPlan)
    .map(({ unitId, unitName, sum, cells }) => ({ id: unitId, name: unitName, sum, cells }))

function columnsOf(
  { weeks }: Known,
  chosen: Chosen,
  choose: (cell: { hall: string; week: string }) => void,
  say: Say,
): Column<Row>[] {
  return [
    { id: 'hall', title: say(WORDS.hall), nowrap: true, render: ({ name }) => name },
    {
      id: 'sum',
      title: say(WORDS.sum),
      nowrap: true,
      render: ({ sum }) => (
        <>
          {ofText(sum, say)} {sum.short > 0 && <Mark tone="late">{shortText(sum, say)}</Mark>}
        </>
      ),
    },
    ...weeks.map(
      (week, nth): Column<Row> => ({
        id: week.week,
        title: week.state === 'now' ? `${daysOf(week)} · ${say(WORDS.now)}` : daysOf(week),
        nowrap: true,
        render: ({ id, name, cells }) => {
          const cell = cells[nth]
          if (!cell) return '–'
          const isChosen = chosen.hall === id && chosen.week === week.week
          return (
            <button
              type="button"
              className={css.cell}
              aria-pressed={isChosen}
              aria-label={`${name} ${daysOf(week)} ${ofText(cell, say)} ${stateOf(cell, say).text}`}
              title={cell.reasons.map(({ text }) => say(text)).join('\n')}
              onClick={() => choose({ hall: id, week: week.week })}
            >
              <span>{ofText(cell, say)}</span>
              <Mark tone={stateOf(cell, say).tone}>{stateOf(cell, say).text}</Mark>
            </button>
          )
        },
      }),
    ),
  ]
}

const ofText = ({ counted, due }: Hall['sum'], say: Say) =>
  say(WORDS.of, { counted: countText(counted), due: countText(due) })
const shortText = ({ short }: Hall['sum'], say: Say) =>
  say(WORDS.short, { count: countText(short) })

function stateOf(cell: Cell, say: Say) {
  if (cell.due === 0) return { tone: 'plain', text: say(WORDS.none) } as const
  if (cell.counted >= cell.due) return { tone: 'good', text: say(WORDS.met) } as const
  if (cell.toPlan > 0)
    return { tone: 'soon', text: say(WORDS.toPlan, { count: countText(cell.toPlan) }) } as const
  if (cell.short > 0) return { tone: 'late', text: shortText(cell, say) } as const
  return { tone: 'plain', text: say(WORDS.planned) } as const
}

/** `1/4–1/10`, the same in both languages. */
function daysOf({ from, to }: Week): string {
  const short = (day: string) => day.slice(5).split('-').map(Number).join('/')
  const last = addDays(to, -1)
  return last === from ? short(from) : `${short(from)}–${short(last)}`
}
