import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useCallback } from 'react'
import { type FailedJob, listFailedJobs, readJob, retryJob } from '#contract/jobs.ts'
import { ActionButton } from '../../../ActionButton.tsx'
import { useCommand } from '../../../ask.ts'
import { JobWatch } from '../../../JobWatch.tsx'
import { useSay } from '../../../language.ts'
import { ProblemNotice } from '../../../ui/Notices.tsx'
import { COMMON } from '../../../words.ts'

/** Tries a job again and shows how far it is; when it ends, the list is asked for anew. */
export function Retry(of: { branchId: string; job: FailedJob; done: () => void }): ReactNode {
  const say = useSay()
  const client = useQueryClient()
  const { branchId, job, done } = of
  // What is known of the job is how it ended before.
  const onDone = () => client.removeQueries({ queryKey: [readJob.operationId] })
  const retry = useCommand(retryJob, { onDone })
  const over = useCallback(() => {
    retry.reset()
    void client.invalidateQueries({ queryKey: [listFailedJobs.operationId] })
  }, [client, retry.reset])
  if (retry.data)
    return (
      <JobWatch
        branchId={branchId}
        jobId={job.jobId}
        done={() => {
          done()
          over()
        }}
        ended={over}
      />
    )
  return (
    <>
      <ActionButton
        needs="job:retry"
        size="small"
        loading={retry.isPending}
        onClick={() => retry.mutate({ params: { branchId, jobId: job.jobId } })}
      >
        {say(COMMON.again)}
      </ActionButton>
      {retry.error && <ProblemNotice sentence={retry.error.message} />}
    </>
  )
}
