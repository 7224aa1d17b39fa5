import { getRouteApi, Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { type ReactNode, useCallback } from 'react'
import { readExpiryCalendar } from '#contract/subscribers.ts'
import { Asked } from '../../Asked.tsx'
import type { Answer } from '../../api.ts'
import { useAnswer } from '../../ask.ts'
import { barPicture } from '../../charts/bars.ts'
import { countText } from '../../format/count.ts'
import { dateText, firstOfMonth, monthText } from '../../format/day.ts'
import { shortMoney } from '../../format/money.ts'
import { useLanguage, useSay } from '../../language.ts'
import { usePlace } from '../../place.ts'
import { Chart } from '../../ui/Chart.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { FigureText } from '../../ui/FigureText.tsx'
import { Columns, EmptyState, Facts } from '../../ui/Notices.tsx'
import { PageTitle, Part } from '../../ui/PageTitle.tsx'
import { COMMON } from '../../words.ts'
import { MonthGrid } from './MonthGrid.tsx'

const WORDS = {
  title: { zh: '到期日历', en: 'Expiry calendar' },
  total: { zh: '到期 {count} 户', en: '{count} contracts end' },
  before: { zh: '上个月', en: 'Month before' },
  now: { zh: '本月', en: 'This month' },
  after: { zh: '下个月', en: 'Month after' },
  grid: { zh: '按天', en: 'By day' },
  gridNote: { zh: '点一天看是哪些用户', en: 'Open a day for its subscribers' },
  sums: { zh: '合计', en: 'In all' },
  ending: { zh: '当月到期', en: 'Ending this month' },
  fee: { zh: '涉及月费', en: 'Monthly fees at stake' },
  lapsed: { zh: '已到期未续', en: 'Lapsed' },
  notStated: { zh: '没有到期日', en: 'No end stated' },
  units: { zh: '按单位', en: 'By unit' },
  compared: { zh: '单位比较', en: 'Units compared' },
  unit: { zh: '单位', en: 'Unit' },
  none: { zh: '没有下级单位', en: 'There is no unit below' },
  noneStep: { zh: '在页面上方选择上一级单位。', en: 'Choose the unit above on top of the page.' },
  finding: { zh: '{name}到期最多：{count} 户', en: '{name} has most: {count}' },
  noFinding: { zh: '当月没有到期', en: 'None ends this month' },
} as const

type Known = Answer<typeof readExpiryCalendar>

const route = getRouteApi('/console/base/expiry')

/** When the contracts of the unit looked at end, day by day, and whose have lapsed already. */
export function Expiry(): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const go = route.useNavigate()
  const { branchId, unit, today } = usePlace()
  const from = route.useSearch().month ?? firstOfMonth(today)
  const to = firstOfMonth(from, 1)
  const calendar = useAnswer(readExpiryCalendar, {
    params: { branchId },
    query: { unit, from, to },
  })
  const move = (month: string | undefined) =>
    void go({ search: (before) => ({ ...before, month }) })
  const ending = sum(calendar.data?.days.map((day) => day.ending))
  const month = monthText(from, language)
  return (
    <>
      <PageTitle
        title={`${say(WORDS.title)} · ${month}`}
        figure={calendar.data && say(WORDS.total, { count: countText(ending) })}
        asOf={
          calendar.data?.asOf && say(COMMON.asOf, { day: dateText(calendar.data.asOf, language) })
        }
      >
        <Button onClick={() => move(firstOfMonth(from, -1))}>{say(WORDS.before)}</Button>
        <Button onClick={() => move(undefined)}>{say(WORDS.now)}</Button>
        <Button onClick={() => move(to)}>{say(WORDS.after)}</Button>
      </PageTitle>
      <Asked of={calendar} lines={12}>
        {(known) => (
          <>
            <Columns>
              <Part title={say(WORDS.grid)} note={say(WORDS.gridNote)}>
                <MonthGrid from={from} to={to} today={today} days={known.days} />
              </Part>
              <div>
                <Part title={say(WORDS.sums)}>
                  <Sums known={known} ending={ending} from={from} to={to} />
                </Part>
                <UnitPicture known={known} from={from} to={to} />
              </div>
            </Columns>
            <ByUnit known={known} from={from} to={to} />
          </>
        )}
      </Asked>
    </>
  )
}

