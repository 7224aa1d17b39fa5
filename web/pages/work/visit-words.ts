import type { Sentence } from '#contract/language.ts'
import type { VisitFlag, VisitStanding } from '#contract/visits.ts'
import type { Tone } from '../../ui/Notices.tsx'

/** Why a visit is worth a look, in a word. */
export const FLAGS = {
  'visit-far-away': { zh: '位置偏远', en: 'Far away' },
  'way-impossible': { zh: '移动过快', en: 'Too fast' },
  'photo-used-before': { zh: '照片重复', en: 'Photo again' },
  'visit-too-short': { zh: '时间过短', en: 'Short' },
  'visits-too-many': { zh: '登记密集', en: 'Many at once' },
  'position-missing': { zh: '缺少定位', en: 'No position' },
  'clock-corrected': { zh: '时间校正', en: 'Clock off' },
} as const satisfies Record<VisitFlag, Sentence>

/** What came of looking at a visit. */
export const STANDINGS = {
  new: { zh: '未看', en: 'Not seen' },
  fine: { zh: '属实', en: 'Fine' },
  talked: { zh: '已沟通', en: 'Talked about' },
  false: { zh: '不属实', en: 'Not as told' },
} as const satisfies Record<VisitStanding, Sentence>

export const TONES: Readonly<Record<VisitStanding, Tone>> = {
  ...{ new: 'soon', fine: 'good', talked: 'plain', false: 'late' },
}
