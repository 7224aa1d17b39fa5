import assert from 'node:assert/strict'
import type { Pool } from 'pg'
import type { PgBoss } from 'pg-boss'
import type { z } from 'zod'
import { isLedgerAway, toldOfPassing } from './passing.ts'
import {
  deadOf,
  giveBack,
  giveBackAllBut,
  insertMessages,
  makeQueue,
  openBoss,
} from './queue-store.ts'
import { openWorker, type Worker } from './queue-worker.ts'
import { afterCommit, type Unit } from './unit.ts'

/** What is sent: the branch it belongs to, and ids. Never a name, a number or an address. */
export type Message = Readonly<{ branchId: string } & Record<string, string | number>>

/** How a message was taken: `attempt` from 1; `signal` tells when to stop, `reason` why. */
export type Taken = Readonly<{ signal: AbortSignal; attempt: number }>

/**
 * Does what a message asks for; what it throws makes the message be tried again. It may run twice for
 * one message, after a crash, so its effect carries a unique key in the ledger, or elsewhere an
 * idempotency key.
 */
export type MessageWork<M> = (message: M, taken: Taken) => Promise<void>

export type QueueOptions = Readonly<{
  /** How many messages are worked on at once in this process. */
  concurrency?: number
  /** How often a message that failed is tried again; then it is a dead letter. */
  retryLimit?: number
  retryDelaySeconds?: number
  /** Doubles the delay with each attempt, up to `retryDelayMaxSeconds`. */
  backoff?: boolean
  retryDelayMaxSeconds?: number
  /** An attempt that takes longer has failed; a day at most. */
  expireSeconds?: number
  /** A worker without a sign of life for so long is dead; 10 at least. */
  heartbeatSeconds?: number
  /** How long an ended message is kept, and with it its key. */
  keepDays?: number
}>

export type SendOptions = Readonly<{ key?: string; startAfter?: Date }>

export type DeadLetter = Readonly<{ message: Message; diedAt: Date; because: string }>

/**
 * Work that follows from what was committed. A message is sent in the transaction of a unit: there
 * when the unit commits, never when it is undone. It is worked on at least once, soon after the
 * commit, in this process or, should it die, in the next. Made for a queue:
 *
 *     const Deliver = z.object({ branchId: z.string(), deliveryId: z.string() })
 *     queue.handle('webhook', Deliver, async ({ deliveryId }, { signal }) => …, { retryLimit: 8 })
 *     await queue.send(unit, 'webhook', { branchId, deliveryId }, { key: deliveryId })
 *
 * Row-level security keeps a unit from sending for a branch outside its scope.
 */
export type Queue = Readonly<{
  /** Once per queue, when the house is furnished. */
  handle<M extends Message>(
    name: string,
    schema: z.ZodType<M>,
    work: MessageWork<M>,
    options?: QueueOptions,
  ): void
  /**
   * Sends a message. Of one `key` in a queue and branch there is one message for as long as it is
   * kept: sending it again, by whomever, changes nothing. `startAfter` is told on the clock of the unit.
   */
  send(unit: Unit, name: string, message: Message, options?: SendOptions): Promise<void>
  /** Sends many messages of one queue at once, each with options of its own. */
  sendAll(
    unit: Unit,
    name: string,
    messages: readonly Readonly<{ message: Message } & SendOptions>[],
  ): Promise<void>
  /**
   * Gives back what a dead process had taken; answers with how many messages. Only for the process
   * that owns the ledger, before it starts: whatever is being worked on elsewhere is done twice.
   */
  takeOver(): Promise<number>
  /**
   * Looks for due messages from now on, and for workers of other processes that have died; first
   * after `LOOK_EVERY_MS`, so that whoever starts serves before.
   */
  start(): void
  /** One look at what died: workers without a sign of life, and ended messages past their time. */
  lookAfter(): Promise<void>
  /** What failed too often, oldest first. */
  deadLetters(name: string): Promise<DeadLetter[]>
  /** Sends the dead letters of a queue again, with all their attempts; answers with how many. */
  revive(name: string): Promise<number>
  /**
   * Takes no more messages, tells work under way to stop and gives it back; waits `STOP_WITHIN_MS`
   * at most. What is sent from now on waits for the next start.
   */
  close(): Promise<void>
}>

export type QueueLog = { error(fields: object, text: string): void }

/** Of the ten seconds in which a server stops. */
const STOP_WITHIN_MS = 6_000
/** How late a message begins that was not sent here just now: one that waits, or is tried again. */
const LOOK_EVERY_MS = 1_000
/** Every how many looks the dead are looked for. */
const LOOKS_PER_ROUND = 5
/** Messages hold ids only. */
const LONGEST_MESSAGE = 1_000

type Handled = Readonly<{ schema: z.ZodType<Message>; options: QueueOptions; worker: Worker }>

