import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { readBoard } from '#contract/board.ts'
import type { Answer } from '../../api.ts'
import { countText } from '../../format/count.ts'
import { clockText } from '../../format/day.ts'
import { type Say, useSay } from '../../language.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { Columns } from '../../ui/Notices.tsx'
import { Part } from '../../ui/PageTitle.tsx'
import { PARTS } from './parts.ts'
import css from './work.module.css'

const WORDS = {
  quiet: { zh: '没有动静', en: 'Nothing heard' },
  quietSince: {
    zh: '{at} 以后没有登记结果，还有任务未办',
    en: 'no result since {at}, and tasks left',
  },
  quietToday: { zh: '今天还没有登记结果', en: 'no result yet today' },
  quietLater: { zh: '10:00 起显示', en: 'shown from 10:00 on' },
  nobody: { zh: '只有未遇', en: 'Only not at home' },
  nobodyWhy: {
    zh: '登记了三次以上，一户也没遇到',
    en: 'three results or more, and nobody was met',
  },
  order: { zh: '还没有单', en: 'No order yet' },
  orderWhy: {
    zh: '每日必有单：续费、新装、旧盒回收或第三产业',
    en: 'each day has one: renewal, new line, old box or third party',
  },
  fine: { zh: '没有人', en: 'Nobody' },
  person: { zh: '人员', en: 'Person' },
  told: { zh: '已登记', en: 'Results' },
  last: { zh: '最近一次', en: 'Last' },
  more: { zh: '另有 {count} 人，按人员查看', en: '{count} more: look at everybody' },
} as const

type Board = Answer<typeof readBoard>
type Person = Board['withoutOrder'][number]

/** So many are named; the others stand in the table by person. */
const NAMED = 8

/** Who needs a hand: nothing heard, only closed doors, no order yet. */
export function StuckLists({ board }: { board: Board }): ReactNode {
  const say = useSay()
  const { quiet, onlyNotAtHome, withoutOrder, date } = board
  return (
    <Columns>
      <People
        {...{ title: say(WORDS.quiet), note: sinceText(board, say), of: quiet.people, date }}
      />
      <div>
        <People
          {...{ title: say(WORDS.nobody), note: say(WORDS.nobodyWhy), of: onlyNotAtHome, date }}
        />
        <People
          {...{ title: say(WORDS.order), note: say(WORDS.orderWhy), of: withoutOrder, date }}
        />
      </div>
    </Columns>
  )
}

function sinceText({ quiet: { since } }: Board, say: Say): string {
  if (since === null) return say(WORDS.quietLater)
  const at = clockText(since)
  return at === '00:00' ? say(WORDS.quietToday) : say(WORDS.quietSince, { at })
}

function People(of: {
  title: string
  note: string
  of: readonly Person[]
  date: string
}): ReactNode {
  const say = useSay()
  const more = of.of.length - NAMED
  return (
    <Part title={`${of.title} · ${countText(of.of.length)}`} note={of.note}>
      <DataTable
        name={of.title}
        columns={columnsOf(say, of.date)}
        rows={of.of.slice(0, NAMED)}
        keyOf={({ staffId }) => staffId}
        dense
        cards
        empty={<p className={css.fine}>{say(WORDS.fine)}</p>}
      />
      {more > 0 && (
        <Link to="/work/board" search={(before) => ({ ...before, by: 'person' as const })}>
          {say(WORDS.more, { count: countText(more) })}
        </Link>
      )}
    </Part>
  )
}

function columnsOf(say: Say, date: string): Column<Person>[] {
  return [
    {
      id: 'person',
      title: say(WORDS.person),
      render: ({ staffId, staffName, unitName }) => (
        <>
          <Link to="/work/people/$staffId" params={{ staffId }} search={{ date }}>
            {staffName}
          </Link>{' '}
          <small>{unitName}</small>
        </>
      ),
    },
    { id: 'left', title: say(PARTS.left), numeric: true, render: ({ left }) => countText(left) },
    { id: 'told', title: say(WORDS.told), numeric: true, render: ({ told }) => countText(told) },
    {
      ...{ id: 'last', title: say(WORDS.last), numeric: true },
      render: ({ lastAt }) => (lastAt === null ? '–' : clockText(lastAt)),
    },
  ]
}
