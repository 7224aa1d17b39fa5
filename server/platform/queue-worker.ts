import type { Job, PgBoss } from 'pg-boss'
import { atMost } from './at-most.ts'
import { isLedgerAway, toldOfPassing } from './passing.ts'
import type { QueueLog, Taken } from './queue.ts'
import type { Attempt } from './queue-store.ts'
import { Refusal } from './refusal.ts'

/** A queue as its worker sees it. */
export type Worked = Readonly<{
  name: string
  concurrency: number
  /** Parses the message and does what it asks for. */
  work: (data: unknown, taken: Taken) => Promise<void>
  /** Gives back what was taken and not done. */
  giveBack: (attempt: Attempt) => Promise<void>
}>

type Running = { job: Job<object>; abort: AbortController; ended: Promise<void> }

/** How often the queue is told that a message is still being worked on. */
const STILL_HERE_EVERY_MS = 3_000
/** How long a settlement waits for a ledger that recovers before it is tried again. */
const TRY_AGAIN_MS = 250

/** Takes the messages of one queue, as many at once as it may, and settles each on its own. */
export type Worker = Readonly<{
  /** Takes what waits; called again whenever something may. Never fails. */
  turn(): Promise<void>
  /** The ids of the messages being worked on here. */
  held(): string[]
  /** Tells the queue that they are; work whose claim was lost is told to stop. Never fails. */
  stillHere(): Promise<void>
  /** Takes no more, stops what runs, and gives it back; waits `withinMs` for it. */
  close(withinMs: number): Promise<void>
}>

export function openWorker(
  { name, concurrency, work, giveBack }: Worked,
  open: () => Promise<PgBoss>,
  log: QueueLog,
): Worker {
  const running = new Map<string, Running>()
  let closing = false
  let mayBeMore = false
  let turning: Promise<void> | undefined
  let again = false
  let heart: ReturnType<typeof setInterval> | undefined

  async function take(): Promise<void> {
    do {
      again = false
      const boss = await open()
      const room = concurrency - running.size
      if (closing || room <= 0) return
      const jobs = await boss.fetch<object>(name, { batchSize: room })
      mayBeMore = jobs.length === room
      for (const job of jobs) begin(boss, job)
    } while (again)
  }

  function turn(): Promise<void> {
    if (closing) return turning ?? Promise.resolve()
    again = true
    turning ??= take()
      .catch((error: unknown) => {
        again = false // at once it would fail again: the next look comes in a second
        // Who looks again and again is not told each time that the ledger is not back yet.
        if (!closing && !isLedgerAway(toldOfPassing(error)))
          log.error({ err: error, queue: name }, 'messages could not be taken')
      })
      .finally(() => {
        turning = undefined
        if (again && !closing) void turn() // asked for while this one came to its end
      })
    return turning
  }

  function begin(boss: PgBoss, job: Job<object>): void {
    // The same message, when its claim here was thought dead: the run before ends first.
    const before = running.get(job.id)?.ended
    const abort = new AbortController()
    if (closing) abort.abort(STOPS()) // taken while the queue closed: given back without being begun
    const entry: Running = { job, abort, ended: Promise.resolve() }
    running.set(job.id, entry)
    heart ??= setInterval(() => void stillHere(), STILL_HERE_EVERY_MS).unref()
    entry.ended = Promise.resolve(before)
      .then(() => perform(boss, job, abort.signal))
      .catch((error: unknown) => {
        log.error({ err: error, queue: name, message: job.id }, 'a message was not settled')
      })
      .finally(() => {
        if (running.get(job.id) === entry) running.delete(job.id)
        if (running.size === 0) stopHeart()
        if (mayBeMore) void turn()
      })
  }

  async function perform(boss: PgBoss, job: Job<object>, signal: AbortSignal): Promise<void> {
    const attempt = { id: job.id, retryCount: job.retryCount }
    try {
      signal.throwIfAborted()
      await work(job.data, { signal, attempt: job.retryCount + 1 })
    } catch (error) {
      if (closing && signal.aborted) return giveBack(attempt)
      log.error({ err: error, queue: name, message: job.id, ...attempt }, 'a message failed')
      // What is kept beside the message says nothing of whom it concerns.
      return settle(() => boss.fail(name, attempt, { code: codeOf(error) }))
    }
    await settle(() => boss.complete(name, attempt))
  }

  /** What was worked on need not be done again because the ledger is away for a moment. */
  async function settle(told: () => Promise<unknown>): Promise<void> {
    for (;;)
      try {
        return void (await told())
      } catch (error) {
        if (closing || !isLedgerAway(toldOfPassing(error))) throw error
        await new Promise((resolve) => setTimeout(resolve, TRY_AGAIN_MS))
      }
  }

  async function stillHere(): Promise<void> {
    const held = [...running.values()]
    if (held.length === 0) return
    try {
      const boss = await open()
      const { settled }: { settled?: string[] } = await boss.touch(
        name,
        held.map(({ job: { id, retryCount } }) => ({ id, retryCount })),
      )
      for (const { job, abort } of settled ? held : [])
        if (running.has(job.id) && !settled?.includes(job.id))
          abort.abort(new Error('somebody else has taken this message'))
    } catch (error) {
      if (!isLedgerAway(toldOfPassing(error)))
        log.error({ err: error, queue: name }, 'a sign of life failed')
    }
  }

  function stopHeart(): void {
    clearInterval(heart)
    heart = undefined
  }

  /** The turn under way may still take messages: it ends first. */
  async function rest(): Promise<void> {
    await turning
    await Promise.all([...running.values()].map(({ ended }) => ended))
  }

  return {
    turn,
    held: () => [...running.keys()],
    stillHere,
    close: async (withinMs) => {
      closing = true
      for (const { abort } of running.values()) abort.abort(STOPS())
      await atMost(withinMs, rest())
      stopHeart()
    },
  }
}

const STOPS = () => new Error('the server stops')

const codeOf = (error: unknown): string =>
  error instanceof Refusal ? error.code : error instanceof Error ? error.name : 'thrown'
