import type { Campaign } from '#contract/campaigns.ts'
import type { Sentence } from '#contract/language.ts'
import type { Tone } from '../../ui/Notices.tsx'

export type Standing = 'on' | 'off' | 'later' | 'over'

/** Whether a campaign takes part in the plans of `today`: `valid.to` is its last day. */
export function standingOf({ enabled, valid }: Campaign, today: string): Standing {
  if (!enabled) return 'off'
  if (today < valid.from) return 'later'
  return valid.to !== null && today > valid.to ? 'over' : 'on'
}

export const STATES: Readonly<Record<Standing, Sentence>> = {
  on: { zh: '进行中', en: 'Running' },
  off: { zh: '已停用', en: 'Disabled' },
  later: { zh: '未开始', en: 'Not begun' },
  over: { zh: '已结束', en: 'Over' },
}
export const TONES: Readonly<Record<Standing, Tone>> = {
  on: 'good',
  off: 'plain',
  later: 'soon',
  over: 'plain',
}
