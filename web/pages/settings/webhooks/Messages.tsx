import { getRouteApi } from '@tanstack/react-router'
import { Drawer } from 'antd'
import { type ReactNode, useState } from 'react'
import {
  listDeliveries,
  type listWebhooks,
  resendDelivery,
  WEBHOOK_EVENTS,
} from '#contract/webhooks.ts'
import { ActionButton } from '../../../ActionButton.tsx'
import { Refused } from '../../../Asked.tsx'
import type { Answer } from '../../../api.ts'
import { useAnswer, useCommand } from '../../../ask.ts'
import { countText } from '../../../format/count.ts'
import { instantText } from '../../../format/day.ts'
import { useLanguage, useSay } from '../../../language.ts'
import { usePaging } from '../../../paging.ts'
import { DataTable } from '../../../ui/DataTable.tsx'
import { EmptyState, Mark, ProblemNotice, type Tone } from '../../../ui/Notices.tsx'
import { Acts } from './Acts.tsx'
import { WebhookForm } from './WebhookForm.tsx'
import css from './webhooks.module.css'

const WORDS = {
  messages: { zh: '最近的消息（保存 30 天）', en: 'Messages, kept for 30 days' },
  happened: { zh: '发生时间', en: 'Happened' },
  event: { zh: '事件', en: 'Event' },
  state: { zh: '状态', en: 'State' },
  outcome: { zh: '最近一次', en: 'Last attempt' },
  attempts: { zh: '次数', en: 'Attempts' },
  next: { zh: '下次', en: 'Next' },
  again: { zh: '再发', en: 'Send again' },
  againNamed: { zh: '再次发送 {event}', en: 'Send {event} again' },
  none: { zh: '还没有消息', en: 'There is no message yet' },
  noneStep: {
    zh: '勾选的事件发生时会出现在这里；可先发一条测试消息。',
    en: 'They appear when something happens; a test message can be sent before.',
  },
} as const

const STATES = {
  waiting: { zh: '待发', en: 'Waiting' },
  delivered: { zh: '已送达', en: 'Delivered' },
  failed: { zh: '未送达', en: 'Not delivered' },
} as const
const TONES: Readonly<Record<keyof typeof STATES, Tone>> = {
  waiting: 'soon',
  delivered: 'good',
  failed: 'late',
}
const RENEWED_EVERY_MS = 3_000

type Webhook = Answer<typeof listWebhooks>['webhooks'][number]
const route = getRouteApi('/console/settings/webhooks')

/** One webhook: what can be done with it, and what it was sent. */
export function Messages({ of, close }: { of: Webhook | undefined; close: () => void }): ReactNode {
  const [editing, setEditing] = useState(false)
  return (
    <Drawer
      open={of !== undefined}
      onClose={() => {
        setEditing(false)
        close()
      }}
      size={880}
      title={of?.name}
      destroyOnHidden
      mask={{ closable: !editing }}
    >
      {of && editing && <WebhookForm known={of} done={() => setEditing(false)} />}
      {of && !editing && (
        <>
          <Acts of={of} edit={() => setEditing(true)} ended={close} />
          <List webhookId={of.webhookId} />
        </>
      )}
    </Drawer>
  )
}

function List({ webhookId }: { webhookId: string }): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const go = route.useNavigate()
  const { cursor, page } = route.useSearch()
  const list = useAnswer(
    listDeliveries,
    { params: { webhookId }, query: { cursor, limit: 20 } },
    { every: () => RENEWED_EVERY_MS },
  )
  const again = useCommand(resendDelivery, { renews: [listDeliveries] })
  const paging = usePaging(
    `deliveries ${webhookId}`,
    { cursor, page },
    list.data,
    (step) => void go({ search: (before) => ({ ...before, ...step }) }),
  )
  const when = (instant: string | null) => (instant === null ? '–' : instantText(instant, language))
  return (
    <section aria-label={say(WORDS.messages)}>
      <h3 className={css.heading}>{say(WORDS.messages)}</h3>
      {again.error && <ProblemNotice sentence={again.error.message} />}
      <Refused of={list}>
        <DataTable
          name={say(WORDS.messages)}
          rows={list.data?.rows}
          keyOf={({ eventId }) => eventId}
          paging={paging}
          cards
          empty={<EmptyState title={say(WORDS.none)} step={say(WORDS.noneStep)} />}
          columns={[
            {
              id: 'state',
              title: say(WORDS.state),
              nowrap: true,
              render: ({ state }) => <Mark tone={TONES[state]}>{say(STATES[state])}</Mark>,
            },
            {
              id: 'outcome',
              title: say(WORDS.outcome),
              width: 160,
              render: ({ outcome, lastAt }) =>
                outcome === null ? '–' : `${say(outcome)} · ${when(lastAt)}`,
            },
            {
              id: 'event',
              title: say(WORDS.event),
              width: 120,
              render: ({ kind }) => say(WEBHOOK_EVENTS[kind].name),
            },
            {
              id: 'happened',
              title: say(WORDS.happened),
              nowrap: true,
              render: ({ happenedAt }) => when(happenedAt),
            },
            {
              id: 'attempts',
              title: say(WORDS.attempts),
              numeric: true,
              render: ({ attempts }) => countText(attempts),
            },
            {
              id: 'next',
              title: say(WORDS.next),
              nowrap: true,
              render: ({ nextAt }) => when(nextAt),
            },
            {
              id: 'again',
              title: '',
              nowrap: true,
              render: ({ eventId, kind }) => (
                <ActionButton
                  needs="webhook:write"
                  size="small"
                  aria-label={say(WORDS.againNamed, { event: say(WEBHOOK_EVENTS[kind].name) })}
                  onClick={() => again.mutate({ params: { webhookId, eventId } })}
                >
                  {say(WORDS.again)}
                </ActionButton>
              ),
            },
          ]}
        />
      </Refused>
    </section>
  )
}
