import { readFile } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import type { z } from 'zod'
import { ImportKind, type ImportReport } from '#contract/imports.ts'
import { type CliCommand, UsageError } from '../call.ts'
import { order } from '../reach.ts'

export const importCommand: CliCommand = {
  summary: { zh: '导入数据文件', en: 'Import delivered files' },
  usage: 'FILE… --kind KIND --branch B --date D [--profile FILE] [--dry-run] [--force REASON]',
  options: {
    kind: { type: 'string' },
    branch: { type: 'string' },
    date: { type: 'string' },
    profile: { type: 'string' },
    'dry-run': { type: 'boolean' },
    force: { type: 'string' },
  },
  help: {
    kind: { zh: `文件种类：${ImportKind.options.join('、')}`, en: ImportKind.options.join(', ') },
    branch: { zh: '县分公司编码', en: 'the county branch' },
    date: { zh: '账期（数据日期）YYYY-MM-DD', en: 'the data date, YYYY-MM-DD' },
    profile: { zh: '列映射方案（YAML）', en: 'a mapping profile (YAML)' },
    'dry-run': { zh: '只检查，不入库', en: 'check everything, store nothing' },
    force: { zh: '行数变动过大时仍导入的原因', en: 'the reason to take a file whose size moved' },
  },
  run: async (call) => {
    if (call.words.length === 0)
      throw new UsageError({ zh: '请给出要导入的文件', en: 'Name the files to import' })
    const profile = call.option('profile')
    const report = (await order(call, 'import', {
      files: call.words.map((word) => resolve(word)),
      kind: kindOf(call.required('kind')),
      branch: call.required('branch'),
      date: call.required('date'),
      profile: profile ? { name: basename(profile), yaml: await readFile(profile, 'utf8') } : null,
      dryRun: call.flag('dry-run'),
      force: call.option('force') ?? null,
    })) as z.infer<typeof ImportReport>
    call.say(said(report))
    for (const { text } of report.warnings) call.say({ zh: `  ${text.zh}`, en: `  ${text.en}` })
    if (report.rejects)
      call.say({ zh: `退回行：${report.rejects}`, en: `Rejected rows: ${report.rejects}` })
    return report
  },
}

function kindOf(kind: string): ImportKind {
  const read = ImportKind.safeParse(kind)
  if (read.success) return read.data
  const known = ImportKind.options.join(', ')
  throw new UsageError({ zh: `没有种类“${kind}”：${known}`, en: `No kind “${kind}”: ${known}` })
}

const said = ({ rows, accepted, rejected, duplicates, changed }: z.infer<typeof ImportReport>) => ({
  zh: `${rows} 行 = 接受 ${accepted} + 退回 ${rejected} + 重复 ${duplicates}${changed ? '' : '；与上次相同，未作改动'}`,
  en: `${rows} rows = ${accepted} accepted + ${rejected} rejected + ${duplicates} duplicates${changed ? '' : '; the same as before, nothing changed'}`,
})
