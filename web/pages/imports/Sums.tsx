import type { ReactNode } from 'react'
import { countText } from '../../format/count.ts'
import { useSay } from '../../language.ts'
import css from './imports.module.css'

const WORDS = {
  rows: { zh: '文件 {count} 行', en: '{count} rows' },
  accepted: { zh: '接收 {count}', en: '{count} accepted' },
  rejected: { zh: '退回 {count}', en: '{count} rejected' },
  duplicates: { zh: '重复 {count}', en: '{count} duplicates' },
} as const

/** rows = accepted + rejected + duplicates, written as the sum that it is. */
export function Sums({ of }: { of: Readonly<Record<string, unknown>> }): ReactNode {
  const say = useSay()
  const parts = (['rows', 'accepted', 'rejected', 'duplicates'] as const).flatMap((name) => {
    const count = of[name]
    return typeof count === 'number' ? [say(WORDS[name], { count: countText(count) })] : []
  })
  const [rows, ...rest] = parts
  return (
    <p className={css.sums}>
      <b>{rows}</b> = {rest.join(' + ')}
    </p>
  )
}
