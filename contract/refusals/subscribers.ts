import type { Sentences } from '../language.ts'

export const SUBSCRIBERS_REFUSALS = {
  'upload-too-large': {
    zh: '文件超过 {limit} 的上限，请改用命令行导入，或压缩为 gzip。',
    en: 'The file is over the limit of {limit}; import it with the command line, or gzip it.',
  },
  'upload-missing': {
    zh: '没有收到文件，请选择一个文件。',
    en: 'No file arrived; choose one.',
  },
  'upload-unknown': {
    zh: '找不到上传的文件 {upload}，请重新上传。',
    en: 'There is no upload {upload}; upload the file again.',
  },
  'profile-unknown': {
    zh: '找不到列映射方案 {profile}。',
    en: 'There is no profile {profile}.',
  },
  'profile-invalid': {
    zh: '列映射方案无效：{detail}。',
    en: 'The profile is not valid: {detail}.',
  },
  'import-unknown': {
    zh: '找不到导入记录 {import}。',
    en: 'There is no import {import}.',
  },
  'import-not-last': {
    zh: '{date} 之后还有导入，只能先撤回最近一次。',
    en: 'There is a later import than {date}; withdraw the latest first.',
  },
  'import-withdrawn': {
    zh: '该次导入已撤回。',
    en: 'This import is withdrawn already.',
  },
  'subscriber-unknown': {
    zh: '找不到用户 {subscriber}，或不在您的管理范围内。',
    en: 'There is no subscriber {subscriber} in your scope.',
  },
  'columns-missing': {
    zh: '{file} 缺少必需列：{missing}；文件中的列有：{found}。请补齐该列，或用方案指定对应的列。',
    en: '{file} lacks the required columns {missing}; it has {found}. Add them, or map them with a profile.',
  },
  'row-count-moved': {
    zh: '{file} 有 {rows} 行，上次为 {before} 行，变动 {share}% 超过 {limit}%。请核对文件；确认无误后填写原因强制导入。',
    en: '{file} has {rows} rows where the last had {before}: {share}% is over {limit}%. Check the file; force it with a reason if it is right.',
  },
  'date-differs': {
    zh: '{file} 第 {row} 行的账期是 {found}，与 --date {date} 不符，请核对日期或文件。',
    en: '{file}, row {row} says {found}, not --date {date}; check the date or the file.',
  },
} as const satisfies Sentences
