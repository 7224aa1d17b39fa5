import { getRouteApi } from '@tanstack/react-router'
import { Button, Segmented } from 'antd'
import { type ReactNode, useRef, useState } from 'react'
import { readBoard } from '#contract/board.ts'
import { readClose } from '#contract/close.ts'
import { Refused } from '../../../Asked.tsx'
import { useAnswer } from '../../../ask.ts'
import { clockText, dayText } from '../../../format/day.ts'
import { LinkButton } from '../../../LinkButton.tsx'
import { useLanguage, useSay } from '../../../language.ts'
import { usePlace } from '../../../place.ts'
import { DayInput } from '../../../ui/DayInput.tsx'
import { EmptyState, Waiting, Warnings } from '../../../ui/Notices.tsx'
import { Filter, FilterBar, PageTitle } from '../../../ui/PageTitle.tsx'
import { COMMON } from '../../../words.ts'
import { firstLevel, LEVEL_NAMES, LEVELS, type Level } from '../BoardRows.tsx'
import { BulletinPicture } from './BulletinPicture.tsx'
import css from './bulletin.module.css'
import { layoutOf } from './layout.ts'
import { savePicture } from './save.ts'
import { type Told, toldOf } from './told.ts'

const WORDS = {
  title: { zh: '战报', en: 'Bulletin' },
  filters: { zh: '筛选战报', en: 'Filter the bulletin' },
  by: { zh: '按', en: 'By' },
  asOf: { zh: '截至 {at}', en: 'as of {at}' },
  save: { zh: '存为图片', en: 'Save as picture' },
  print: { zh: '打印', en: 'Print' },
  board: { zh: '实时看板', en: 'Live board' },
  notSaved: {
    zh: '浏览器没能生成图片，请改用打印。',
    en: 'The browser could not make the picture; print it instead.',
  },
  none: { zh: '{day}没有已发布的清单', en: 'No published list on {day}' },
  noneStep: {
    zh: '发布这一天的计划后，这里可以出战报。',
    en: 'Publish the plan of the day; its bulletin is then made here.',
  },
} as const

const route = getRouteApi('/console/work/bulletin')

/** The day of a unit as one picture, for the group chat or the wall. */
export function Bulletin(): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const go = route.useNavigate()
  const { me, branchId, unitInBranch: unit, path, today } = usePlace()
  const { date: asked, by: chosen } = route.useSearch()
  const date = asked ?? today
  const by = chosen ?? firstLevel(path.at(-1)?.kind)
  const about = { params: { branchId }, query: { date, unit } }
  const fresh = { keep: false }
  const board = useAnswer(readBoard, { ...about, query: { ...about.query, by } }, fresh)
  const everybody = { ...about, query: { ...about.query, by: 'person' as const } }
  const byPerson = useAnswer(readBoard, everybody, fresh)
  const close = useAnswer(readClose, about, fresh)
  const picture = useRef<SVGSVGElement>(null)
  const [failed, setFailed] = useState(false)
  const answers = board.data &&
    byPerson.data &&
    close.data && { board: board.data, byPerson: byPerson.data, close: close.data }
  const told: Told | undefined =
    answers &&
    toldOf(answers, {
      unitName: answers.close.unitName,
      level: say(LEVEL_NAMES[by]),
      madeBy: { name: me.name, account: me.account },
    })
  const isEmpty = told?.rows.length === 0
  const name = `${say(WORDS.title)} · ${dayText(date, language)}`
  const save = async () => {
    if (!picture.current || !told) return
    try {
      await savePicture(picture.current, `战报-${told.unitName}-${date}.png`)
      setFailed(false)
    } catch {
      setFailed(true)
    }
  }
  const narrow = (change: { by?: Level; date?: string }) =>
    void go({ search: (before) => ({ ...before, ...change }) })
  return (
    <>
      <div className={css.screen}>
        <PageTitle title={name} asOf={told && say(WORDS.asOf, { at: clockText(told.asOf) })}>
          <Button type="primary" disabled={!told || isEmpty} onClick={() => void save()}>
            {say(WORDS.save)}
          </Button>
          <Button disabled={!told || isEmpty} onClick={() => print()}>
            {say(WORDS.print)}
          </Button>
          <LinkButton to="/work/board" search={{ date, by }}>
            {say(WORDS.board)}
          </LinkButton>
        </PageTitle>
        <FilterBar name={say(WORDS.filters)}>
          <Filter name={say(WORDS.by)}>
            <Segmented<Level>
              aria-label={say(WORDS.by)}
              value={by}
              onChange={(level) => narrow({ by: level })}
              options={LEVELS.map((value) => ({ value, label: say(LEVEL_NAMES[value]) }))}
            />
          </Filter>
          <Filter name={say(COMMON.date)}>
            <DayInput
              name={say(COMMON.date)}
              value={date}
              change={(day) => narrow({ date: day })}
            />
          </Filter>
        </FilterBar>
        <Warnings name={say(COMMON.warnings)} lines={failed ? [say(WORDS.notSaved)] : []} />
        {[board, byPerson, close].some(({ isPending }) => isPending) && (
          <Waiting name={say(COMMON.loading)} lines={12} />
        )}
        <Refused of={board}>
          <Refused of={byPerson}>
            <Refused of={close} />
          </Refused>
        </Refused>
        {isEmpty && (
          <EmptyState
            title={say(WORDS.none, { day: dayText(date, language) })}
            step={say(WORDS.noneStep)}
          />
        )}
      </div>
      {told && !isEmpty && (
        <BulletinPicture
          ref={picture}
          name={name}
          layout={layoutOf(told, say, language)}
          language={language}
          className={css.picture}
        />
      )}
    </>
  )
}
