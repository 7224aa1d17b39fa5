import { addDays } from '#platform/day.ts'
import type { Said } from './said.ts'
import { atClock } from './said.ts'
import { DAY } from './world.ts'

type Result = Said['body']['result']

/** A task as the one who thinks the day through by hand has it. */
export type ExpectedTask = {
  taskId: string
  subscriberId: string
  zoneId: string
  /** Where marketing is not allowed, nobody is sent after a refusal. */
  isMarketing: boolean
  assigneeId: string
  state: 'open' | 'done' | 'promised' | 'refused' | 'ended' | 'taken_back' | 'withdrawn'
  closedAs: Result | null
  day: string
  attempt: number
  isPlanned: boolean
}
export type Planned = Pick<
  ExpectedTask,
  'taskId' | 'subscriberId' | 'zoneId' | 'isMarketing' | 'assigneeId'
>
export type ExpectedResult = Readonly<{
  resultId: string
  taskId: string
  staffId: string
  result: Result
  at: string
  standing: 'first' | 'beside'
  conflicts: readonly string[]
  /** Whether a refusal, or a marketing touch of these days, stood against it. */
  against: readonly string[]
  /** Whether it counts as an order of the day, and of what. */
  order: boolean
  what: string | null
}>
type Why = Readonly<{
  subscriberId: string
  staffId: string
  reason: string
  /** What somebody said counts for more than what a result implies, and that more than nothing. */
  strength: number
  at: string
}>
export type Lapse = Readonly<{ subscriberId: string; standing: string; reason: string | null }>
type Refusal = Readonly<{ subscriberId: string; at: string; scope: string }>
type Handover = Readonly<{ taskId: string; why: string; from: string; to: string | null }>
export type Touch = Readonly<{ subscriberId: string; channel: string; result: string; at: string }>

/** What the day comes to, worked out beside the product from what everybody did. */
export class Expectation {
  /** What the plan of the night sends people to. */
  readonly planned: readonly Planned[]
  readonly tasks = new Map<string, ExpectedTask>()
  readonly results: ExpectedResult[] = []
  readonly touches: Touch[] = []
  readonly handovers: Handover[] = []
  readonly refusals: Refusal[] = []
  /** Why contracts were let end, as results say. */
  readonly whys: Why[] = []
  /** Entries of the trail by action. */
  readonly entries = new Map<string, number>()
  /** What the close of its day has accounted for. */
  readonly closed = new Set<string>()
  private readonly renewals: Readonly<{ subscriberId: string; staffId: string | null }>[] = []
  private readonly sold = new Set<string>()

  constructor(planned: readonly Planned[]) {
    this.planned = planned
    for (const task of planned)
      this.tasks.set(task.taskId, {
        ...task,
        ...{ state: 'open', closedAs: null, day: DAY, attempt: 1, isPlanned: true },
      })
  }

  task(taskId: string): ExpectedTask {
    const task = this.tasks.get(taskId)
    if (!task) throw new Error(`nobody was sent to ${taskId}`)
    return task
  }

  entry(action: string, times = 1): void {
    if (times > 0) this.entries.set(action, (this.entries.get(action) ?? 0) + times)
  }

  /** Tasks go into the hands of somebody, or of nobody. */
  hand(taskIds: readonly string[], why: string, to: string | null): void {
    for (const taskId of taskIds) {
      const task = this.task(taskId)
      this.handovers.push({ taskId, why, from: task.assigneeId, to })
      task.state = to === null ? 'taken_back' : 'open'
      task.assigneeId = to ?? task.assigneeId
    }
  }

  /** Somebody was touched without a task. */
  touch(touch: Touch, scope = 'all'): void {
    this.touches.push(touch)
    if (touch.result === 'refused') this.refusals.push({ ...touch, scope })
    this.entry('touch.recorded')
  }

  /** An extract has the contract go on. */
  extractHas(subscriberId: string): void {
    this.renewals.push({ subscriberId, staffId: null })
  }

  /** A result reaches the server for the first time. */
  tell({ staffId, taskId, at, body }: Said, isClockOff: boolean): void {
    const task = this.task(taskId)
    const { subscriberId, isMarketing } = task
    const { result, resultId } = body
    const wasNobodys = task.state === 'taken_back' || task.state === 'withdrawn'
    const beside = whyBeside(task, staffId)
    const isRefused = this.refusals.some((one) => one.subscriberId === subscriberId && one.at <= at)
    const isRenewed = this.renewals.some(
      (one) => one.subscriberId === subscriberId && one.staffId !== staffId,
    )
    this.results.push({
      ...{ resultId, taskId, staffId, result, at, standing: beside ? 'beside' : 'first' },
      conflicts: [
        ...(beside ? [beside] : []),
        ...(this.closed.has(taskId) ? ['day-closed'] : []),
        ...(isRefused ? ['refused-meanwhile'] : []),
        ...(isRenewed ? ['renewed-meanwhile'] : []),
        ...(isClockOff ? ['clock-corrected'] : []),
      ],
      against: [
        ...(isMarketing && isRefused ? ['refused'] : []),
        ...(isMarketing && this.sold.has(subscriberId) ? ['capped'] : []),
      ],
      order: beside !== 'task-closed-already' && ORDERS.has(body.done?.what ?? ''),
      what: body.done?.what ?? null,
    })
    this.entry('result.recorded')
    const touch = { subscriberId, channel: 'door', result: TOUCH_OF[result] ?? result, at }
    this.touch(touch, body.refused?.scope)
    if (isMarketing && result !== 'wrong_data' && TOUCH_OF[result] === undefined)
      this.sold.add(subscriberId)
    if (body.done?.what === 'renewal') this.renewals.push({ subscriberId, staffId })
    this.hear(task, { staffId, at, body })
    const leads = (!beside || (wasNobodys && result === 'promised')) && !(isRefused && isMarketing)
    if (leads) this.follow(task, { staffId, at, body })
    if (!beside) {
      task.closedAs = result
      task.state =
        result === 'done' || result === 'promised' || result === 'refused' ? result : 'ended'
    }
  }

