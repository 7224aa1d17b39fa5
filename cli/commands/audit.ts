import { resolve } from 'node:path'
import { Refusal } from '#platform/refusal.ts'
import { type CliCommand, UsageError } from '../call.ts'
import { order } from '../reach.ts'

export const audit: CliCommand = {
  summary: {
    zh: '核对审计日志：是否有记录被改动、删除或插入',
    en: 'Check the audit trail: was any entry altered, removed or inserted?',
  },
  usage: 'verify [--against FILE]',
  options: { against: { type: 'string' } },
  help: {
    against: {
      zh: '与另存的副本（GRIDKEEPER_AUDIT_FILE 写出）逐条比对',
      en: 'compare with the copy kept outside, as GRIDKEEPER_AUDIT_FILE wrote it',
    },
  },
  run: async (call) => {
    if (call.words.length !== 1 || call.words[0] !== 'verify')
      throw new UsageError({ zh: '用法：audit verify', en: 'Usage: audit verify' })
    const against = call.option('against')
    const result = (await order(call, 'auditVerify', {
      against: against === undefined ? null : resolve(against),
    })) as Verified
    const [first] = result.faults
    if (first)
      throw new Refusal('conflict', 'audit-broken', {
        ...{ count: result.faults.length, chain: first.chain || '-' },
        ...{ seq: first.seq, fault: first.fault },
      })
    call.say({
      zh: `审计日志完好：${result.chains.length} 条链，${result.entries} 条记录，与副本比对 ${result.compared} 条`,
      en: `The audit trail is sound: ${result.chains.length} chains, ${result.entries} entries, ${result.compared} compared with the copy`,
    })
    return result
  },
}

type Verified = Record<string, unknown> & {
  chains: readonly unknown[]
  entries: number
  compared: number
  faults: readonly { chain: string; seq: number; fault: string }[]
}
