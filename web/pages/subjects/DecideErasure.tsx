import { Input, Modal } from 'antd'
import { type ReactNode, useState } from 'react'
import { decideErasure, listErasures } from '#contract/subject.ts'
import { ActionButton } from '../../ActionButton.tsx'
import { useCommand } from '../../ask.ts'
import { useSay } from '../../language.ts'
import { ProblemNotice } from '../../ui/Notices.tsx'
import { COMMON } from '../../words.ts'

const WORDS = {
  approve: { zh: '批准', en: 'Approve' },
  decline: { zh: '驳回', en: 'Decline' },
  note: { zh: '答复用户的理由', en: 'What the person is told' },
  about: {
    zh: '批准后立即删除姓名、号码、证件、地址、备注等，不能恢复；账单等金额以用户编号保留。此前的备份不受影响。',
    en: 'Names, numbers, documents, addresses and notes are then erased at once and for good; amounts stay under the subscriber number. Earlier backups are not touched.',
  },
} as const

/** Approves or declines an erasure that somebody else has asked for. */
export function DecideErasure(of: {
  branchId: string
  erasureId: string
  number: string
}): ReactNode {
  const say = useSay()
  const [approve, setApprove] = useState<boolean>()
  const [note, setNote] = useState('')
  const decide = useCommand(decideErasure, {
    renews: [listErasures],
    onDone: () => setApprove(undefined),
  })
  const word = say(approve ? WORDS.approve : WORDS.decline)
  return (
    <>
      <ActionButton needs="subject:approve" size="small" onClick={() => setApprove(true)}>
        {say(WORDS.approve)}
      </ActionButton>{' '}
      <ActionButton needs="subject:approve" size="small" danger onClick={() => setApprove(false)}>
        {say(WORDS.decline)}
      </ActionButton>
      <Modal
        open={approve !== undefined}
        title={`${word} ${of.number}`}
        okText={word}
        cancelText={say(COMMON.cancel)}
        okButtonProps={{
          danger: true,
          loading: decide.isPending,
          disabled: approve === false && note.trim() === '',
        }}
        onCancel={() => setApprove(undefined)}
        onOk={() =>
          decide.mutate({
            params: { branchId: of.branchId, erasureId: of.erasureId },
            body: { approve: approve === true, note: approve ? '' : note },
          })
        }
      >
        {approve ? (
          <p>{say(WORDS.about)}</p>
        ) : (
          <Input.TextArea
            aria-label={say(WORDS.note)}
            placeholder={say(WORDS.note)}
            value={note}
            maxLength={400}
            onChange={({ target }) => setNote(target.value)}
          />
        )}
        {decide.error && <ProblemNotice sentence={decide.error.message} />}
      </Modal>
    </>
  )
}
