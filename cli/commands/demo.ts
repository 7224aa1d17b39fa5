import { DEMO_PASSWORD, type DemoAccount, openSampleCounty, SAMPLE } from '../../server/demo.ts'
import { serve } from '../../server/main.ts'
import type { CliCall, CliCommand } from '../call.ts'
import { effectsOf } from '../reach.ts'
import { sayServing } from './start.ts'

export const demo: CliCommand = {
  summary: { zh: '打开样例县并启动服务', en: 'Open the sample county and serve it' },
  usage: '',
  options: {},
  help: {},
  run: async (call) => {
    let accounts: DemoAccount[] = []
    call.say({
      zh: '正在打开样例县（栖霞市，约六万用户，姓名与号码均为虚构）……',
      en: 'Opening the sample county (栖霞市, about 60,000 subscribers, all of them made up) …',
    })
    await using served = await serve({
      dataFolder: call.dataFolder,
      config: call.config,
      effects: effectsOf(call),
      prepare: async (house) => {
        accounts = await openSampleCounty(house, call.watch, SAMPLE.households, { isLived: true })
      },
    })
    sayAccounts(call, accounts)
    sayServing(call, served.url)
    await call.stopped
    return undefined
  },
}

function sayAccounts(call: CliCall, accounts: readonly DemoAccount[]): void {
  call.say({
    zh: `演示帐号（密码均为 ${DEMO_PASSWORD}）：`,
    en: `Demonstration accounts (the password of all is ${DEMO_PASSWORD}):`,
  })
  for (const { account, name, zh, en } of accounts)
    call.say({
      zh: `  ${account.padEnd(12)} ${zh}（${name}）`,
      en: `  ${account.padEnd(12)} ${en} (${name})`,
    })
}
