import { getRouteApi } from '@tanstack/react-router'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { readPersonList } from '#contract/plans.ts'
import { Asked } from '../../Asked.tsx'
import { useAnswer } from '../../ask.ts'
import { dayText, instantText } from '../../format/day.ts'
import { LinkButton } from '../../LinkButton.tsx'
import { useLanguage, useSay } from '../../language.ts'
import { usePlace } from '../../place.ts'
import { DayInput } from '../../ui/DayInput.tsx'
import { EmptyState } from '../../ui/Notices.tsx'
import { PageTitle } from '../../ui/PageTitle.tsx'
import { COMMON } from '../../words.ts'
import { ListOfPerson } from './ListOfPerson.tsx'
import css from './work.module.css'

const WORDS = {
  title: { zh: '个人清单', en: 'Own list' },
  published: { zh: '{at} 发布', en: 'published {at}' },
  print: { zh: '打印', en: 'Print' },
  phone: { zh: '手机版', en: 'On the phone' },
  all: { zh: '全部清单', en: 'All lists' },
  none: { zh: '{name} {day}没有任务', en: '{name} has no task on {day}' },
  noneStep: {
    zh: '当天休息、没有能力，或计划尚未发布。',
    en: 'Off that day, without capacity, or the plan is not published.',
  },
} as const

const route = getRouteApi('/console/work/people/$staffId')

export function PersonListPage(): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const go = route.useNavigate()
  const { branchId } = usePlace()
  const { staffId } = route.useParams()
  const { date } = route.useSearch()
  const list = useAnswer(readPersonList, { params: { branchId, staffId }, query: { date } })
  return (
    <Asked of={list} lines={12}>
      {(known) => (
        <>
          <div className={css.screen}>
            <PageTitle
              title={`${say(WORDS.title)} · ${known.person.name}`}
              asOf={
                known.publishedAt &&
                say(WORDS.published, { at: instantText(known.publishedAt, language) })
              }
            >
              <DayInput
                name={say(COMMON.date)}
                value={known.date}
                change={(day) => void go({ search: { date: day } })}
              />
              <Button href={`/field/people/${encodeURIComponent(staffId)}?date=${known.date}`}>
                {say(WORDS.phone)}
              </Button>
              <Button type="primary" onClick={() => print()}>
                {say(WORDS.print)}
              </Button>
              <LinkButton to="/work" search={{ date: known.date }}>
                {say(WORDS.all)}
              </LinkButton>
            </PageTitle>
          </div>
          {known.total === 0 ? (
            <EmptyState
              title={say(WORDS.none, {
                name: known.person.name,
                day: dayText(known.date, language),
              })}
              step={say(WORDS.noneStep)}
            />
          ) : (
            <ListOfPerson list={known} />
          )}
        </>
      )}
    </Asked>
  )
}