/** Messages over the pool of the ledger's owner, to whom the tables of the queue belong. */
export function openQueue(owner: Pool, log: QueueLog): Queue {
  const queues = new Map<string, Handled>()
  const made = new Map<string, Promise<void>>()
  let opening: Promise<PgBoss> | undefined
  let timer: NodeJS.Timeout | undefined
  let closing: Promise<void> | undefined
  let isLooking = false
  let looks = 0

  const boss = () => {
    opening ??= openBoss(owner, (error) => log.error({ err: error }, 'the queue'))
    return opening
  }

  /** pg-boss, once the queue is there; what failed is tried anew by whoever asks next. */
  async function bossOf(name: string): Promise<PgBoss> {
    const opened = await boss()
    let making = made.get(name)
    if (!making) {
      making = makeQueue(opened, name, bossOptions(handled(name).options))
      made.set(name, making)
      making.catch(() => made.delete(name))
    }
    await making
    return opened
  }

  function handled(name: string): Handled {
    const queue = queues.get(name)
    assert(queue, `nobody handles messages of ${name}`)
    return queue
  }

  const sendAll: Queue['sendAll'] = async (unit, name, messages) => {
    const { schema, worker } = handled(name)
    const posted = messages.map(({ message, key, startAfter }) => {
      const data = schema.parse(message)
      assert(JSON.stringify(data).length <= LONGEST_MESSAGE, 'a message holds ids only')
      const delayMs = startAfter ? startAfter.getTime() - unit.now.getTime() : 0
      return { data, key, delaySeconds: Math.max(0, delayMs / 1000) }
    })
    await insertMessages(await bossOf(name), unit, name, posted)
    const isDue = posted.some(({ delaySeconds }) => delaySeconds === 0)
    if (!closing && isDue) afterCommit(unit, () => void worker.turn())
  }

  const workers = () => [...queues.values()].map(({ worker }) => worker)

  async function lookAfter(): Promise<void> {
    // Who has just come back from a long piece of work is not to be the one who calls himself dead.
    await Promise.all(workers().map((worker) => worker.stillHere()))
    await (await boss()).supervise()
  }

  /** Never fails, and is not begun anew while it goes on. */
  async function look(): Promise<void> {
    if (isLooking) return
    isLooking = true
    await Promise.all(workers().map((worker) => worker.turn()))
    if (looks++ % LOOKS_PER_ROUND === 0)
      await lookAfter().catch((error: unknown) => {
        if (!closing && !isLedgerAway(toldOfPassing(error)))
          log.error({ err: error }, 'nobody looks after the queue')
      })
    isLooking = false
  }

  return {
    handle: (name, schema, work, options = {}) => {
      assert(!queues.has(name), `messages of ${name} are handled already`)
      const worked = {
        name,
        concurrency: options.concurrency ?? 4,
        work: async (data: unknown, taken: Taken) => work(schema.parse(data), taken),
        giveBack: (attempt: Parameters<typeof giveBack>[2]) => giveBack(owner, name, attempt),
      }
      const worker = openWorker(worked, () => bossOf(name), log)
      queues.set(name, { schema, options, worker })
    },
    send: (unit, name, message, options) => sendAll(unit, name, [{ message, ...options }]),
    sendAll,
    takeOver: async () =>
      giveBackAllBut(
        owner,
        workers().flatMap((worker) => worker.held()),
      ),
    start: () => {
      assert(!timer && !closing, 'a queue is started once')
      timer = setInterval(() => void look(), LOOK_EVERY_MS).unref()
    },
    lookAfter,
    deadLetters: async (name) => {
      const found = await (await bossOf(name)).findJobs<Message>(deadOf(name))
      return found
        .sort((a, b) => a.createdOn.getTime() - b.createdOn.getTime())
        .map(({ data, createdOn, sourceOutput }) => ({
          message: data,
          diedAt: createdOn,
          because: codeIn(sourceOutput),
        }))
    },
    revive: async (name) => {
      const revived = await (await bossOf(name)).redrive(deadOf(name))
      void handled(name).worker.turn()
      return revived
    },
    close: () => {
      closing ??= closeAll()
      return closing
    },
  }

  async function closeAll(): Promise<void> {
    clearInterval(timer)
    await Promise.all(workers().map((worker) => worker.close(STOP_WITHIN_MS)))
  }
}

function bossOptions(options: QueueOptions) {
  const { backoff = true, retryDelayMaxSeconds = 3_600 } = options
  return {
    retryLimit: options.retryLimit ?? 5,
    retryDelay: options.retryDelaySeconds ?? 10,
    retryBackoff: backoff,
    ...(backoff && { retryDelayMax: retryDelayMaxSeconds }),
    expireInSeconds: options.expireSeconds ?? 900,
    heartbeatSeconds: options.heartbeatSeconds ?? 15,
    deleteAfterSeconds: (options.keepDays ?? 7) * 86_400,
  }
}

/** Why a message died: the code of a refusal, the name of an error, or that nobody was heard of. */
function codeIn(output: unknown): string {
  if (typeof output !== 'object' || output === null) return 'unknown'
  const { code, value } = output as { code?: unknown; value?: { message?: unknown } }
  return String(code ?? value?.message ?? 'unknown')
}
