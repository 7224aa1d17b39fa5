/** The words of consents, by their codes. */
export const SUBJECTS = {
  marketing: { zh: '营销接触', en: 'Marketing' },
  personalisation: { zh: '个性化推荐', en: 'Personalised offers' },
  'port-out': { zh: '携号转网', en: 'Port-out' },
} as const

export const SCOPES = {
  all: { zh: '全部渠道', en: 'every channel' },
  sms: { zh: '短信', en: 'messages' },
  call: { zh: '外呼', en: 'calls' },
} as const

/** What a yes and a no mean of each subject. */
export const ANSWERS = {
  marketing: { yes: { zh: '同意', en: 'agrees' }, no: { zh: '拒收', en: 'opts out' } },
  personalisation: {
    yes: { zh: '同意', en: 'agrees' },
    no: { zh: '不要个性化推荐', en: 'wants none' },
  },
  'port-out': {
    yes: { zh: '要求携出', en: 'asks to leave with the number' },
    no: { zh: '撤回携出申请', en: 'takes the request back' },
  },
} as const

export const PROOFS = {
  recording: { zh: '录音', en: 'Recording' },
  signature: { zh: '签名', en: 'Signature' },
  message: { zh: '短信', en: 'Message' },
  form: { zh: '表单', en: 'Form' },
  system: { zh: '系统记录', en: 'System record' },
} as const
