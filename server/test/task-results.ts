import { randomUUID } from 'node:crypto'
import { unwatched } from '#platform/works.ts'
import { makePlan, publishPlan } from '#worklists'
import type { Person } from './branch.ts'
import type { County } from './county.ts'

/** A visit for a renewal, as tests work on it. */
export type Visit = Readonly<{
  taskId: string
  assigneeId: string
  assigneeUnitId: string
  subscriberId: string
  householdId: string
}>

const NOTHING = {
  ...{ at: null, done: null, promised: null, refused: null, notAtHome: null, moved: null },
  ...{ competitor: null, wrongData: null, handedOver: null, reason: null, note: null },
  ...{ startedAt: null, position: null, photos: [] },
}

/** A result with a number of its own, and nothing in it but what is said. */
export const told = (what: object) => ({ resultId: randomUUID(), ...NOTHING, ...what })

export const RENEWED = {
  result: 'done',
  done: { what: 'renewal', product: null, amountFen: 36_000, receipt: 'XF-1' },
}
export const AWAY = { result: 'not_at_home', notAtHome: { tryAgain: null } }
export const promised = (on: string) => ({ result: 'promised', promised: { on } })

/** A county whose plan of a day is published; each visit is taken by one test alone. */
export async function openWorkOf(county: County, day: string) {
  const { branchId, works } = county
  const { planId } = await makePlan(works, { branchId, day }, unwatched)
  await publishPlan(works, { branchId, planId }, unwatched)
  const visits = (await county.sql(`
    select task_id as "taskId", assignee_id as "assigneeId", assignee_unit_id as "assigneeUnitId",
           subscriber_id as "subscriberId", household_id as "householdId"
      from worklists.task
     where touchpoint = 'door' and purpose = 'renewal' and plan_id = '${planId}'
     order by task_id`)) as Visit[]
  const signedIn = new Map<string, Promise<Person>>()
  return {
    planId,
    /** Visits that nobody has taken, and that `fits`. */
    take(fits: (visit: Visit) => boolean = () => true): Visit {
      const at = visits.findIndex(fits)
      const [visit] = at < 0 ? [] : visits.splice(at, 1)
      if (!visit) throw new Error('the county has renewal visits enough')
      return visit
    },
    assignee({ assigneeId }: Pick<Visit, 'assigneeId'>): Promise<Person> {
      const known = signedIn.get(assigneeId) ?? county.signIn(assigneeId)
      signedIn.set(assigneeId, known)
      return known
    },
    tell: (taskId: string, who: Person, body: object) =>
      county.post(`/branches/${branchId}/tasks/${taskId}/results`, who, body),
    async taskOf(taskId: string) {
      const [row] = await county.sql(`
        select state, closed_as as as, attempt, assignee_id as who, day, plan_id as plan
          from worklists.task where task_id = '${taskId}'`)
      return row
    },
  }
}
