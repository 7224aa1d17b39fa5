import type { z } from 'zod'
import type { Sentences } from '#contract/language.ts'
import type { EventTaken, EventTold } from '#contract/on-site-event.ts'
import { sayReason } from '#platform/say-reason.ts'
import type { Unit } from '#platform/unit.ts'
import type { Around } from './around.ts'
import type { OfEvent } from './event-store.ts'
import { type Amiss, keepProof, keepReport } from './tell-event.ts'

/** What is said of something that was told where there is no network, and is kept all the same. */
const MEANWHILE = {
  'clock-corrected': {
    zh: '手机时间相差 {minutes} 分钟，时间已更正。',
    en: 'The clock of the phone was off by {minutes} minutes; the times are put right.',
  },
  'event-called-off': {
    zh: '活动期间已被取消，您上报的内容已保存，不计入场次；请与厅经理核对。',
    en: 'The event was called off meanwhile; what you told is kept and does not count. Ask the hall manager.',
  },
  'event-reported-already': {
    zh: '同事已先上报（第 {version} 版），您的结果另行保留；如需采用，请有网络时更正上报。',
    en: 'A colleague reported first (version {version}); yours is kept beside it. Amend that one if yours is right.',
  },
  'photos-missing': {
    zh: '{count} 张照片没有送达，其余已保存。',
    en: 'Photos that have not arrived: {count}; the rest is kept.',
  },
  'position-unusable': {
    zh: '定位不可用（坐标为零或误差超过 5 公里），按没有定位保存。',
    en: 'The position cannot be, or is vaguer than 5 km: kept as none.',
  },
} as const satisfies Sentences
type Code = keyof typeof MEANWHILE

/** Something told without a network; its times are put right by `offMs`. */
export type ToldLater = OfEvent & Readonly<{ told: z.output<typeof EventTold>; offMs: number }>

/**
 * Takes what was told of an event where there was no network. Nothing that was entered is lost to what
 * happened meanwhile: it is kept beside, and the conflicts say why.
 * @throws Refusal as `proveEvent` and `reportEvent`, but for what happened meanwhile
 */
export async function tellLater(
  unit: Unit,
  around: Around,
  { told, offMs, ...of }: ToldLater,
): Promise<Readonly<{ isBeside: boolean; taken: z.input<typeof EventTaken> }>> {
  const at = new Date(told.at)
  const amiss =
    told.tells === 'proof'
      ? await keepProof(unit, around, { of, told, at })
      : await keepReport(unit, around, { of, told, at })
  const { isCalledOff, beside, photosMissing } = amiss
  return {
    isBeside: isCalledOff || beside !== null || photosMissing > 0,
    taken: { eventId: of.eventId, conflicts: conflictsOf(amiss, offMs) },
  }
}

function conflictsOf(amiss: Amiss, offMs: number) {
  const minutes = Math.round(Math.abs(offMs) / 60_000)
  const say = (code: Code, values = {}) => sayReason(code, values, { words: MEANWHILE })
  return [
    ...(offMs !== 0 ? [say('clock-corrected', { minutes })] : []),
    ...(amiss.isCalledOff ? [say('event-called-off')] : []),
    ...(amiss.beside !== null ? [say('event-reported-already', { version: amiss.beside })] : []),
    ...(amiss.photosMissing > 0 ? [say('photos-missing', { count: amiss.photosMissing })] : []),
    ...(amiss.isPositionUnusable ? [say('position-unusable')] : []),
  ]
}
