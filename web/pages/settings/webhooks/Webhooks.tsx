import { getRouteApi } from '@tanstack/react-router'
import { Button, Drawer } from 'antd'
import { type ReactNode, useState } from 'react'
import { listWebhooks, WEBHOOK_EVENTS } from '#contract/webhooks.ts'
import { ActionButton } from '../../../ActionButton.tsx'
import { Refused } from '../../../Asked.tsx'
import type { Answer } from '../../../api.ts'
import { useAnswer } from '../../../ask.ts'
import { countText } from '../../../format/count.ts'
import { instantText } from '../../../format/day.ts'
import { type Say, useLanguage, useSay } from '../../../language.ts'
import { useMay } from '../../../may.ts'
import { WhoCell } from '../../../RecordsPage.tsx'
import { type Column, DataTable } from '../../../ui/DataTable.tsx'
import { EmptyState, Mark, type Tone } from '../../../ui/Notices.tsx'
import { PageTitle } from '../../../ui/PageTitle.tsx'
import { Messages } from './Messages.tsx'
import { WebhookForm } from './WebhookForm.tsx'
import css from './webhooks.module.css'

const WORDS = {
  title: { zh: '事件推送', en: 'Webhooks' },
  note: {
    zh: '发生的事及时告诉其他系统；消息带签名，只含编号和数量。',
    en: 'Other systems are told what happens, signed, in ids and counts alone.',
  },
  add: { zh: '添加推送', en: 'Add a webhook' },
  name: { zh: '对方系统', en: 'Who is told' },
  state: { zh: '状态', en: 'State' },
  unit: { zh: '范围', en: 'Of' },
  kinds: { zh: '事件', en: 'Events' },
  latest: { zh: '最近送达', en: 'Last delivered' },
  never: { zh: '从未送达', en: 'Never' },
  waiting: { zh: '待发', en: 'Waiting' },
  behind: { zh: '有积压', en: 'Behind' },
  made: { zh: '添加', en: 'Added' },
  open: { zh: '查看', en: 'Open' },
  openNamed: { zh: '查看“{name}”的推送', en: 'Open “{name}”' },
  none: { zh: '还没有事件推送', en: 'Nobody outside is told anything' },
  noneStep: {
    zh: '需要让工单、短信等系统及时得知计划发布、导入完成时，在这里添加。',
    en: 'Add one where another system should hear of a published plan or a finished import.',
  },
  closed: { zh: '您的岗位不能设置事件推送', en: 'Your role does not set up webhooks' },
  closedStep: { zh: '请联系分公司系统管理员。', en: 'Ask the administrator of the branch.' },
} as const

const STATES = {
  active: { zh: '正常', en: 'Active' },
  paused: { zh: '已暂停', en: 'Paused' },
  disabled: { zh: '已停用', en: 'Given up' },
} as const
const TONES: Readonly<Record<keyof typeof STATES, Tone>> = {
  active: 'good',
  paused: 'soon',
  disabled: 'late',
}
const RENEWED_EVERY_MS = 5_000

type Webhook = Answer<typeof listWebhooks>['webhooks'][number]
const route = getRouteApi('/console/settings/webhooks')

/** Who outside is told what, whether it arrives, and the way to stop it. */
export function Webhooks(): ReactNode {
  const say = useSay()
  const may = useMay('webhook:write')
  if (may) return <Kept />
  return (
    <>
      <PageTitle title={say(WORDS.title)} asOf={say(WORDS.note)} />
      <EmptyState title={say(WORDS.closed)} step={say(WORDS.closedStep)} />
    </>
  )
}

function Kept(): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const go = route.useNavigate()
  const { webhook: chosen } = route.useSearch()
  const [adding, setAdding] = useState(false)
  const list = useAnswer(listWebhooks, {}, { every: () => RENEWED_EVERY_MS })
  const webhooks = list.data?.webhooks
  const open = (webhookId: string | undefined) =>
    void go({ search: { webhook: webhookId, cursor: undefined, page: undefined } })
  const add = (
    <ActionButton needs="webhook:write" type="primary" onClick={() => setAdding(true)}>
      {say(WORDS.add)}
    </ActionButton>
  )
  return (
    <>
      <PageTitle title={say(WORDS.title)} asOf={say(WORDS.note)}>
        {webhooks && webhooks.length > 0 && add}
      </PageTitle>
      <Refused of={list}>
        <DataTable
          name={say(WORDS.title)}
          rows={webhooks}
          keyOf={({ webhookId }) => webhookId}
          columns={columnsOf(say, language, open)}
          chosen={chosen}
          cards
          empty={
            <EmptyState title={say(WORDS.none)} step={say(WORDS.noneStep)}>
              {add}
            </EmptyState>
          }
        />
      </Refused>
      <Drawer
        open={adding}
        onClose={() => setAdding(false)}
        size={560}
        title={say(WORDS.add)}
        destroyOnHidden
        mask={{ closable: false }}
      >
        <WebhookForm done={() => setAdding(false)} />
      </Drawer>
      <Messages
        of={webhooks?.find(({ webhookId }) => webhookId === chosen)}
        close={() => open(undefined)}
      />
    </>
  )
}

function columnsOf(
  say: Say,
  language: 'zh' | 'en',
  open: (webhookId: string) => void,
): Column<Webhook>[] {
  const when = (instant: string) => instantText(instant, language)
  return [
    {
      id: 'name',
      title: say(WORDS.name),
      width: 170,
      render: ({ name, url }) => (
        <>
          {name}
          <code className={css.url}>{url}</code>
        </>
      ),
    },
    {
      id: 'state',
      title: say(WORDS.state),
      width: 110,
      render: ({ state, because, waiting }) => (
        <>
          {state === 'active' && waiting > 0 ? (
            <Mark tone="soon">{say(WORDS.behind)}</Mark>
          ) : (
            <Mark tone={TONES[state]}>{say(STATES[state])}</Mark>
          )}
          {because && <span className={css.because}>{say(because)}</span>}
        </>
      ),
    },
    {
      id: 'open',
      title: '',
      nowrap: true,
      render: ({ webhookId, name }) => (
        <Button
          size="small"
          aria-label={say(WORDS.openNamed, { name })}
          onClick={() => open(webhookId)}
        >
          {say(WORDS.open)}
        </Button>
      ),
    },
    {
      id: 'latest',
      title: say(WORDS.latest),
      nowrap: true,
      render: ({ deliveredAt }) => (deliveredAt === null ? say(WORDS.never) : when(deliveredAt)),
    },
    {
      id: 'waiting',
      title: say(WORDS.waiting),
      numeric: true,
      render: ({ waiting }) => countText(waiting),
    },
    { id: 'unit', title: say(WORDS.unit), nowrap: true, render: ({ unit }) => unit.name },
    {
      id: 'kinds',
      title: say(WORDS.kinds),
      width: 200,
      render: ({ kinds }) =>
        kinds.map((kind) => say(WEBHOOK_EVENTS[kind].name)).join(language === 'zh' ? '；' : '; '),
    },
    {
      id: 'made',
      title: say(WORDS.made),
      nowrap: true,
      render: ({ madeAt, madeBy }) => <WhoCell name={madeBy} at={madeAt} />,
    },
  ]
}
