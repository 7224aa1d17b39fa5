import { useQueries } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { listWorklists, readPersonList } from '#contract/plans.ts'
import { Refused } from '../../Asked.tsx'
import { call } from '../../api.ts'
import { useAnswer } from '../../ask.ts'
import { dayText } from '../../format/day.ts'
import { LinkButton } from '../../LinkButton.tsx'
import { useLanguage, useSay } from '../../language.ts'
import { usePlace } from '../../place.ts'
import { EmptyState, Waiting, Warnings } from '../../ui/Notices.tsx'
import { PageTitle } from '../../ui/PageTitle.tsx'
import { COMMON } from '../../words.ts'
import { ListOfPerson } from './ListOfPerson.tsx'
import { useDayOfLists } from './useDayOfLists.ts'
import css from './work.module.css'

const WORDS = {
  title: { zh: '打印清单', en: 'Print lists' },
  ready: {
    zh: '已备好 {ready} / {all} 人，每人另起一页',
    en: '{ready} of {all} people ready, a new page each',
  },
  print: { zh: '打印', en: 'Print' },
  back: { zh: '回到清单', en: 'Back to the lists' },
  most: {
    zh: '一次最多打印 {most} 人，请在页面上方选择下级单位。',
    en: 'At most {most} people are printed at once; choose a unit below on top of the page.',
  },
  none: { zh: '没有可打印的清单', en: 'There is no list to print' },
  noneStep: { zh: '先发布这一天的计划。', en: 'Publish the plan of the day first.' },
} as const

const MOST_PEOPLE = 60
const route = getRouteApi('/console/work/print')

/** The lists of everybody under the unit looked at, one person a page. */
export function Print(): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const { branchId, unit } = usePlace()
  const date = useDayOfLists(route.useSearch().date)
  const people = useAnswer(
    listWorklists,
    {
      params: { branchId },
      query: { date: date ?? '', by: 'person', unit, limit: MOST_PEOPLE },
    },
    { when: date !== undefined },
  )
  const lists = useQueries({
    queries: (people.data?.rows ?? []).map(({ key }) => ({
      queryKey: [readPersonList.operationId, branchId, key, date],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        call(readPersonList, { params: { branchId, staffId: key }, query: { date } }, signal),
    })),
  })
  const ready = lists.flatMap(({ data }) => (data ? [data] : []))
  const all = people.data?.rows.length ?? 0
  return (
    <>
      <div className={css.screen}>
        <PageTitle
          title={date ? `${say(WORDS.title)} · ${dayText(date, language)}` : say(WORDS.title)}
          asOf={say(WORDS.ready, { ready: ready.length, all })}
        >
          <Button type="primary" disabled={ready.length < all || all === 0} onClick={() => print()}>
            {say(WORDS.print)}
          </Button>
          <LinkButton to="/work" search={{ date }}>
            {say(WORDS.back)}
          </LinkButton>
        </PageTitle>
        <Warnings
          name={say(COMMON.warnings)}
          lines={people.data?.next ? [say(WORDS.most, { most: MOST_PEOPLE })] : []}
        />
        <Refused of={people} />
        {lists.map((one, place) => (
          <Refused key={people.data?.rows[place]?.key} of={one} />
        ))}
        {people.isPending && <Waiting name={say(COMMON.loading)} />}
        {people.data && all === 0 && (
          <EmptyState title={say(WORDS.none)} step={say(WORDS.noneStep)} />
        )}
      </div>
      {ready.map((list) => (
        <ListOfPerson key={list.person.staffId} list={list} />
      ))}
    </>
  )
}
