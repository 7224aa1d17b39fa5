import type { Sentences } from '../language.ts'

/** Refusals that any call may meet, whatever the module. */
export const PLATFORM_REFUSALS = {
  'malformed-request': {
    zh: '请求格式不正确：{detail}。请按提示修改后重试。',
    en: 'The request is malformed: {detail}. Correct it and try again.',
  },
  'no-such-address': {
    zh: '地址 {path} 不存在，请检查链接。',
    en: 'There is nothing at {path}; check the link.',
  },
  'body-too-large': {
    zh: '内容超过 {limit} 的上限，请改用命令行或分批提交。',
    en: 'The content is over the limit of {limit}; use the command line or send it in parts.',
  },
  'key-reused': {
    zh: '同一幂等键已用于内容不同的请求，请换一个新的键。',
    en: 'This idempotency key was used for another request; use a new key.',
  },
  'folder-owned': {
    zh: '数据目录 {folder} 正由进程 {pid} 使用；请先停止它，或通过它办理。',
    en: 'The data folder {folder} is in use by process {pid}; stop it first, or work through it.',
  },
} as const satisfies Sentences
