import { Popconfirm } from 'antd'
import type { ReactNode } from 'react'
import {
  deleteWebhook,
  listDeliveries,
  listWebhooks,
  pauseWebhook,
  renewWebhookSecret,
  resumeWebhook,
  testWebhook,
} from '#contract/webhooks.ts'
import { ActionButton } from '../../../ActionButton.tsx'
import type { Answer } from '../../../api.ts'
import { useCommand } from '../../../ask.ts'
import { useSay } from '../../../language.ts'
import { ProblemNotice, Warnings } from '../../../ui/Notices.tsx'
import { ShownOnce } from '../ShownOnce.tsx'
import css from './webhooks.module.css'

const WORDS = {
  test: { zh: '发送测试消息', en: 'Send a test message' },
  tested: { zh: '测试消息：{outcome}', en: 'Test message: {outcome}' },
  pause: { zh: '暂停', en: 'Pause' },
  resume: { zh: '恢复推送', en: 'Let it go on' },
  edit: { zh: '修改', en: 'Change' },
  renew: { zh: '更换密钥', en: 'Renew the secret' },
  renewSure: {
    zh: '新密钥只显示一次；旧密钥再并用 24 小时，请在此期间让对方换好。',
    en: 'The new one is shown once. The old one signs along for 24 hours: the receiver changes over meanwhile.',
  },
  renewed: { zh: '新的签名密钥', en: 'The new signing secret' },
  once: {
    zh: '只显示这一次：请立即交给对方系统保管。',
    en: 'Shown this once: give it to the other system now.',
  },
  cancel: { zh: '不更换', en: 'Keep the old one' },
  remove: { zh: '删除', en: 'Delete' },
  sure: {
    zh: '未送达的消息也会一起删除，签名密钥作废。',
    en: 'Messages that were not delivered go with it; its secret ends.',
  },
  keep: { zh: '不删除', en: 'Keep it' },
  standing: { zh: '状态', en: 'State' },
  paused: {
    zh: '已暂停：期间发生的事保留 30 天，恢复后补发。',
    en: 'Paused: what happens meanwhile is kept for 30 days and sent once it goes on.',
  },
  disabled: {
    zh: '已停用，不再自动重试。原因：{because}。请与对方确认后恢复，积压的消息会补发。',
    en: 'Given up: {because}. Settle it with the receiver, then let it go on: what waited is sent.',
  },
} as const

type Webhook = Answer<typeof listWebhooks>['webhooks'][number]

/** What can be done with a webhook, and what came of a test. */
export function Acts({
  of,
  edit,
  ended,
}: {
  of: Webhook
  edit: () => void
  ended: () => void
}): ReactNode {
  const say = useSay()
  const renews = [listWebhooks, listDeliveries]
  const test = useCommand(testWebhook, {})
  const pause = useCommand(pauseWebhook, { renews })
  const resume = useCommand(resumeWebhook, { renews })
  const renew = useCommand(renewWebhookSecret, {})
  const remove = useCommand(deleteWebhook, { renews: [listWebhooks], onDone: ended })
  const asked = { params: { webhookId: of.webhookId } }
  const problem = test.error ?? pause.error ?? resume.error ?? renew.error ?? remove.error
  if (renew.data)
    return (
      <ShownOnce
        name={say(WORDS.renewed)}
        what={say(WORDS.once)}
        secret={renew.data.secret}
        done={renew.reset}
      />
    )
  return (
    <>
      {problem && <ProblemNotice sentence={problem.message} />}
      <Warnings
        name={say(WORDS.standing)}
        lines={[
          ...(of.state === 'paused' ? [say(WORDS.paused)] : []),
          ...(of.because ? [say(WORDS.disabled, { because: say(of.because) })] : []),
        ]}
      />
      <div className={css.acts}>
        <ActionButton
          needs="webhook:write"
          type="primary"
          loading={test.isPending}
          onClick={() => test.mutate(asked)}
        >
          {say(WORDS.test)}
        </ActionButton>
        {of.state === 'active' ? (
          <ActionButton needs="webhook:write" onClick={() => pause.mutate(asked)}>
            {say(WORDS.pause)}
          </ActionButton>
        ) : (
          <ActionButton needs="webhook:write" onClick={() => resume.mutate(asked)}>
            {say(WORDS.resume)}
          </ActionButton>
        )}
        <ActionButton needs="webhook:write" onClick={edit}>
          {say(WORDS.edit)}
        </ActionButton>
        <Popconfirm
          title={say(WORDS.renew)}
          description={say(WORDS.renewSure)}
          okText={say(WORDS.renew)}
          cancelText={say(WORDS.cancel)}
          onConfirm={() => renew.mutate(asked)}
        >
          <ActionButton needs="webhook:write">{say(WORDS.renew)}</ActionButton>
        </Popconfirm>
        <Popconfirm
          title={`${say(WORDS.remove)} ${of.name}`}
          description={say(WORDS.sure)}
          okText={say(WORDS.remove)}
          okButtonProps={{ danger: true }}
          cancelText={say(WORDS.keep)}
          onConfirm={() => remove.mutate(asked)}
        >
          <ActionButton needs="webhook:write" danger>
            {say(WORDS.remove)}
          </ActionButton>
        </Popconfirm>
      </div>
      {test.data && (
        <p role="status" className={css.outcome} data-delivered={test.data.delivered}>
          {say(WORDS.tested, { outcome: say(test.data.outcome) })}
        </p>
      )}
    </>
  )
}
