import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { comparePlans } from '#contract/plans.ts'
import { Asked } from '../../Asked.tsx'
import { useAnswer } from '../../ask.ts'
import { changeText, countText } from '../../format/count.ts'
import { dayText } from '../../format/day.ts'
import { useLanguage, useSay } from '../../language.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { Columns, EmptyState, Facts } from '../../ui/Notices.tsx'
import { Part } from '../../ui/PageTitle.tsx'

const WORDS = {
  title: { zh: '与前一份计划比较', en: 'Compared with the plan before' },
  with: { zh: '对照 {day} 的计划', en: 'against the plan of {day}' },
  none: { zh: '之前没有计划可比', en: 'There is no plan before to compare with' },
  noneStep: {
    zh: '下一份计划生成后，这里会说明变化。',
    en: 'The next plan will say what changed.',
  },
  appeared: { zh: '新上清单的家庭', en: 'Households that appeared' },
  gone: { zh: '下清单的家庭', en: 'Households that left' },
  kept: { zh: '仍在清单', en: 'Still on the lists' },
  moved: { zh: '换了负责人', en: 'With another person' },
  campaign: { zh: '活动', en: 'Campaign' },
  person: { zh: '人员', en: 'Person' },
  before: { zh: '之前', en: 'Before' },
  after: { zh: '现在', en: 'Now' },
  change: { zh: '变化', en: 'Change' },
} as const

type Line = Readonly<{ key: string; name: ReactNode; before: number; after: number }>

/** What this plan does differently from the one before it. */
export function Comparison(of: { branchId: string; planId: string }): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const compared = useAnswer(comparePlans, { params: of })
  const before = compared.data?.with
  return (
    <Part
      title={say(WORDS.title)}
      note={before && say(WORDS.with, { day: dayText(before.date, language) })}
    >
      <Asked of={compared} lines={3}>
        {(known) =>
          known.with === null ? (
            <EmptyState title={say(WORDS.none)} step={say(WORDS.noneStep)} />
          ) : (
            <>
              <Facts
                facts={(['appeared', 'gone', 'kept', 'moved'] as const).map((name) => ({
                  name: say(WORDS[name]),
                  value: countText(known[name]),
                }))}
              />
              <Columns>
                <Changes
                  title={say(WORDS.campaign)}
                  rows={known.byCampaign.map(({ campaign, name, ...counts }) => ({
                    key: campaign,
                    name: say(name),
                    ...counts,
                  }))}
                />
                <Changes
                  title={say(WORDS.person)}
                  rows={known.byPerson.map(({ staffId, name, ...counts }) => ({
                    key: staffId,
                    name: (
                      <Link to="/work/people/$staffId" params={{ staffId }}>
                        {name}
                      </Link>
                    ),
                    ...counts,
                  }))}
                />
              </Columns>
            </>
          )
        }
      </Asked>
    </Part>
  )
}

function Changes({ title, rows }: { title: string; rows: readonly Line[] }): ReactNode {
  const say = useSay()
  return (
    <div style={{ marginTop: 16, maxHeight: 420, overflowY: 'auto' }}>
      <DataTable
        name={title}
        dense
        rows={rows}
        keyOf={({ key }) => key}
        empty={null}
        columns={[
          { id: 'name', title, render: ({ name }) => name },
          {
            id: 'before',
            title: say(WORDS.before),
            numeric: true,
            render: ({ before }) => countText(before),
          },
          {
            id: 'after',
            title: say(WORDS.after),
            numeric: true,
            render: ({ after }) => countText(after),
          },
          {
            id: 'change',
            title: say(WORDS.change),
            numeric: true,
            render: ({ before, after }) => changeText(after - before),
          },
        ]}
      />
    </div>
  )
}
