import { askAboutSessions } from '#people'
import { atMost } from '#platform/at-most.ts'
import { type AuditSink, fileSink, syslogSink, tellAudit } from '#platform/audit/tell.ts'
import { forgetJobs } from '#platform/forget-jobs.ts'
import { forgetAnswers } from '#platform/once.ts'
import { forgetMessages, openMessenger } from '#platform/webhooks/deliver.ts'
import type { Works } from '#platform/works.ts'
import { keepRegisters } from '#renewals'
import { deleteEndedExports, forgetFiles, forgetPeople } from '#subscribers'
import { takeBackUntouched } from '#worklists'
import type { Config } from './config.ts'
import type { Effects, House } from './house.ts'
import { forgetField } from './modules/field/index.ts'

const TELL_EVERY_MS = 1_000
const FORGET_EVERY_MS = 3_600_000
const DELETE_EVERY_MS = 60_000
/** How often it is looked which main accounts are due to be asked about. */
const LOOK_EVERY_MS = 30_000
const TAKE_BACK_EVERY_MS = 600_000
const SEND_EVERY_MS = 1_000
/** How soon the lapsed register follows a new night; whoever looks sooner is not kept waiting for it. */
const KEEP_EVERY_MS = 60_000
/** Of the ten seconds in which a server stops: for what is under way, and for whoever keeps a copy. */
const END_WITHIN_MS = 2_000
const CLOSE_WITHIN_MS = 500

/**
 * What a serving house does beside its work: tells the audit trail to those who keep a copy, removes
 * what is kept no longer and exports that have ended, asks the identity provider who still stands,
 * sends webhooks what they wait for, keeps the lapsed register, takes back work that nobody has
 * touched. A failure is logged and tried again at the next turn. Disposing it begins nothing more, and
 * waits no longer than the stop of a server can.
 */
export function keepUp(
  { works, ways: { provider }, outside }: Pick<House, 'works' | 'ways' | 'outside'>,
  config: Config,
  log: Effects['log'],
): AsyncDisposable {
  const sinks = sinksOf(config)
  const messenger = openMessenger(works, outside, log)
  const turns = [
    ...(sinks.length > 0 ? [every(TELL_EVERY_MS, () => tellAll(works, sinks), log)] : []),
    every(FORGET_EVERY_MS, () => forget(works, config), log),
    ...(provider ? [every(LOOK_EVERY_MS, () => askAboutSessions(works, provider), log)] : []),
    every(DELETE_EVERY_MS, () => deleteEndedExports(works), log),
    every(KEEP_EVERY_MS, () => keepRegisters(works), log),
    every(TAKE_BACK_EVERY_MS, () => takeBackUntouched(works), log),
    every(SEND_EVERY_MS, () => messenger.begin(), log),
  ]
  return {
    [Symbol.asyncDispose]: async () => {
      const work = [messenger[Symbol.asyncDispose](), ...turns.map((turn) => turn.stop())]
      await atMost(END_WITHIN_MS, Promise.all(work))
      await atMost(CLOSE_WITHIN_MS, Promise.all(sinks.map((sink) => sink.close())))
    },
  }
}

/** Removes what is kept no longer: docs/retention.md. */
async function forget(works: Works, { keptDays }: Config): Promise<void> {
  await forgetAnswers(works)
  await forgetMessages(works)
  await forgetJobs(works, keptDays.jobs)
  await forgetFiles(works, keptDays)
  await forgetField(works, keptDays)
  await forgetPeople(works, keptDays.people)
}

function sinksOf({ auditFile, auditSyslog }: Config): AuditSink[] {
  return [
    ...(auditFile ? [fileSink(auditFile)] : []),
    ...(auditSyslog ? [syslogSink(auditSyslog)] : []),
  ]
}

async function tellAll(works: Works, sinks: readonly AuditSink[]): Promise<void> {
  for (const sink of sinks) await tellAudit(works, sink)
}

/** Runs `work` now and then, never two at once; `stop` waits for the one under way. */
function every(ms: number, work: () => Promise<unknown>, log: Effects['log']) {
  let atWork: Promise<unknown> = Promise.resolve()
  let busy = false
  const turn = () => {
    if (busy) return
    busy = true
    atWork = work()
      .catch((err: unknown) => log.error({ err }, 'upkeep'))
      .finally(() => {
        busy = false
      })
  }
  const timer = setInterval(turn, ms)
  timer.unref()
  turn()
  return {
    stop: () => {
      clearInterval(timer)
      return atWork
    },
  }
}
