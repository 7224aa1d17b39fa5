import type { Sentences } from '../language.ts'

export const FIELD_REFUSALS = {
  'device-unknown': {
    zh: '这台手机还没有登记（{device}），请在手机上重新登录。',
    en: 'This phone is not registered ({device}); sign in on it again.',
  },
  'device-wiped': {
    zh: '这台手机的清单已被远程清除（{device}），请清除本机清单后重新登录。未上传的结果会保留。',
    en: 'The list on this phone was wiped ({device}); forget it and sign in again. Results that are not delivered stay.',
  },
  'evidence-too-large': {
    zh: '照片超过 {limit}，请在手机上压缩后重新上传。',
    en: 'The photo is larger than {limit}; make it smaller on the phone and send it again.',
  },
  'evidence-not-an-image': {
    zh: '这不是 JPEG、PNG 或 WebP 照片，请重新拍照上传。',
    en: 'This is no JPEG, PNG or WebP picture; take the photo again and send that.',
  },
  'evidence-told-otherwise': {
    zh: '编号为 {evidence} 的照片已经上传，内容不同；原照片不变，请换一个编号上传。',
    en: 'There is another photo of the number {evidence}; it stays. Send this one under another number.',
  },
  'evidence-unknown': {
    zh: '这条结果没有编号为 {evidence} 的照片，或照片还没有上传。',
    en: 'The result has no photo of the number {evidence}, or it has not arrived yet.',
  },
  'evidence-gone': {
    zh: '照片已过保存期限或已按删除申请清除，只留编号。',
    en: 'The photo is kept no longer: its time was over, or it was erased. Its number stays.',
  },
  'evidence-damaged': {
    zh: '照片文件缺失或已损坏，请联系管理员从备份恢复。',
    en: 'The file of the photo is missing or damaged; ask an administrator to restore it from a backup.',
  },
  'result-unknown': {
    zh: '找不到走访结果 {result}。',
    en: 'There is no result {result} of a visit.',
  },
  'visit-days-unfit': {
    zh: '日期须从早到晚，且不超过 {days} 天。',
    en: 'The days run from an earlier to a later one, {days} at most.',
  },
  'visit-own': {
    zh: '不能核实自己的走访，请由他人核实。',
    en: 'Nobody judges a visit of their own; somebody else has to look at it.',
  },
  'item-unreadable': {
    zh: '这条结果无法解封（密封有误或密钥已更换），请在手机上重新登记。',
    en: 'This result cannot be opened: it is damaged, or the key it was sealed with is gone. Record it again on the phone.',
  },
  'item-malformed': {
    zh: '这条结果的内容不完整（{detail}），请在手机上改正后重新登记。',
    en: 'This result is not as it should be ({detail}); correct it on the phone and record it again.',
  },
  'item-told-otherwise': {
    zh: '编号为 {item} 的结果已经上传，内容不同；原结果不变，请以新的编号另行登记。',
    en: 'The result {item} was delivered before, and otherwise; it stays. Record this one under another number.',
  },
} as const satisfies Sentences
