import { resolve } from 'node:path'
import { generateCounty } from '../../server/sample/index.ts'
import { type CliCommand, UsageError } from '../call.ts'

export const generate: CliCommand = {
  summary: { zh: '生成一个样例县', en: 'Make a synthetic county' },
  usage: '--branch B --households N --seed S --date D --out DIR',
  options: {
    branch: { type: 'string' },
    households: { type: 'string' },
    seed: { type: 'string' },
    date: { type: 'string' },
    out: { type: 'string' },
  },
  help: {
    branch: {
      zh: '县分公司编码（样例县为 370686）',
      en: 'the county branch (the sample is 370686)',
    },
    households: { zh: '户数', en: 'how many households' },
    seed: { zh: '随机种子：同一种子生成同样的文件', en: 'the seed: the same seed, the same files' },
    date: { zh: '数据日期 YYYY-MM-DD', en: 'the data date, YYYY-MM-DD' },
    out: { zh: '输出目录', en: 'the folder to write to' },
  },
  run: async (call) => {
    const phase = { zh: '生成样例县', en: 'Making the county' }
    const out = resolve(call.required('out'))
    const { files } = await generateCounty({
      branchId: call.required('branch'),
      households: whole(call.required('households'), 'households'),
      seed: whole(call.required('seed'), 'seed'),
      date: call.required('date'),
      out,
      progress: (done, total) => call.watch.tell({ phase, done, total }),
    })
    for (const { name, rows } of files)
      call.say({ zh: `${name}：${rows} 行`, en: `${name}: ${rows} rows` })
    return { out, files }
  },
}

function whole(text: string, name: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw new UsageError({ zh: `--${name} 应为整数：${text}`, en: `--${name} is a number: ${text}` })
}
