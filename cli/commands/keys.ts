import { type CliCommand, UsageError } from '../call.ts'
import { order } from '../reach.ts'

const TASKS = ['show', 'rotate', 'seal']

export const keys: CliCommand = {
  summary: {
    zh: '加密密钥：查看、轮换，或用当前密钥重新加密',
    en: 'The keys of what is sealed: show them, make a new one, seal anew',
  },
  usage: 'show | rotate | seal',
  options: {},
  help: {},
  run: async (call) => {
    const [task = ''] = call.words
    if (call.words.length !== 1 || !TASKS.includes(task))
      throw new UsageError({
        zh: '用法：keys show（查看）、keys rotate（新建密钥并重新加密）、keys seal（继续未完成的重新加密）',
        en: 'Usage: keys show, keys rotate (a new key, everything sealed anew), keys seal (go on where that was cut short)',
      })
    const result = (await order(call, 'keys', { task })) as Result
    if (result.key)
      call.say({
        zh: `已用密钥 ${result.key} 重新加密：${result.snapshots} 个快照、${result.texts} 条其他密文。请备份 ${result.file}`,
        en: `Sealed anew under the key ${result.key}: ${result.snapshots} snapshots, ${result.texts} other texts. Keep a copy of ${result.file}`,
      })
    for (const file of result.left ?? [])
      call.say({
        zh: `未能加密（文件损坏或密钥缺失）：${file}`,
        en: `Not sealed, damaged or under a key that is missing: ${file}`,
      })
    for (const each of result.keys) call.say(lineOf(each))
    return result
  },
}

type Key = Readonly<{ id: string | null; held: boolean; sealsNow: boolean; snapshots: number }>
type Result = Record<string, unknown> &
  Readonly<{
    file: string
    key?: string
    texts?: number
    snapshots?: number
    left?: readonly string[]
    keys: readonly Key[]
  }>

function lineOf({ id, held, sealsNow, snapshots }: Key) {
  if (id === null)
    return {
      zh: `未加密：${snapshots} 个快照，运行 keys seal`,
      en: `in clear text: ${snapshots} snapshots; run keys seal`,
    }
  const state = sealsNow
    ? { zh: '当前', en: 'seals now' }
    : held
      ? { zh: '保留，供备份使用', en: 'kept for backups' }
      : { zh: '缺失', en: 'missing' }
  return {
    zh: `${id}（${state.zh}）：${snapshots} 个快照`,
    en: `${id} (${state.en}): ${snapshots} snapshots`,
  }
}
