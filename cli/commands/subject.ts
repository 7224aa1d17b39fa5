import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { CliCommand } from '../call.ts'
import { order } from '../reach.ts'

export const subject: CliCommand = {
  summary: {
    zh: '导出某一用户在本系统中的全部信息（本人查询权）',
    en: 'Write down everything that is kept of one subscriber, for who asks',
  },
  usage: '--branch B --subscriber ID --out FILE',
  options: {
    branch: { type: 'string' },
    subscriber: { type: 'string' },
    out: { type: 'string' },
  },
  help: {
    branch: { zh: '县分公司编码', en: 'the county branch' },
    subscriber: { zh: '用户编号', en: 'the subscriber' },
    out: {
      zh: '写入的 JSON 文件（明文，仅本人可取）',
      en: 'the JSON file to write, in clear text',
    },
  },
  run: async (call) => {
    const file = resolve(call.required('out'))
    const found = await order(call, 'subject', {
      branch: call.required('branch'),
      subscriber: call.required('subscriber'),
    })
    await writeFile(file, `${JSON.stringify(found, null, 1)}\n`, { mode: 0o600, flag: 'wx' })
    const parts = ['extracts', 'contacts', 'consents', 'tasks', 'looked'] as const
    const counts = Object.fromEntries(
      parts.map((part) => [part, (found[part] as unknown[]).length]),
    )
    call.say({
      zh: `已写入 ${file}：${counts.extracts} 次数据、${counts.contacts} 次接触、${counts.consents} 条同意、${counts.tasks} 个任务、${counts.looked} 次查看`,
      en: `Wrote ${file}: ${counts.extracts} extracts, ${counts.contacts} contacts, ${counts.consents} consents, ${counts.tasks} tasks, ${counts.looked} acts about it`,
    })
    return { file, ...counts }
  },
}
