import { statfs } from 'node:fs/promises'
import { z } from 'zod'
import { countUnreadable } from '#people'
import { keysInUse } from '../key-rotation.ts'
import { VERSION } from '../version.ts'
import { command } from './command.ts'

/** What is in force and what is wrong: versions, engine, folder, disk, unfinished work. */
export const doctor = command({
  input: z.strictObject({}),
  perform: async ({ works, ledger }) => {
    const disk = await statfs(works.folder.root)
    const freeMb = Math.floor((disk.bavail * disk.bsize) / 1024 ** 2)
    await using session = await works.lake.session()
    const [lake] = await session.rows<{ version: string }>('select version() as version')
    const roleProblem = await roleOf(ledger)
    const { keys } = works
    const unreadable = await works.run(works.system, (unit) => countUnreadable(unit, keys))
    const lost = (await keysInUse(works)).filter(({ id, held }) => id !== null && !held)
    const problems = [
      ...(freeMb < 1024 ? [FULL(freeMb)] : []),
      ...(roleProblem ? [roleProblem] : []),
      ...(unreadable > 0 ? [LOST(unreadable, keys.file)] : []),
      ...(lost.length > 0 ? [LOST_NAMES(lost, keys.file)] : []),
    ]
    return {
      version: VERSION,
      node: process.version,
      now: works.clock().toISOString(),
      data: works.folder.root,
      ledger: { engine: ledger.engine, version: ledger.version },
      lake: { engine: 'DuckDB', version: lake?.version ?? '' },
      disk: { freeMb },
      keys: { file: keys.file, id: keys.id },
      problems,
      healthy: problems.length === 0,
    }
  },
})

const FULL = (freeMb: number) => ({
  zh: `磁盘只剩 ${freeMb} MB，请清理空间。`,
  en: `Only ${freeMb} MB of disk are free; make room.`,
})

const LOST = (people: number, file: string) => ({
  zh: `有 ${people} 人的二次验证密钥无法读取：${file} 不是当时的密钥文件。请放回原文件，或逐人重置二次验证。`,
  en: `The second factors of ${people} people cannot be read: ${file} is not the key file of then. Put that back, or reset each of them.`,
})

const LOST_NAMES = (lost: readonly { id: string | null; snapshots: number }[], file: string) => {
  const ids = lost.map(({ id }) => id).join(', ')
  const snapshots = lost.reduce((sum, each) => sum + each.snapshots, 0)
  return {
    zh: `${snapshots} 个快照的姓名和号码由密钥 ${ids} 加密，而 ${file} 中没有它。请放回原文件；下一次导入会用当前密钥重新加密。`,
    en: `The names and numbers of ${snapshots} snapshots were sealed under the key ${ids}, which ${file} does not hold. Put that file back; the next import seals by the key of now.`,
  }
}

/** Who serves must own nothing: an owner would pass the row policies. */
async function roleOf({ owner, serving }: { owner: Asks; serving: Asks }) {
  const [one, other] = await Promise.all([owner.query(WHO), serving.query(WHO)])
  if (one.rows[0]?.name !== other.rows[0]?.name) return undefined
  return {
    zh: '服务与建表使用同一数据库帐号；请设置 DATABASE_LOGIN_URL 为 gridkeeper_login。',
    en: 'One database account both owns and serves; set DATABASE_LOGIN_URL to gridkeeper_login.',
  }
}
const WHO = 'select session_user::text as name'
type Asks = { query(text: string): Promise<{ rows: { name?: string }[] }> }
