import { Button, Drawer, Popconfirm } from 'antd'
import { type ReactNode, useState } from 'react'
import { putSeasons, readCalendar } from '#contract/calendar.ts'
import { ActionButton } from '../../../ActionButton.tsx'
import { useCommand } from '../../../ask.ts'
import { dayText } from '../../../format/day.ts'
import { useLanguage, useSay } from '../../../language.ts'
import { useMay } from '../../../may.ts'
import { useStanding } from '../../../place.ts'
import { DataTable } from '../../../ui/DataTable.tsx'
import { EmptyState, ProblemNotice } from '../../../ui/Notices.tsx'
import { Part } from '../../../ui/PageTitle.tsx'
import { COMMON } from '../../../words.ts'
import { ADVICE } from '../calendar-words.ts'
import css from './calendar.module.css'
import { SeasonForm } from './SeasonForm.tsx'
import { freshId, type Season } from './visit-times.ts'

const WORDS = {
  title: { zh: '农时', en: 'Farming seasons' },
  note: {
    zh: '每年同一时段；计划按农时避开或改到傍晚、清早走访。',
    en: 'The same every year; plans avoid them, or visit in the evening or early morning.',
  },
  add: { zh: '新增农时', en: 'Add a season' },
  edit: { zh: '修改农时', en: 'Change season' },
  name: { zh: '农时', en: 'Season' },
  crop: { zh: '作物', en: 'Crop' },
  towns: { zh: '乡镇', en: 'Towns' },
  everywhere: { zh: '全部', en: 'All' },
  span: { zh: '起止', en: 'From – to' },
  advice: { zh: '走访要求', en: 'Visits' },
  actions: { zh: '操作', en: 'Actions' },
  remove: { zh: '删除', en: 'Remove' },
  sure: { zh: '删除农时“{name}”？', en: 'Remove the season “{name}”?' },
  none: { zh: '还没有农时', en: 'There is no season yet' },
  noneStep: {
    zh: '加上农忙时段，计划就不会在农忙时派人上门。',
    en: 'Add the busy weeks, and plans will not send people to the door in them.',
  },
} as const

/** When farmers are in the fields: every season, and the way to change them. */
export function Seasons(of: { branchId: string; seasons: readonly Season[] }): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const may = useMay('calendar:write')
  const { units } = useStanding()
  const [open, setOpen] = useState<Season>()
  const save = useCommand(putSeasons, {
    renews: [readCalendar],
    onDone: () => setOpen(undefined),
  })
  const put = (seasons: readonly Season[]) =>
    save.mutate({ params: { branchId: of.branchId }, body: { seasons: [...seasons] } })
  const isNew = !of.seasons.some(({ seasonId }) => seasonId === open?.seasonId)
  const called = new Map(units.map(({ divisionCode, name }) => [divisionCode, name]))
  /** Any leap year will do: a season comes back on the same dates. */
  const dateOf = (monthDay: string) => dayText(`2024-${monthDay}`, language).split(' ')
  const shown = (monthDay: string) =>
    language === 'zh' ? dateOf(monthDay)[0] : dateOf(monthDay).slice(1).join(' ')
  return (
    <Part
      title={say(WORDS.title)}
      note={say(WORDS.note)}
      actions={
        <ActionButton
          size="small"
          needs="calendar:write"
          onClick={() => setOpen(newSeason(of.seasons))}
        >
          {say(WORDS.add)}
        </ActionButton>
      }
    >
      {save.error && !open && <ProblemNotice sentence={save.error.message} />}
      <DataTable
        name={say(WORDS.title)}
        dense
        rows={of.seasons}
        keyOf={({ seasonId }) => seasonId}
        empty={<EmptyState title={say(WORDS.none)} step={say(WORDS.noneStep)} />}
        columns={[
          { id: 'name', title: say(WORDS.name), width: 140, render: ({ name }) => say(name) },
          { id: 'crop', title: say(WORDS.crop), width: 72, render: ({ crop }) => crop || '–' },
          {
            id: 'towns',
            title: say(WORDS.towns),
            render: ({ towns }) =>
              towns.map((code) => called.get(code) ?? code).join(' · ') || say(WORDS.everywhere),
          },
          {
            id: 'span',
            title: say(WORDS.span),
            width: 170,
            render: ({ from, to }) => `${shown(from)} – ${shown(to)}`,
          },
          {
            id: 'advice',
            title: say(WORDS.advice),
            width: 170,
            render: ({ advice }) => say(ADVICE[advice]),
          },
          {
            id: 'actions',
            title: say(WORDS.actions),
            render: (season) => (
              <span className={css.actions}>
                <Button
                  size="small"
                  type="text"
                  disabled={!may}
                  aria-label={`${say(COMMON.edit)} · ${say(season.name)}`}
                  {...(may ? {} : { title: say(COMMON.notAllowed) })}
                  onClick={() => setOpen(season)}
                >
                  {say(COMMON.edit)}
                </Button>
                <Popconfirm
                  title={say(WORDS.sure, { name: say(season.name) })}
                  okText={say(WORDS.remove)}
                  cancelText={say(COMMON.cancel)}
                  disabled={!may}
                  onConfirm={() =>
                    put(of.seasons.filter(({ seasonId }) => seasonId !== season.seasonId))
                  }
                >
                  <Button
                    size="small"
                    type="text"
                    disabled={!may}
                    aria-label={`${say(WORDS.remove)} · ${say(season.name)}`}
                    {...(may ? {} : { title: say(COMMON.notAllowed) })}
                  >
                    {say(WORDS.remove)}
                  </Button>
                </Popconfirm>
              </span>
            ),
          },
        ]}
      />
      <Drawer
        open={open !== undefined}
        onClose={() => setOpen(undefined)}
        size={560}
        title={say(isNew ? WORDS.add : WORDS.edit)}
        destroyOnHidden
      >
        {open && (
          <SeasonForm
            start={open}
            problem={save.error?.message}
            saving={save.isPending}
            cancel={() => setOpen(undefined)}
            save={(season) =>
              put(
                isNew
                  ? [...of.seasons, season]
                  : of.seasons.map((one) => (one.seasonId === season.seasonId ? season : one)),
              )
            }
          />
        )}
      </Drawer>
    </Part>
  )
}

function newSeason(seasons: readonly Season[]): Season {
  return {
    seasonId: freshId(
      'season',
      seasons.map(({ seasonId }) => seasonId),
    ),
    name: { zh: '', en: '' },
    crop: '',
    towns: [],
    from: '09-01',
    to: '09-30',
    advice: 'evening-only',
  }
}
