import { Input, Modal } from 'antd'
import { type ReactNode, useState } from 'react'
import type { Sentence } from '#contract/language.ts'
import { ActionButton } from './ActionButton.tsx'
import { useSay } from './language.ts'
import type { Action } from './may.ts'
import { ProblemNotice } from './ui/Notices.tsx'
import { COMMON } from './words.ts'

const WORDS = {
  approve: { zh: '批准', en: 'Approve' },
  decline: { zh: '驳回', en: 'Decline' },
} as const

/** What the second person of two says: approves or declines what somebody else has asked for. */
export function Decision(of: {
  needs: Action
  /** By which it is known. */
  number: string
  /** What follows from an approval. */
  about: Sentence
  /** What the note is for; it is asked of every decision, or has to be given when declining. */
  note: Sentence
  noteFor: 'both' | 'declining'
  /** Whether an approval cannot be taken back. */
  forGood?: boolean
  command: Readonly<{ isPending: boolean; error: Error | null }>
  onDecide: (decision: { approve: boolean; note: string }, done: () => void) => void
}): ReactNode {
  const say = useSay()
  const [approve, setApprove] = useState<boolean>()
  const [note, setNote] = useState('')
  const close = () => setApprove(undefined)
  const word = say(approve ? WORDS.approve : WORDS.decline)
  const asksNote = of.noteFor === 'both' || approve === false
  return (
    <>
      <ActionButton needs={of.needs} size="small" onClick={() => setApprove(true)}>
        {say(WORDS.approve)}
      </ActionButton>{' '}
      <ActionButton needs={of.needs} size="small" danger onClick={() => setApprove(false)}>
        {say(WORDS.decline)}
      </ActionButton>
      <Modal
        open={approve !== undefined}
        title={`${word} ${of.number}`}
        okText={word}
        cancelText={say(COMMON.cancel)}
        okButtonProps={{
          danger: of.forGood === true || approve === false,
          loading: of.command.isPending,
          disabled: of.noteFor === 'declining' && approve === false && note.trim() === '',
        }}
        onCancel={close}
        onOk={() => of.onDecide({ approve: approve === true, note: asksNote ? note : '' }, close)}
      >
        {approve && <p>{say(of.about)}</p>}
        {asksNote && (
          <Input.TextArea
            aria-label={say(of.note)}
            placeholder={say(of.note)}
            value={note}
            maxLength={400}
            showCount
            onChange={({ target }) => setNote(target.value)}
          />
        )}
        {of.command.error && <ProblemNotice sentence={of.command.error.message} />}
      </Modal>
    </>
  )
}
