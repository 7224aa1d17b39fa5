import type { ReactNode } from 'react'
import { decideErasure, listErasures } from '#contract/subject.ts'
import { useCommand } from '../../ask.ts'
import { Decision } from '../../Decision.tsx'

const WORDS = {
  note: { zh: '答复用户的理由', en: 'What the person is told' },
  about: {
    zh: '批准后立即删除姓名、号码、证件、地址、备注等，不能恢复；账单等金额以用户编号保留。此前的备份不受影响。',
    en: 'Names, numbers, documents, addresses and notes are then erased at once and for good; amounts stay under the subscriber number. Earlier backups are not touched.',
  },
} as const

/** Approves or declines an erasure that somebody else has asked for. */
export function DecideErasure({
  number,
  ...params
}: {
  branchId: string
  erasureId: string
  number: string
}): ReactNode {
  const command = useCommand(decideErasure, { renews: [listErasures] })
  return (
    <Decision
      {...WORDS}
      {...{ number, command, noteFor: 'declining', forGood: true }}
      needs="subject:approve"
      onDecide={(body, done) => command.mutate({ params, body }, { onSuccess: done })}
    />
  )
}