  /** Whether nobody may go there tomorrow: marketing after a refusal, or so soon after a touch. */
  mayNotBeMet({ subscriberId, isMarketing }: ExpectedTask): boolean {
    const isRefused = this.refusals.some((one) => one.subscriberId === subscriberId)
    return isMarketing && (isRefused || this.sold.has(subscriberId))
  }

  /** What a result says of a contract that has ended, and goes on nowhere yet. */
  private hear({ subscriberId, isMarketing }: ExpectedTask, told: Omit<Said, 'taskId'>): void {
    const { reason, result } = told.body
    const implied = result === 'moved' || result === 'competitor' ? result : null
    const isOver = this.renewals.some((one) => one.subscriberId === subscriberId && !one.staffId)
    if (!isMarketing || isOver || (reason ?? implied) === null) return
    const strength = reason === 'unknown' ? 0 : reason === null ? 1 : 2
    this.whys.push({ ...told, subscriberId, strength, reason: reason ?? implied ?? '' })
    this.entry('lapse.reasoned')
  }

  /** Who was not at home is tried again this evening, or tomorrow, three times at most. */
  private follow(task: ExpectedTask, { staffId, at, body }: Omit<Said, 'taskId'>): void {
    const next = (day: string, assigneeId: string, attempt = 1) =>
      this.tasks.set(`f-${body.resultId}`, {
        ...task,
        ...{ taskId: `f-${body.resultId}`, day, assigneeId, attempt, isPlanned: false },
        ...{ state: 'open', closedAs: null },
      })
    if (body.promised) next(body.promised.on, staffId)
    if (body.handedOver) next(task.day, body.handedOver.to)
    if (!body.notAtHome || task.attempt >= 3) return
    const usual = at < atClock('17:30') ? DAY : addDays(DAY, 1)
    next(body.notAtHome.tryAgain ?? usual, staffId, task.attempt + 1)
  }

  /** What is for the day, on a list or nobody’s. */
  ofDay(): ExpectedTask[] {
    return [...this.tasks.values()].filter(({ day }) => day === DAY)
  }

  /** Those of the tasks of which an order was told. */
  orders(tasks: readonly ExpectedTask[]): ReadonlySet<string> {
    const ids = new Set(tasks.map(({ taskId }) => taskId))
    const told = this.results.filter(({ order, taskId }) => order && ids.has(taskId))
    return new Set(told.map(({ taskId }) => taskId))
  }

  /** The register of those whose contract has ended: who is won back, and the best reason known. */
  lapses(): Lapse[] {
    const goesOn = new Set(this.renewals.flatMap((one) => (one.staffId ? [] : [one.subscriberId])))
    const lapsed = this.planned.filter(({ isMarketing }) => isMarketing)
    return lapsed.map(({ subscriberId }) => {
      const said = this.whys.filter((one) => one.subscriberId === subscriberId)
      const [best] = said.sort((a, b) => b.strength - a.strength || (a.at < b.at ? 1 : -1))
      const standing = goesOn.has(subscriberId) ? 'won-back' : 'lapsed'
      return { subscriberId, standing, reason: best?.reason ?? null }
    })
  }

  /** Tasks of the day that nobody has told anything of. */
  untouched(): ExpectedTask[] {
    const told = new Set(this.results.map(({ taskId }) => taskId))
    return [...this.tasks.values()].filter(
      (task) => task.isPlanned && task.state === 'open' && !told.has(task.taskId),
    )
  }
}

function whyBeside(task: ExpectedTask, staffId: string): string | null {
  if (task.closedAs !== null) return 'task-closed-already'
  if (task.state === 'taken_back') return 'task-taken-back'
  if (task.state === 'withdrawn') return 'task-dropped'
  return task.assigneeId === staffId ? null : 'task-reassigned'
}

/** Who handed a task over met nobody, as little as whoever found nobody at home. */
const TOUCH_OF: Readonly<Partial<Record<Result, string>>> = {
  not_at_home: 'not_reached',
  handed_over: 'not_reached',
}
const ORDERS: ReadonlySet<string> = new Set(['renewal', 'new', 'box', 'third_party'])
