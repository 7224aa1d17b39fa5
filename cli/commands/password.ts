import type { CliCommand } from '../call.ts'
import { order } from '../reach.ts'

export const password: CliCommand = {
  summary: {
    zh: '为帐号设置初始密码并解锁（72 小时内有效，首次登录须修改）',
    en: 'Give an account a first password and unlock it (72 hours, changed at the first sign-in)',
  },
  usage: '--account A [--branch B] [--without-second-factor]',
  options: {
    account: { type: 'string' },
    branch: { type: 'string' },
    'without-second-factor': { type: 'boolean' },
  },
  help: {
    account: { zh: '登录帐号', en: 'the account' },
    branch: {
      zh: '县分公司编码：还没有管理员时，为它开立此管理员帐号',
      en: 'the county branch: opens the account for its first administrator if it has none',
    },
    'without-second-factor': {
      zh: '同时重置二次验证（手机和恢复码都丢失时）',
      en: 'take the second factor away as well: phone and recovery codes are lost',
    },
  },
  run: async (call) => {
    const result = await order(call, 'password', {
      account: call.required('account'),
      branch: call.option('branch') ?? null,
      withoutFactor: call.flag('without-second-factor'),
    })
    call.say({
      zh: `帐号 ${result.account} 的初始密码（只显示这一次，72 小时内登录并修改）：${result.password}`,
      en: `The first password of ${result.account}, shown only now, to be changed within 72 hours: ${result.password}`,
    })
    return result
  },
}
