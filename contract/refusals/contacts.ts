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
} as const satisfies Sentences
