import type { Expectation } from './expectation.ts'
import type { Door } from './said.ts'
import { everybody, hasNetwork } from './script.ts'
import { DAY, type Grid, type World } from './world.ts'

/** Does the work for each, a few at a time: which of them is served first is nobody’s affair. */
export async function inWaves<T>(
  each: readonly T[],
  work: (one: T) => Promise<unknown>,
): Promise<void> {
  const left = [...each]
  const hands = Array.from({ length: 4 }, async () => {
    for (let one = left.shift(); one !== undefined; one = left.shift()) await work(one)
  })
  await Promise.all(hands)
}

/** What leaders of zones, clerks and the hotline do at their desks, through the API. */
export type Office = ReturnType<typeof openOffice>

export function openOffice({ branch, grids, signIn }: World) {
  const root = `/branches/${branch.branchId}`
  const ask = async (as: string, path: string, body?: object) => {
    const who = await signIn(as)
    const answer = body
      ? await branch.post(`${root}${path}`, who, body)
      : await branch.get(`${root}${path}`, who)
    if (answer.status !== 200) throw new Error(`${path}: ${JSON.stringify(answer.body)}`)
    return answer.body as Record<string, unknown>
  }
  const hand = async (as: string, path: string, taskIds: readonly string[], body: object) => {
    const told = await ask(as, `/tasks/${path}`, { ...body, taskIds })
    if ((told.taskIds as string[]).length !== taskIds.length)
      throw new Error(`${path}: ${JSON.stringify(told.left)}`)
  }
  return {
    ask,
    gridOf: (staffId: string): Grid => {
      const grid = grids.find(({ sellers }) => sellers.includes(staffId))
      if (!grid) throw new Error(`${staffId} has a grid`)
      return grid
    },
    /** Divides a day among the crew; who has which door then. */
    divide: async (as: string, from: string, doors: readonly Door[]) => {
      const { moved } = await ask(as, '/tasks/splits', { from, date: DAY, dryRun: false })
      if (moved !== doors.length) throw new Error(`${moved} of ${doors.length} found hands`)
      const rows = await branch.sql(`select task_id as id, assignee_id as who
        from worklists.task where task_id in (${doors.map(({ taskId }) => `'${taskId}'`)})`)
      const whoHas = new Map(rows.map(({ id, who }) => [String(id), String(who)]))
      return Map.groupBy(doors, ({ taskId }) => whoHas.get(taskId) ?? '')
    },
    reassign: (as: string, taskIds: readonly string[], to: string) =>
      hand(as, 'reassignments', taskIds, { to }),
    takeBack: (as: string, taskIds: readonly string[]) => hand(as, 'take-backs', taskIds, {}),
    /** Somebody rings, and wants to hear nothing more. */
    refuses: (as: string, subscriberId: string) =>
      ask(as, `/subscribers/${subscriberId}/touches`, {
        ...{ at: null, channel: 'call_in', purpose: 'service', result: 'refused', scope: 'all' },
        ...{ offer: null, until: null, note: null },
      }),
    /** Somebody renews at the counter. */
    renews: (as: string, subscriberId: string) =>
      ask(as, `/subscribers/${subscriberId}/touches`, {
        ...{ at: null, channel: 'hall', purpose: 'renewal', result: 'done', scope: null },
        ...{ offer: null, until: null, note: null },
      }),
    /** Somebody who had let the contract end pays at the counter. */
    pays: (as: string, subscriberId: string) =>
      ask(as, `/lapsed/${subscriberId}/receipts`, {
        ...{ receiptNo: `R-${subscriberId}`, paidOn: DAY, amountFen: 70_800 },
      }),
    /** Whoever is about to go asks first: marketing is closed where somebody refused, renewal is not. */
    async openRefused(world: World, expected: Expectation): Promise<void> {
      const crew = new Set(
        everybody(world)
          .filter(({ grid, place }) => hasNetwork(world, grid, place))
          .map(({ staffId }) => staffId),
      )
      const refused = new Set(expected.refusals.map(({ subscriberId }) => subscriberId))
      for (const task of expected.tasks.values()) {
        const { taskId, assigneeId, subscriberId, isMarketing } = task
        if (!refused.has(subscriberId) || !crew.has(assigneeId)) continue
        const who = await signIn(assigneeId)
        const { body } = await branch.post(`${root}/tasks/${taskId}/opening`, who)
        const { may, against } = body as { may: boolean; against: { code: string }[] }
        const codes = against.map(({ code }) => code).join()
        if (may === isMarketing || codes !== (isMarketing ? 'refused' : ''))
          throw new Error(`${taskId} is ${may ? 'open' : 'closed'}: ${codes}`)
        expected.entry('task.opened')
      }
    },
  }
}
