import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { createTasks } from '#contract/tasks.ts'
import type { Answer } from '../../../api.ts'
import { sharedLead } from '../../../format/address.ts'
import { countText } from '../../../format/count.ts'
import { dateText, dayOfInstant, dayText } from '../../../format/day.ts'
import { useLanguage, useSay } from '../../../language.ts'
import { Address } from '../../../ui/Address.tsx'
import { DataTable } from '../../../ui/DataTable.tsx'
import css from './assign.module.css'
import type { Ticked } from './useTicked.ts'

const WORDS = {
  given: {
    zh: '已把 {count} 户派给{name}（{day}）。',
    en: '{count} given to {name}, for {day}.',
  },
  none: { zh: '一户也没有指派出去。', en: 'None was given.' },
  list: { zh: '看{name}当天的清单', en: 'The list of {name} on that day' },
  left: { zh: '未指派的 {count} 户', en: '{count} left out' },
  who: { zh: '用户', en: 'Subscriber' },
  why: { zh: '原因', en: 'Why' },
  opens: { zh: '何时可以', en: 'From when' },
} as const

/** How many tasks were given, and who got none, why, and from when on they may be met. */
export function Outcome(of: {
  answer: Answer<typeof createTasks>
  who: readonly Ticked[]
  to: Readonly<{ staffId: string; name: string }>
  on: string
}): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const { given, left } = of.answer
  const { staffId, name } = of.to
  const count = countText(given.length)
  const named = new Map(of.who.map((each) => [each.subscriberId, each]))
  const lead = sharedLead(of.who.map(({ address }) => address))
  return (
    <>
      <p role="status">
        {given.length === 0
          ? say(WORDS.none)
          : say(WORDS.given, { count, name, day: dayText(of.on, language) })}
      </p>
      <p>
        <Link to="/work/people/$staffId" params={{ staffId }} search={{ date: of.on }}>
          {say(WORDS.list, { name })}
        </Link>
      </p>
      {left.length > 0 && (
        <section className={css.left}>
          <h3>{say(WORDS.left, { count: countText(left.length) })}</h3>
          <DataTable
            name={say(WORDS.left, { count: countText(left.length) })}
            dense
            cards
            rows={left}
            keyOf={({ subscriberId }) => subscriberId}
            empty={null}
            columns={[
              {
                id: 'who',
                title: say(WORDS.who),
                render: ({ subscriberId }) => {
                  const who = named.get(subscriberId)
                  return (
                    <>
                      {who?.name ?? subscriberId}
                      <div className={css.who}>
                        <Address address={who?.address ?? null} lead={lead} />
                      </div>
                    </>
                  )
                },
              },
              { id: 'why', title: say(WORDS.why), render: ({ because }) => say(because.text) },
              {
                id: 'opens',
                nowrap: true,
                title: say(WORDS.opens),
                render: ({ opens }) => (opens ? dateText(dayOfInstant(opens), language) : '–'),
              },
            ]}
          />
        </section>
      )}
    </>
  )
}
