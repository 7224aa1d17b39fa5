import { Button, Form, Modal } from 'antd'
import { type ReactNode, useState } from 'react'
import { connectCall } from '#contract/personal.ts'
import { useCommand } from '../../ask.ts'
import { useSay } from '../../language.ts'
import { ProblemNotice } from '../../ui/Notices.tsx'
import { COMMON } from '../../words.ts'
import { Purpose, type Why } from './Purpose.tsx'

const WORDS = {
  call: { zh: '呼叫', en: 'Call' },
  about: {
    zh: '话务平台先呼叫您的分机，再呼叫用户；您看不到号码。每次呼叫都记入审计日志。',
    en: 'The call platform rings your extension first, then the subscriber; you do not see the number. Each call is audited.',
  },
  ringing: { zh: '正在接通，请接听您的分机。', en: 'Ringing: answer your extension.' },
} as const

const NONE: Why = { purpose: undefined, note: '' }

/** Asks for the purpose, then has the call platform connect whoever asks with the subscriber. */
export function Call(of: { branchId: string; subscriberId: string }): ReactNode {
  const say = useSay()
  const [open, setOpen] = useState(false)
  const [why, setWhy] = useState(NONE)
  const connect = useCommand(connectCall, { onDone: () => setOpen(false) })
  const { purpose, note } = why
  const begin = () => {
    connect.reset()
    setWhy(NONE)
    setOpen(true)
  }
  return (
    <>
      <Button size="small" onClick={begin}>
        {say(WORDS.call)}
      </Button>
      {connect.isSuccess && <span role="status"> {say(WORDS.ringing)}</span>}
      <Modal
        open={open}
        title={say(WORDS.call)}
        okText={say(WORDS.call)}
        cancelText={say(COMMON.cancel)}
        okButtonProps={{ loading: connect.isPending, disabled: purpose === undefined }}
        onCancel={() => setOpen(false)}
        onOk={() => purpose && connect.mutate({ params: of, body: { purpose, note } })}
      >
        <p>{say(WORDS.about)}</p>
        <Form layout="vertical" requiredMark={false}>
          <Purpose why={why} change={setWhy} />
        </Form>
        {connect.error && <ProblemNotice sentence={connect.error.message} />}
      </Modal>
    </>
  )
}
