import { Input, Modal } from 'antd'
import { type ReactNode, useState } from 'react'
import { decideExport, listExports } from '#contract/exports.ts'
import { ActionButton } from '../../ActionButton.tsx'
import { useCommand } from '../../ask.ts'
import { useSay } from '../../language.ts'
import { ProblemNotice } from '../../ui/Notices.tsx'
import { COMMON } from '../../words.ts'

const WORDS = {
  approve: { zh: '批准', en: 'Approve' },
  decline: { zh: '驳回', en: 'Decline' },
  note: { zh: '意见', en: 'Note' },
  about: {
    zh: '批准后会生成含明文个人信息的文件。请确认用途和范围。',
    en: 'A file with personal data in clear text is then made. Make sure of what it is for.',
  },
} as const

/** Approves or declines what somebody else has asked for. */
export function Decide(of: { branchId: string; exportId: string; number: string }): ReactNode {
  const say = useSay()
  const [approve, setApprove] = useState<boolean>()
  const [note, setNote] = useState('')
  const decide = useCommand(decideExport, {
    renews: [listExports],
    onDone: () => setApprove(undefined),
  })
  const title = `${say(approve ? WORDS.approve : WORDS.decline)} ${of.number}`
  return (
    <>
      <ActionButton needs="export:approve" size="small" onClick={() => setApprove(true)}>
        {say(WORDS.approve)}
      </ActionButton>{' '}
      <ActionButton needs="export:approve" size="small" danger onClick={() => setApprove(false)}>
        {say(WORDS.decline)}
      </ActionButton>
      <Modal
        open={approve !== undefined}
        title={title}
        okText={say(approve ? WORDS.approve : WORDS.decline)}
        cancelText={say(COMMON.cancel)}
        okButtonProps={{ danger: approve === false, loading: decide.isPending }}
        onCancel={() => setApprove(undefined)}
        onOk={() =>
          decide.mutate({
            params: { branchId: of.branchId, exportId: of.exportId },
            body: { approve: approve === true, note },
          })
        }
      >
        {approve && <p>{say(WORDS.about)}</p>}
        <Input.TextArea
          aria-label={say(WORDS.note)}
          placeholder={say(WORDS.note)}
          value={note}
          maxLength={400}
          onChange={({ target }) => setNote(target.value)}
        />
        {decide.error && <ProblemNotice sentence={decide.error.message} />}
      </Modal>
    </>
  )
}
