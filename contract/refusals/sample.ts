import type { Sentences } from '../language.ts'

export const SAMPLE_REFUSALS = {
  'unknown-branch': {
    zh: '没有分公司 {branch} 的行政区划资料；samples/places 目录中有资料的县才能生成示例县。',
    en: 'There is no place data for branch {branch}; a sample county needs a file in samples/places.',
  },
  'sample-households': {
    zh: '示例县的户数须为 {least} 至 {most} 之间的整数，收到的是 {households}。',
    en: 'A sample county has between {least} and {most} households, a whole number; got {households}.',
  },
  'sample-seed': {
    zh: '种子须为 0 至 4294967295 之间的整数，收到的是 {seed}。',
    en: 'The seed is a whole number from 0 to 4294967295; got {seed}.',
  },
  'sample-date': {
    zh: '数据日期须写作 YYYY-MM-DD，并在 {first} 至 {last} 之间，收到的是 {date}。',
    en: 'The data date is written YYYY-MM-DD and lies between {first} and {last}; got {date}.',
  },
} as const satisfies Sentences
