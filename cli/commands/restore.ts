import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { restoreBackup } from '../../server/backup/restore-backup.ts'
import { type CliCommand, UsageError } from '../call.ts'

export const restore: CliCommand = {
  summary: { zh: '把备份恢复到空的数据目录', en: 'Restore a backup into an empty data folder' },
  usage: 'FILE --data DIR',
  options: {},
  help: {},
  run: async (call) => {
    const [file] = call.words
    if (!file || !existsSync(file))
      throw new UsageError({ zh: '请给出备份文件', en: 'Name the backup to restore' })
    const result = await restoreBackup(resolve(file), call.dataFolder, call.config, call.watch)
    const { tables, rows, files, keyFile, unreadable } = result
    call.say({
      zh: `已恢复：${tables} 张表 ${rows} 行，${files} 个数据文件`,
      en: `Restored: ${tables} tables with ${rows} rows, ${files} files`,
    })
    call.say({
      zh: `密钥不在备份中。启动前请把原来的密钥文件放到 ${keyFile}（权限 600）。${unreadable > 0 ? `否则有 ${unreadable} 人须由管理员重置二次验证。` : ''}没有它，姓名和号码也无法读取。`,
      en: `Keys are in no backup. Put the key file of before at ${keyFile} (mode 600) before you start.${unreadable > 0 ? ` Without it the second factors of ${unreadable} people have to be reset.` : ''} Names and numbers cannot be read without it.`,
    })
    return result
  },
}
