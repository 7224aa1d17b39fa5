import { useQueryClient } from '@tanstack/react-query'
import { Modal } from 'antd'
import { type ReactNode, useCallback, useState } from 'react'
import { downloadWorklists, listPlans, publishPlan, readPlan } from '#contract/plans.ts'
import { ActionButton } from '../../ActionButton.tsx'
import { urlOf } from '../../api.ts'
import { useCommand } from '../../ask.ts'
import { countText } from '../../format/count.ts'
import { dayText } from '../../format/day.ts'
import { JobWatch } from '../../JobWatch.tsx'
import { useLanguage, useSay } from '../../language.ts'
import { usePlace } from '../../place.ts'
import { ProblemNotice } from '../../ui/Notices.tsx'
import type { Plan } from './latest.ts'

const WORDS = {
  publish: { zh: '发布计划', en: 'Publish plan' },
  publishing: { zh: '该计划正在发布。', en: 'This plan is being published.' },
  published: { zh: '该计划已发布。', en: 'This plan is published already.' },
  superseded: {
    zh: '该计划已被替换，不能再发布。',
    en: 'This plan was superseded and cannot be published.',
  },
  sure: {
    zh: '把 {day} 的 {count} 项任务下发到每个人的清单？',
    en: 'Send {count} tasks of {day} to the lists?',
  },
  consequence: {
    zh: '发布后各人即可看到清单；同一天已发布的计划会被替换，其中未完成的任务收回。',
    en: 'Everybody sees their list at once; a plan published before for the day is replaced and its open tasks are withdrawn.',
  },
  not: { zh: '再看看', en: 'Not yet' },
  download: { zh: '下载清单', en: 'Download lists' },
  empty: {
    zh: '没有已派任务，无需下载。',
    en: 'No task is assigned; there is nothing to download.',
  },
} as const

type Of = {
  plan: Plan
  branchId: string
  busy: boolean
  setBusy: (busy: boolean) => void
}

/** What can be done with a plan: publish it, take its lists home as a workbook. */
export function PlanActions({ plan, branchId, busy, setBusy }: Of): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const { unit } = usePlace()
  const client = useQueryClient()
  const params = { branchId, planId: plan.planId }
  const publish = useCommand(publishPlan, {})
  const [over, setOver] = useState(false)
  const finished = useCallback(() => {
    setBusy(false)
    publish.reset()
    for (const { operationId } of [readPlan, listPlans])
      void client.invalidateQueries({ queryKey: [operationId] })
  }, [client, setBusy, publish.reset])
  const blocked = plan.state === 'draft' ? undefined : say(WORDS[plan.state])
  const words = { day: dayText(plan.date, language), count: countText(plan.counts.assigned) }
  return (
    <>
      <ActionButton
        needs="export:lists"
        blocked={plan.counts.assigned === 0 ? say(WORDS.empty) : undefined}
        href={urlOf(downloadWorklists, { params, query: { unit, lang: language } })}
        download
      >
        {say(WORDS.download)}
      </ActionButton>
      <ActionButton
        needs="plan:publish"
        type="primary"
        blocked={blocked}
        onClick={() => setBusy(true)}
      >
        {say(WORDS.publish)}
      </ActionButton>
      <Modal
        open={busy}
        title={say(WORDS.sure, words)}
        okText={say(WORDS.publish)}
        cancelText={say(WORDS.not)}
        onOk={() => {
          setOver(false)
          publish.mutate({ params })
        }}
        onCancel={() => setBusy(false)}
        okButtonProps={{
          disabled: publish.data !== undefined && !over,
          loading: publish.isPending,
        }}
        mask={{ closable: false }}
      >
        <p>{say(WORDS.consequence)}</p>
        {publish.error && <ProblemNotice sentence={publish.error.message} />}
        {publish.data && (
          <JobWatch
            key={publish.data.jobId}
            branchId={branchId}
            jobId={publish.data.jobId}
            done={finished}
            ended={() => setOver(true)}
          />
        )}
      </Modal>
    </>
  )
}
