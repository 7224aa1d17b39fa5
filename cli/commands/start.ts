import { serve } from '../../server/main.ts'
import type { CliCall, CliCommand } from '../call.ts'
import { effectsOf } from '../reach.ts'

export const start: CliCommand = {
  summary: { zh: '启动服务', en: 'Serve the web app and the API' },
  usage: '',
  options: {},
  help: {},
  run: async (call) => {
    await using served = await serve({
      dataFolder: call.dataFolder,
      config: call.config,
      effects: effectsOf(call),
    })
    sayServing(call, served.url)
    await call.stopped
    return undefined
  },
}

export function sayServing(call: CliCall, url: string): void {
  call.say({
    zh: `守网已启动：${url}（Ctrl+C 停止）`,
    en: `Gridkeeper serves on ${url} (Ctrl+C stops it)`,
  })
}
