import type { ReactNode } from 'react'
import { decideExport, listExports } from '#contract/exports.ts'
import { useCommand } from '../../ask.ts'
import { Decision } from '../../Decision.tsx'

const WORDS = {
  note: { zh: '意见', en: 'Note' },
  about: {
    zh: '批准后会生成含明文个人信息的文件。请确认用途和范围。',
    en: 'A file with personal data in clear text is then made. Make sure of what it is for.',
  },
} as const

/** Approves or declines an export that somebody else has asked for. */
export function Decide({
  number,
  ...params
}: {
  branchId: string
  exportId: string
  number: string
}): ReactNode {
  const command = useCommand(decideExport, { renews: [listExports] })
  return (
    <Decision
      {...WORDS}
      {...{ number, command, noteFor: 'both' }}
      needs="export:approve"
      onDecide={(body, done) => command.mutate({ params, body }, { onSuccess: done })}
    />
  )
}
