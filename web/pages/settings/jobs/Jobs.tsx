import { getRouteApi } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { type FailedJob, listFailedJobs } from '#contract/jobs.ts'
import type { Sentence } from '#contract/language.ts'
import { useAnswer } from '../../../ask.ts'
import { countText } from '../../../format/count.ts'
import { dateText, instantText } from '../../../format/day.ts'
import { type Say, useLanguage, useSay } from '../../../language.ts'
import { useMay } from '../../../may.ts'
import { usePlace } from '../../../place.ts'
import { RecordsPage, StateCell } from '../../../RecordsPage.tsx'
import type { Column } from '../../../ui/DataTable.tsx'
import { EmptyState, Mark, type Tone } from '../../../ui/Notices.tsx'
import { PageTitle } from '../../../ui/PageTitle.tsx'
import { Retry } from './Retry.tsx'
import { KINDS } from './words.ts'

const WORDS = {
  title: { zh: '未完成的后台任务', en: 'Jobs that came to nothing' },
  note: {
    zh: '被拒绝或因系统错误中止的任务，最近的在前',
    en: 'Refused, or ended by a fault of the program; the latest first',
  },
  state: { zh: '状态', en: 'State' },
  what: { zh: '任务', en: 'Job' },
  because: { zh: '原因', en: 'Because' },
  inLog: { zh: '日志中的任务编号 {job}', en: 'In the log: job {job}' },
  by: { zh: '发起人', en: 'Ordered by' },
  tries: { zh: '执行次数', en: 'Tries' },
  done: { zh: '“{job}”已完成', en: '“{job}” is done' },
  none: { zh: '没有未完成的后台任务', en: 'Every job came to its end' },
  noneStep: {
    zh: '导入、计划、导出等任务被拒绝或出错时，会列在这里，可查看原因并重试。',
    en: 'An import, a plan or an export that is refused or fails is listed here, to be tried again.',
  },
  closed: { zh: '您的岗位不能查看后台任务', en: 'Your role does not see these jobs' },
  closedStep: { zh: '请联系分公司系统管理员。', en: 'Ask the administrator of the branch.' },
} as const

const STATES = {
  refused: { tone: 'soon', name: { zh: '被拒绝', en: 'Refused' } },
  failed: { tone: 'late', name: { zh: '系统错误', en: 'Failed' } },
} as const satisfies Record<FailedJob['state'], { tone: Tone; name: Sentence }>

const route = getRouteApi('/console/settings/jobs')

/** The jobs that came to nothing, with the reason, and the way to try them again. */
export function Jobs(): ReactNode {
  const say = useSay()
  if (useMay('job:retry')) return <Failed />
  return (
    <>
      <PageTitle title={say(WORDS.title)} asOf={say(WORDS.note)} />
      <EmptyState title={say(WORDS.closed)} step={say(WORDS.closedStep)} />
    </>
  )
}

function Failed(): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const go = route.useNavigate()
  const { branchId } = usePlace()
  const { cursor, page } = route.useSearch()
  const [done, setDone] = useState<FailedJob>()
  const list = useAnswer(listFailedJobs, { params: { branchId }, query: { cursor, limit: 50 } })
  return (
    <RecordsPage
      list="failed-jobs"
      words={WORDS}
      asked={list}
      at={{ cursor, page }}
      go={(step) => void go({ search: (before) => ({ ...before, ...step }) })}
      keyOf={({ jobId }) => jobId}
      columns={[
        stateColumn(say, language),
        {
          id: 'retry',
          width: 200,
          title: '',
          render: (job) => <Retry branchId={branchId} job={job} done={() => setDone(job)} />,
        },
        ...restOfColumns(say, language),
      ]}
    >
      <span role="status">
        {done && <Mark tone="good">{say(WORDS.done, { job: nameOf(done, say, language) })}</Mark>}
      </span>
    </RecordsPage>
  )
}

const stateColumn = (say: Say, language: 'zh' | 'en'): Column<FailedJob> => ({
  id: 'state',
  nowrap: true,
  title: say(WORDS.state),
  render: ({ state, finishedAt }) => (
    <StateCell
      tone={STATES[state].tone}
      name={say(STATES[state].name)}
      when={instantText(finishedAt, language)}
    />
  ),
})

function restOfColumns(say: Say, language: 'zh' | 'en'): Column<FailedJob>[] {
  return [
    {
      id: 'what',
      width: 180,
      title: say(WORDS.what),
      render: (job) => nameOf(job, say, language),
    },
    {
      id: 'because',
      width: 320,
      title: say(WORDS.because),
      render: ({ because, state, jobId }) => (
        <>
          {say(because)}
          {state === 'failed' && <div>{say(WORDS.inLog, { job: jobId })}</div>}
        </>
      ),
    },
    { id: 'by', nowrap: true, title: say(WORDS.by), render: ({ orderedBy }) => say(orderedBy) },
    {
      id: 'tries',
      numeric: true,
      title: say(WORDS.tries),
      render: ({ tries }) => countText(tries),
    },
  ]
}

/** What was to be done, and for which day. */
const nameOf = ({ kind, day }: FailedJob, say: Say, language: 'zh' | 'en'): string =>
  [say(KINDS[kind]), ...(day ? [dateText(day, language)] : [])].join(' · ')
