import type { Sentences } from '../language.ts'

export const CONTACTS_REFUSALS = {
  'contact-policy-too-loose': {
    zh: '“{settingZh}”不能设为 {wanted}：{levelZh}规定为 {limit}，只能更严。',
    en: '“{settingEn}” cannot be {wanted}: {levelEn} sets {limit}, and it may only be stricter.',
  },
} as const satisfies Sentences
