import { useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { type ReactNode, useCallback, useState } from 'react'
import { listPlans, makePlan } from '#contract/plans.ts'
import { ActionButton } from '../../ActionButton.tsx'
import { useCommand } from '../../ask.ts'
import { addDays } from '../../format/day.ts'
import { JobWatch } from '../../JobWatch.tsx'
import { useSay } from '../../language.ts'
import { DayInput } from '../../ui/DayInput.tsx'
import { ProblemNotice } from '../../ui/Notices.tsx'
import { Filter, FilterBar, Part } from '../../ui/PageTitle.tsx'

const WORDS = {
  title: { zh: '生成计划', en: 'Make a plan' },
  note: {
    zh: '生成的是草稿，发布之前不会下发到人。同样的数据重复生成，结果不变。',
    en: 'A draft is made; nobody gets it before it is published. The same data give the same plan.',
  },
  day: { zh: '计划日期', en: 'Day of the plan' },
  make: { zh: '生成计划', en: 'Make plan' },
} as const

const route = getRouteApi('/console/plan')

/** Makes the draft of a day and opens it when it is there. */
export function MakePlan(of: { branchId: string; today: string }): ReactNode {
  const say = useSay()
  const go = route.useNavigate()
  const client = useQueryClient()
  const [day, setDay] = useState(addDays(of.today, 1))
  const { job } = route.useSearch()
  const make = useCommand(makePlan, {
    onDone: ({ jobId }) =>
      void go({ search: (before) => ({ ...before, job: jobId }), replace: true }),
  })
  const [over, setOver] = useState<string>()
  const opened = useCallback(
    ({ planId }: Readonly<Record<string, unknown>>) => {
      void client.invalidateQueries({ queryKey: [listPlans.operationId] })
      const plan = typeof planId === 'string' ? planId : undefined
      void go({ search: (before) => ({ ...before, plan, job: undefined }) })
    },
    [client, go],
  )
  const ended = useCallback(() => setOver(job), [job])
  return (
    <Part title={say(WORDS.title)} note={say(WORDS.note)}>
      {make.error && <ProblemNotice sentence={make.error.message} />}
      {job && <JobWatch key={job} branchId={of.branchId} jobId={job} done={opened} ended={ended} />}
      {(!job || job === over) && (
        <FilterBar name={say(WORDS.title)}>
          <Filter name={say(WORDS.day)}>
            <DayInput name={say(WORDS.day)} value={day} change={setDay} />
          </Filter>
          <ActionButton
            needs="plan:make"
            loading={make.isPending}
            onClick={() => make.mutate({ params: { branchId: of.branchId }, body: { date: day } })}
          >
            {say(WORDS.make)}
          </ActionButton>
        </FilterBar>
      )}
    </Part>
  )
}
