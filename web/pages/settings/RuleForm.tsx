import { Form } from 'antd'
import type { ReactNode } from 'react'
import { ActionButton } from '../../ActionButton.tsx'
import { useSay } from '../../language.ts'
import { ProblemNotice } from '../../ui/Notices.tsx'
import { COMMON } from '../../words.ts'

/** The form of a rule with its fields: filled with what is in force, sent to those who save. */
export function RuleForm<Of extends object>(of: {
  inForce: Of
  save: { error: Error | null; isPending: boolean }
  send: (rule: Of) => void
  children: ReactNode
}): ReactNode {
  const say = useSay()
  return (
    <Form<Of>
      key={JSON.stringify(of.inForce)}
      layout="vertical"
      style={{ maxWidth: 480 }}
      requiredMark={false}
      initialValues={of.inForce}
      onFinish={of.send}
    >
      {of.save.error && <ProblemNotice sentence={of.save.error.message} />}
      {of.children}
      <ActionButton
        needs="settings:write"
        type="primary"
        htmlType="submit"
        loading={of.save.isPending}
      >
        {say(COMMON.save)}
      </ActionButton>
    </Form>
  )
}
