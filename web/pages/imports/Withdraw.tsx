import { useQueryClient } from '@tanstack/react-query'
import { Input, Modal } from 'antd'
import { type ReactNode, useCallback, useState } from 'react'
import { listImports, readImport, withdrawImport } from '#contract/imports.ts'
import { ActionButton } from '../../ActionButton.tsx'
import { useCommand } from '../../ask.ts'
import { JobWatch } from '../../JobWatch.tsx'
import { useSay } from '../../language.ts'
import { ProblemNotice } from '../../ui/Notices.tsx'
import { COMMON } from '../../words.ts'

const WORDS = {
  withdraw: { zh: '撤回这次导入', en: 'Withdraw this import' },
  sure: {
    zh: '撤回后，用户数据回到这次导入之前的样子。',
    en: 'The base goes back to what it was before this import.',
  },
  reason: { zh: '撤回原因', en: 'Reason' },
  done: { zh: '该次导入已撤回。', en: 'This import is withdrawn already.' },
  replaced: {
    zh: '之后还有导入，只能先撤回最近一次。',
    en: 'There is a later import; withdraw the latest first.',
  },
} as const

/** Takes a bad day back, with a reason that stays in the history. */
export function Withdraw(of: {
  branchId: string
  importId: string
  state: 'current' | 'replaced' | 'withdrawn'
}): ReactNode {
  const say = useSay()
  const client = useQueryClient()
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const [over, setOver] = useState(false)
  const withdraw = useCommand(withdrawImport, {})
  const finished = useCallback(() => {
    setOpen(false)
    withdraw.reset()
    for (const { operationId } of [readImport, listImports])
      void client.invalidateQueries({ queryKey: [operationId] })
  }, [client, withdraw.reset])
  const blocked = { current: undefined, replaced: say(WORDS.replaced), withdrawn: say(WORDS.done) }
  return (
    <>
      <ActionButton needs="import:write" blocked={blocked[of.state]} onClick={() => setOpen(true)}>
        {say(WORDS.withdraw)}
      </ActionButton>
      <Modal
        open={open}
        title={say(WORDS.withdraw)}
        okText={say(WORDS.withdraw)}
        cancelText={say(COMMON.cancel)}
        onCancel={() => setOpen(false)}
        onOk={() => {
          setOver(false)
          withdraw.mutate({
            params: { branchId: of.branchId, importId: of.importId },
            body: { reason: reason.trim() },
          })
        }}
        okButtonProps={{
          danger: true,
          disabled: reason.trim().length < 2 || (withdraw.data !== undefined && !over),
          loading: withdraw.isPending,
        }}
      >
        <p>{say(WORDS.sure)}</p>
        <Input.TextArea
          aria-label={say(WORDS.reason)}
          placeholder={say(WORDS.reason)}
          value={reason}
          maxLength={400}
          onChange={({ target }) => setReason(target.value)}
        />
        {withdraw.error && <ProblemNotice sentence={withdraw.error.message} />}
        {withdraw.data && (
          <JobWatch
            key={withdraw.data.jobId}
            branchId={of.branchId}
            jobId={withdraw.data.jobId}
            done={finished}
            ended={() => setOver(true)}
          />
        )}
      </Modal>
    </>
  )
}
