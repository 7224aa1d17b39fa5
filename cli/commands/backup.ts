import { resolve } from 'node:path'
import { type CliCommand, UsageError } from '../call.ts'
import { order } from '../reach.ts'

export const backup: CliCommand = {
  summary: { zh: '备份（服务不停）', en: 'Back everything up while it serves' },
  usage: 'FILE',
  options: {},
  help: {},
  run: async (call) => {
    const [file] = call.words
    if (!file) throw new UsageError({ zh: '请给出备份文件名', en: 'Name the file to write' })
    const result = await order(call, 'backup', { file: resolve(file) })
    const { tables, rows, files, bytes, leftOut } = result
    call.say({
      zh: `已备份：${tables} 张表 ${rows} 行，${files} 个数据文件，共 ${bytes} 字节`,
      en: `Backed up: ${tables} tables with ${rows} rows, ${files} files, ${bytes} bytes`,
    })
    if (Number(leftOut) > 0)
      call.say({
        zh: `${leftOut} 个报告或上传文件在备份期间已按期清除，未包含在内`,
        en: `Left out: ${leftOut} reports or uploads that were forgotten meanwhile`,
      })
    return result
  },
}
