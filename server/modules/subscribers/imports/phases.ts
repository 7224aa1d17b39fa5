import type { StageProgress } from '#platform/files/stage.ts'
import type { Watch } from '#platform/works.ts'

/** What an import is doing, as whoever waits for it reads: counted in rows, sealing in snapshots. */
export const PHASES = {
  reading: { zh: '读取文件', en: 'Reading the file' },
  converting: { zh: '转换与校验', en: 'Converting and checking' },
  snapshot: { zh: '写入快照', en: 'Writing the snapshot' },
  comparing: { zh: '与上次比较', en: 'Comparing with the last snapshot' },
  recording: { zh: '更新用户卡片并登记', en: 'Updating cards and recording' },
  sealing: { zh: '加密姓名和号码', en: 'Sealing names and numbers' },
  withdrawing: { zh: '撤回并恢复用户卡片', en: 'Withdrawing and restoring cards' },
  erasing: { zh: '删除个人信息', en: 'Erasing personal data' },
} as const

/** Rows read so far; the total is what the bytes left let expect. */
export function tellReading(watch: Watch, { bytes, totalBytes, rows }: StageProgress): void {
  const total = bytes > 0 ? Math.max(rows, Math.round((rows / bytes) * totalBytes)) : null
  watch.tell({ phase: PHASES.reading, done: rows, total })
}
