import { type ReactNode, useEffect, useRef } from 'react'
import { cancelJob, type Job, readJob } from '#contract/jobs.ts'
import { useAnswer, useCommand } from './ask.ts'
import { countText } from './format/count.ts'
import { waitText } from './format/day.ts'
import { type Say, useLanguage, useSay } from './language.ts'
import { ProblemNotice, Waiting } from './ui/Notices.tsx'
import { ProgressLine } from './ui/ProgressLine.tsx'
import { COMMON } from './words.ts'

const WORDS = {
  of: { zh: '{done} / {total}', en: '{done} of {total}' },
  done: { zh: '已处理 {done}', en: '{done} done' },
  speed: { zh: '每秒 {rate}', en: '{rate} a second' },
  left: { zh: '还需{wait}', en: '{wait} left' },
  stop: { zh: '取消任务', en: 'Cancel' },
  queued: { zh: '排队等待', en: 'Waiting its turn' },
  cancelled: {
    zh: '任务已取消，没有保存任何内容。',
    en: 'The job was cancelled; nothing was stored.',
  },
  failed: {
    zh: '任务因系统错误中止，没有保存任何内容，请重试或联系管理员。',
    en: 'The job ended with a system error and stored nothing; try again or tell the administrator.',
  },
} as const

const POLL_MS = 500

/**
 * Watches a job until it ends: progress and cancel, then `done` once with what it made, or `ended`
 * once when it made nothing; why it did not is shown.
 */
export function JobWatch(of: {
  branchId: string
  jobId: string
  done: (result: Readonly<Record<string, unknown>>) => void
  ended?: () => void
}): ReactNode {
  const say = useSay()
  const params = { branchId: of.branchId, jobId: of.jobId }
  const job = useAnswer(
    readJob,
    { params },
    { keep: false, every: (known) => !isOver(known) && POLL_MS },
  )
  const stop = useCommand(cancelJob, { renews: [readJob] })
  const told = useRef(false)
  const { done, ended } = of
  // The end of a job comes from outside: it is told once, after the render that shows it.
  useEffect(() => {
    const isLost = job.error !== null
    if (told.current || !(isLost || (job.data && isOver(job.data)))) return
    told.current = true
    if (!isLost && job.data?.state === 'done') done(job.data.result ?? {})
    else ended?.()
  }, [job.data, job.error, done, ended])
  if (job.error) return <ProblemNotice sentence={job.error.message} />
  if (!job.data) return <Waiting name={say(COMMON.loading)} lines={1} />
  const { state, refusal } = job.data
  if (state === 'refused' && refusal) return <ProblemNotice sentence={say(refusal.text)} />
  if (state === 'failed') return <ProblemNotice sentence={say(WORDS.failed)} />
  if (state === 'cancelled') return <ProblemNotice sentence={say(WORDS.cancelled)} />
  return (
    <Running
      job={job.data}
      stop={{
        name: say(WORDS.stop),
        run: () => stop.mutate({ params }),
        asked: stop.isPending || stop.isSuccess,
      }}
    />
  )
}

function Running({ job, stop }: { job: Job; stop: Parameters<typeof ProgressLine>[0]['stop'] }) {
  const say = useSay()
  const language = useLanguage()
  const { phase, done, total } = job.progress
  return (
    <ProgressLine
      phase={job.state === 'queued' ? say(WORDS.queued) : say(phase)}
      share={total ? Math.min(1, done / total) : null}
      details={detailsOf(job, say, language)}
      {...(job.state === 'done' || !stop ? {} : { stop })}
    />
  )
}

function detailsOf({ progress }: Job, say: Say, language: 'zh' | 'en'): string[] {
  const { done, total, perSecond, secondsLeft } = progress
  const lines: string[] = []
  if (total) lines.push(say(WORDS.of, { done: countText(done), total: countText(total) }))
  else if (done > 0) lines.push(say(WORDS.done, { done: countText(done) }))
  if (perSecond && (total ?? done) > 100)
    lines.push(say(WORDS.speed, { rate: countText(Math.round(perSecond)) }))
  if (secondsLeft) lines.push(say(WORDS.left, { wait: waitText(secondsLeft, language) }))
  return lines
}

function isOver(job: Job | undefined): boolean {
  return job !== undefined && job.state !== 'queued' && job.state !== 'running'
}
