import { z } from 'zod'
import { Done, type Endpoint, Instant, Reason } from './endpoint.ts'
import { Touchpoint } from './organisation.ts'
import { OfTask } from './tasks.ts'

export const openTask = {
  operationId: 'openTask',
  method: 'POST',
  path: '/branches/:branchId/tasks/:taskId/opening',
  needs: 'task:work',
  summary: {
    zh: '开始办理本人任务：能否联系，并为本人保留该家庭',
    en: 'Begin an own task: whether to go now, with the household kept for oneself',
  },
  params: OfTask,
  /** Where it is closed, why and from when, with nothing kept; reading it and telling its result go on. */
  response: z
    .object({
      taskId: z.string(),
      at: Instant,
      touchpoint: Touchpoint,
      may: z.boolean(),
      opens: Instant.nullable(),
      against: z.array(Reason),
      /** Until when nobody else is let in; null: it is not kept. */
      heldUntil: Instant.nullable(),
    })
    .meta({ id: 'TaskOpening' }),
  refusals: [
    ...(['branch-unknown', 'task-unknown', 'task-not-yours', 'task-not-open'] as const),
    ...(['subscriber-unknown', 'not-for-tokens'] as const),
  ],
} as const satisfies Endpoint

export const leaveTask = {
  operationId: 'leaveTask',
  method: 'DELETE',
  path: '/branches/:branchId/tasks/:taskId/opening',
  needs: 'task:work',
  summary: {
    zh: '放下任务，不再为本人保留该家庭',
    en: 'Leave a task: its household is kept no longer',
  },
  params: OfTask,
  response: Done,
  refusals: ['branch-unknown', 'task-unknown', 'task-not-yours', 'subscriber-unknown'],
} as const satisfies Endpoint
