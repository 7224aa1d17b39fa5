import type { CliCommand } from '../call.ts'
import { order } from '../reach.ts'

export const doctor: CliCommand = {
  summary: { zh: '检查安装与配置', en: 'Tell what is in force and what is wrong' },
  usage: '',
  options: {},
  help: {},
  run: async (call) => {
    const found = await order(call, 'doctor', {})
    const result = { ...found, config: configOf(call.config) }
    if (!call.json)
      call.say({ zh: JSON.stringify(result, null, 2), en: JSON.stringify(result, null, 2) })
    return result
  },
}

/** The configuration in force; secrets print as `***`. */
function configOf(config: object): Record<string, unknown> {
  return JSON.parse(JSON.stringify(config)) as Record<string, unknown>
}