type Span = { known: Known; from: string; to: string }

function Sums({ known, ending, from, to }: Span & { ending: number }): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const fees = shortMoney(sum(known.days.map(({ monthlyFeeFen }) => monthlyFeeFen)), language)
  return (
    <Facts
      facts={[
        {
          name: say(WORDS.ending),
          value: (
            <Link to="/base" search={{ endsFrom: from, endsTo: to }}>
              {countText(ending)}
            </Link>
          ),
        },
        { name: say(WORDS.fee), value: <FigureText {...fees} /> },
        {
          name: say(WORDS.lapsed),
          value: (
            <Link to="/base" search={{ lapsed: 'true' }}>
              {countText(known.lapsed)}
            </Link>
          ),
        },
        { name: say(WORDS.notStated), value: countText(known.notStated) },
      ]}
    />
  )
}

function UnitPicture({ known, from, to }: Span): ReactNode {
  const say = useSay()
  const go = route.useNavigate()
  const { byUnit } = known
  const open = useCallback(
    (unitId: string) =>
      void go({ to: '/base', search: { unit: unitId, endsFrom: from, endsTo: to } }),
    [go, from, to],
  )
  const picture = useCallback(
    (mode: 'light' | 'dark') =>
      barPicture(
        byUnit.map(({ unitId, name, ending }) => ({ key: unitId, name, value: ending })),
        mode,
        countText,
      ),
    [byUnit],
  )
  const most = [...byUnit].sort((a, b) => b.ending - a.ending)[0]
  if (!most) return null
  return (
    <Part title={say(WORDS.compared)}>
      <Chart
        name={
          most.ending > 0
            ? say(WORDS.finding, { name: most.name, count: countText(most.ending) })
            : say(WORDS.noFinding)
        }
        words={{
          table: say(COMMON.table),
          picture: say(COMMON.picture),
          save: say(COMMON.savePng),
        }}
        picture={picture}
        height={240}
        open={open}
        table={{
          head: [say(WORDS.unit), say(WORDS.ending), say(WORDS.lapsed)],
          rows: byUnit.map(({ name, ending, lapsed }) => [
            name,
            countText(ending),
            countText(lapsed),
          ]),
        }}
      />
    </Part>
  )
}

function ByUnit({ known, from, to }: Span): ReactNode {
  const say = useSay()
  const { byUnit } = known
  return (
    <Part title={say(WORDS.units)}>
      <DataTable
        name={say(WORDS.units)}
        dense
        rows={byUnit}
        keyOf={({ unitId }) => unitId}
        empty={<EmptyState title={say(WORDS.none)} step={say(WORDS.noneStep)} />}
        columns={[
          {
            id: 'unit',
            title: say(WORDS.unit),
            render: ({ unitId, name }) => (
              <Link to="." search={(before) => ({ ...before, unit: unitId })}>
                {name}
              </Link>
            ),
          },
          {
            id: 'ending',
            title: say(WORDS.ending),
            numeric: true,
            render: ({ unitId, ending }) => (
              <Link to="/base" search={{ unit: unitId, endsFrom: from, endsTo: to }}>
                {countText(ending)}
              </Link>
            ),
          },
          {
            id: 'lapsed',
            title: say(WORDS.lapsed),
            numeric: true,
            render: ({ unitId, lapsed }) => (
              <Link to="/base" search={{ unit: unitId, lapsed: 'true' }}>
                {countText(lapsed)}
              </Link>
            ),
          },
        ]}
      />
    </Part>
  )
}

function sum(values: readonly number[] | undefined): number {
  return (values ?? []).reduce((total, value) => total + value, 0)
}
