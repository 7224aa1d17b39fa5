import { Button, Input, Select, Switch } from 'antd'
import type { ReactNode } from 'react'
import { readCalendar } from '#contract/calendar.ts'
import { Touchpoint } from '#contract/organisation.ts'
import { useAnswer } from '../../ask.ts'
import { moved } from '../../forms/moved.ts'
import { NamedInput } from '../../forms/NamedInput.tsx'
import { useSay } from '../../language.ts'
import { usePlace } from '../../place.ts'
import { Field, Fields } from '../../ui/Field.tsx'
import { Part } from '../../ui/PageTitle.tsx'
import { TOUCHPOINTS } from '../../words.ts'
import type { PartOf } from './Basics.tsx'
import css from './campaigns.module.css'
import { ladderOf, USUAL_LADDER } from './draft.ts'

const WORDS = {
  title: { zh: '触点与话术', en: 'Touchpoints and script' },
  touchpoints: { zh: '触点（按优先顺序）', en: 'Touchpoints, preferred first' },
  add: { zh: '加触点', en: 'Add touchpoint' },
  up: { zh: '上移', en: 'Up' },
  down: { zh: '下移', en: 'Down' },
  remove: { zh: '删除', en: 'Remove' },
  script: { zh: '话术', en: 'Script' },
  windows: { zh: '走访时段', en: 'Visit windows' },
  windowsHint: { zh: '不选则当天任何时段都可以', en: 'None: any window of the day' },
  skill: { zh: '所需技能', en: 'Skill needed' },
  skillHint: {
    zh: '与人员的技能写法一致；不填则任何人都可以',
    en: 'As it is written with the people who have it; empty: anybody',
  },
  deadline: { zh: '到期提醒', en: 'Reminders before contract end' },
  relative: { zh: '随合约到期日提醒', en: 'Remind before the contract ends' },
  ladder: { zh: '到期前几天提醒', en: 'Days before the end' },
  ladderHint: {
    zh: '离到期越近，优先级越高。常用：30、15、7、5、3、1。',
    en: 'The nearer the end, the higher the priority. Usual: 30, 15, 7, 5, 3, 1.',
  },
} as const

/** Where households are met, what is said to them, and when. */
export function Ways({ draft, change, wrong }: PartOf): ReactNode {
  const say = useSay()
  const { branchId, today } = usePlace()
  const year = Number(today.slice(0, 4))
  const calendar = useAnswer(readCalendar, { params: { branchId, year } })
  return (
    <Part title={say(WORDS.title)}>
      <Fields>
        <Field name={say(WORDS.touchpoints)} wrong={wrong('touchpoints')}>
          <Order
            touchpoints={draft.touchpoints}
            change={(touchpoints) => change({ touchpoints })}
          />
        </Field>
        <Field name={say(WORDS.windows)} hint={say(WORDS.windowsHint)}>
          <Select
            aria-label={say(WORDS.windows)}
            mode="multiple"
            value={draft.windows}
            maxCount={20}
            options={(calendar.data?.windows ?? []).map(({ windowId, name, from, to }) => ({
              value: windowId,
              label: `${say(name)} ${from}–${to}`,
            }))}
            onChange={(windows) => change({ windows })}
          />
        </Field>
        <Field name={say(WORDS.skill)} hint={say(WORDS.skillHint)} wrong={wrong('skill')}>
          <Input
            aria-label={say(WORDS.skill)}
            value={draft.skill ?? ''}
            maxLength={40}
            allowClear
            onChange={({ target }) => change({ skill: target.value || undefined })}
          />
        </Field>
        <Field name={say(WORDS.deadline)} hint={draft.deadline ? say(WORDS.ladderHint) : undefined}>
          <div className={css.order}>
            <span>
              <Switch
                size="small"
                aria-label={say(WORDS.relative)}
                checked={draft.deadline !== null}
                onChange={(on) =>
                  change({
                    deadline: on ? { ladder: [...USUAL_LADDER], relativeTo: 'contract_end' } : null,
                  })
                }
              />{' '}
              {say(WORDS.relative)}
            </span>
            {draft.deadline && (
              <Select
                aria-label={say(WORDS.ladder)}
                mode="tags"
                open={false}
                suffixIcon={null}
                value={draft.deadline.ladder.map(String)}
                tokenSeparators={[',', '，', '、', ' ']}
                onChange={(days: string[]) =>
                  change({ deadline: { ladder: ladderOf(days), relativeTo: 'contract_end' } })
                }
              />
            )}
          </div>
        </Field>
        <NamedInput
          name={say(WORDS.script)}
          value={draft.script}
          lines={3}
          max={2000}
          wide
          wrong={{ zh: wrong('script.zh'), en: wrong('script.en') }}
          change={(script) => change({ script })}
        />
      </Fields>
    </Part>
  )
}

type Points = readonly (typeof Touchpoint.options)[number][]

function Order(of: { touchpoints: Points; change: (points: [...Points]) => void }): ReactNode {
  const say = useSay()
  const { touchpoints, change } = of
  const left = Touchpoint.options.filter((point) => !touchpoints.includes(point))
  return (
    <ol className={css.order}>
      {touchpoints.map((point, place) => {
        const called = say(TOUCHPOINTS[point])
        return (
          <li key={point}>
            <span>{`${place + 1}. ${called}`}</span>
            <Button
              size="small"
              type="text"
              disabled={place === 0}
              aria-label={`${say(WORDS.up)} · ${called}`}
              onClick={() => change(moved(touchpoints, place, -1))}
            >
              {say(WORDS.up)}
            </Button>
            <Button
              size="small"
              type="text"
              disabled={place === touchpoints.length - 1}
              aria-label={`${say(WORDS.down)} · ${called}`}
              onClick={() => change(moved(touchpoints, place, 1))}
            >
              {say(WORDS.down)}
            </Button>
            <Button
              size="small"
              type="text"
              aria-label={`${say(WORDS.remove)} · ${called}`}
              onClick={() => change(touchpoints.filter((other) => other !== point))}
            >
              {say(WORDS.remove)}
            </Button>
          </li>
        )
      })}
      {left.length > 0 && (
        <li>
          <Select
            aria-label={say(WORDS.add)}
            size="small"
            style={{ width: 140 }}
            placeholder={say(WORDS.add)}
            value={null}
            options={left.map((value) => ({ value, label: say(TOUCHPOINTS[value]) }))}
            onChange={(point: Points[number] | null) => point && change([...touchpoints, point])}
          />
        </li>
      )}
    </ol>
  )
}
