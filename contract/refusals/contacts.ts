import type { Sentences } from '../language.ts'

export const CONTACTS_REFUSALS = {
  'contact-policy-too-loose': {
    zh: '“{settingZh}”不能设为 {wanted}：{levelZh}规定为 {limit}，只能更严。',
    en: '“{settingEn}” cannot be {wanted}: {levelEn} sets {limit}, and it may only be stricter.',
  },
  'consent-needs-proof': {
    zh: '登记“同意”须注明凭证（录音、签名、短信或表单编号）。',
    en: 'A “yes” needs its proof: the number of a recording, a signature, a message or a form.',
  },
  'consent-channel-not-marketing': {
    zh: '只有营销同意才分渠道，请去掉渠道。',
    en: 'Only a word on marketing is for one channel; leave the channel out.',
  },
  'consent-in-future': {
    zh: '时间不能晚于现在，请检查。',
    en: 'The time lies in the future; correct it.',
  },
  'touch-in-future': {
    zh: '接触时间不能晚于现在，请检查设备时间。',
    en: 'The time of the touch lies in the future; check the clock of the device.',
  },
  'touch-told-otherwise': {
    zh: '编号为 {touch} 的接触已经登记，内容不同；原记录不变，请以新的编号另行登记。',
    en: 'The touch {touch} is recorded already, and otherwise; it stays. Record this one under another number.',
  },
  'scope-without-refusal': {
    zh: '只有“拒绝”才有拒绝范围和免打扰日期，请去掉。',
    en: 'Only a refusal has a scope and a day before which nobody comes; leave them out.',
  },
  'refused-offer-missing': {
    zh: '只拒绝某一优惠时，须写明是哪一个。',
    en: 'Where one offer alone was refused, say which.',
  },
  'next-day-unfit': {
    zh: '下次联系日期须在本次接触之后、一年之内，请改正。',
    en: 'The next day has to be after the touch and within a year; correct it.',
  },
  'touch-closed': {
    zh: '现在不能联系该家庭：{becauseZh}。{opensZh}',
    en: 'The household is not to be contacted now: {becauseEn}. {opensEn}',
  },
} as const satisfies Sentences
