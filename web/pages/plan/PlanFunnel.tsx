import { Link, useNavigate } from '@tanstack/react-router'
import { type ReactNode, useCallback, useMemo } from 'react'
import type { z } from 'zod'
import type { PlanCounts } from '#contract/plans.ts'
import { funnelPicture } from '../../charts/funnel.ts'
import { countText } from '../../format/count.ts'
import { shareOf, shareText } from '../../format/share.ts'
import { useSay } from '../../language.ts'
import { Chart } from '../../ui/Chart.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { COMMON } from '../../words.ts'
import { type PlanStep, planSteps } from './funnel.ts'
import css from './plan.module.css'

const WORDS = {
  finding: {
    zh: '{candidates} 个候选中，{assigned} 个已派到人（{share}）',
    en: '{assigned} of {candidates} candidates are assigned ({share})',
  },
  step: { zh: '步骤', en: 'Step' },
  count: { zh: '数量', en: 'Count' },
  share: { zh: '占候选', en: 'Of candidates' },
  name: { zh: '漏斗各步，点开可看明细', en: 'Steps of the funnel; open one for its decisions' },
} as const

/** The way from the base to the lists, every loss named and openable. */
export function PlanFunnel(of: { planId: string; counts: z.output<typeof PlanCounts> }): ReactNode {
  const say = useSay()
  const go = useNavigate()
  const { planId, counts } = of
  const steps = useMemo(() => planSteps(counts, say), [counts, say])
  const shown = useMemo(() => steps.filter(({ key }) => key !== 'base'), [steps])
  const open = useCallback(
    (key: string) => {
      const step = steps.find((one) => one.key === key)
      if (step?.opens) void go({ to: '/plan/decisions', search: { plan: planId, ...step.opens } })
    },
    [steps, planId, go],
  )
  const picture = useCallback(
    (mode: 'light' | 'dark') => funnelPicture(shown, mode, countText),
    [shown],
  )
  const ofCandidates = (count: number) => shareText(shareOf(count, counts.candidates))
  return (
    <div className={css.funnel}>
      <Chart
        name={say(WORDS.finding, {
          candidates: countText(counts.candidates),
          assigned: countText(counts.assigned),
          share: ofCandidates(counts.assigned),
        })}
        words={{
          table: say(COMMON.table),
          picture: say(COMMON.picture),
          save: say(COMMON.savePng),
        }}
        picture={picture}
        height={Math.max(160, shown.length * 32)}
        open={open}
        table={{
          head: [say(WORDS.step), say(WORDS.count), say(WORDS.share)],
          rows: shown.map(({ name, count }) => [name, countText(count), ofCandidates(count)]),
        }}
      />
      <DataTable<PlanStep>
        name={say(WORDS.name)}
        dense
        rows={steps}
        keyOf={({ key }) => key}
        empty={null}
        columns={[
          {
            id: 'step',
            title: say(WORDS.step),
            render: (step) =>
              step.opens ? (
                <Link to="/plan/decisions" search={{ plan: planId, ...step.opens }}>
                  {step.name}
                </Link>
              ) : (
                step.name
              ),
          },
          {
            id: 'count',
            title: say(WORDS.count),
            numeric: true,
            render: ({ count, kind }) =>
              kind === 'lost' ? `−${countText(count)}` : countText(count),
          },
          {
            id: 'share',
            title: say(WORDS.share),
            numeric: true,
            render: ({ key, count }) => (key === 'base' ? '' : ofCandidates(count)),
          },
        ]}
      />
    </div>
  )
}
