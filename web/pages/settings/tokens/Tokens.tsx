import { Drawer, Popconfirm } from 'antd'
import { type ReactNode, useState } from 'react'
import { ACTIONS, isAction } from '#contract/permissions.ts'
import { listTokens, revokeToken } from '#contract/tokens.ts'
import { ActionButton } from '../../../ActionButton.tsx'
import { Asked } from '../../../Asked.tsx'
import type { Answer } from '../../../api.ts'
import { useAnswer, useCommand } from '../../../ask.ts'
import { dateText, instantText } from '../../../format/day.ts'
import { useLanguage, useSay } from '../../../language.ts'
import { useMay } from '../../../may.ts'
import { WhoCell } from '../../../RecordsPage.tsx'
import { DataTable } from '../../../ui/DataTable.tsx'
import { EmptyState, Mark, ProblemNotice, type Tone } from '../../../ui/Notices.tsx'
import { PageTitle } from '../../../ui/PageTitle.tsx'
import { MakeToken } from './MakeToken.tsx'
import css from './tokens.module.css'

const WORDS = {
  title: { zh: '服务令牌', en: 'Service tokens' },
  note: {
    zh: '供其他系统调用接口；不能登录网页，不能看明文。',
    en: 'For other systems that call the API; none signs in here or reads in clear.',
  },
  make: { zh: '生成令牌', en: 'Make a token' },
  name: { zh: '用途', en: 'For' },
  begins: { zh: '令牌开头', en: 'Begins with' },
  unit: { zh: '范围', en: 'Acts in' },
  actions: { zh: '权限', en: 'May' },
  ends: { zh: '最后有效日', en: 'Last day' },
  used: { zh: '最近使用', en: 'Last used' },
  never: { zh: '从未使用', en: 'Never' },
  made: { zh: '生成', en: 'Made' },
  standing: { zh: '状态', en: 'State' },
  none: { zh: '还没有服务令牌', en: 'There is no service token yet' },
  noneStep: {
    zh: '接入 BSS、短信网关等系统时，为每个系统各生成一个。',
    en: 'When another system is connected, make one for each.',
  },
  closed: { zh: '您的岗位不能管理服务令牌', en: 'Your role does not keep service tokens' },
  closedStep: { zh: '请联系分公司系统管理员。', en: 'Ask the administrator of the branch.' },
  revoke: { zh: '吊销', en: 'Revoke' },
  revokeNamed: { zh: '吊销令牌“{name}”', en: 'Revoke the token “{name}”' },
  sure: { zh: '吊销后立即失效，不能恢复。', en: 'It ends at once and does not come back.' },
  keep: { zh: '不吊销', en: 'Keep it' },
} as const

const STANDINGS = {
  'in-force': { zh: '有效', en: 'In force' },
  expired: { zh: '已到期', en: 'Expired' },
  revoked: { zh: '已吊销', en: 'Revoked' },
} as const
const TONES: Readonly<Record<keyof typeof STANDINGS, Tone>> = {
  'in-force': 'good',
  expired: 'plain',
  revoked: 'late',
}

type Token = Answer<typeof listTokens>['tokens'][number]

/** The keys of other systems: what each may do, until when, and the way to end it. */
export function Tokens(): ReactNode {
  const say = useSay()
  const may = useMay('token:write')
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
  const [making, setMaking] = useState(false)
  const list = useAnswer(listTokens, {})
  const make = (
    <ActionButton needs="token:write" type="primary" onClick={() => setMaking(true)}>
      {say(WORDS.make)}
    </ActionButton>
  )
  return (
    <>
      <PageTitle title={say(WORDS.title)} asOf={say(WORDS.note)}>
        {list.data && list.data.tokens.length > 0 && make}
      </PageTitle>
      <Asked of={list}>
        {({ tokens, actions, latest }) => (
          <>
            <List
              tokens={tokens}
              empty={
                <EmptyState title={say(WORDS.none)} step={say(WORDS.noneStep)}>
                  {make}
                </EmptyState>
              }
            />
            <Drawer
              open={making}
              onClose={() => setMaking(false)}
              size={560}
              title={say(WORDS.make)}
              destroyOnHidden
              mask={{ closable: false }}
            >
              <MakeToken actions={actions} latest={latest} done={() => setMaking(false)} />
            </Drawer>
          </>
        )}
      </Asked>
    </>
  )
}

function List(of: { tokens: readonly Token[]; empty: ReactNode }): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const revoke = useCommand(revokeToken, { renews: [listTokens] })
  const when = (instant: string) => instantText(instant, language)
  return (
    <>
      {revoke.error && <ProblemNotice sentence={revoke.error.message} />}
      <DataTable
        name={say(WORDS.title)}
        rows={of.tokens}
        keyOf={({ tokenId }) => tokenId}
        empty={of.empty}
        cards
        columns={[
          {
            id: 'name',
            title: say(WORDS.name),
            width: 150,
            render: ({ name, tokenId }) => (
              <>
                {name}
                <code className={css.begins} title={say(WORDS.begins)}>
                  {tokenId}…
                </code>
              </>
            ),
          },
          {
            id: 'standing',
            title: say(WORDS.standing),
            nowrap: true,
            render: ({ standing }) => (
              <Mark tone={TONES[standing]}>{say(STANDINGS[standing])}</Mark>
            ),
          },
          { id: 'unit', title: say(WORDS.unit), width: 100, render: ({ unit }) => unit.name },
          {
            id: 'actions',
            title: say(WORDS.actions),
            width: 200,
            render: ({ actions }) =>
              actions
                .map((action) => (isAction(action) ? say(ACTIONS[action].name) : action))
                .join(language === 'zh' ? '；' : '; '),
          },
          {
            id: 'ends',
            title: say(WORDS.ends),
            nowrap: true,
            render: ({ lastDay }) => dateText(lastDay, language),
          },
          {
            id: 'used',
            title: say(WORDS.used),
            nowrap: true,
            render: ({ usedAt }) => (usedAt === null ? say(WORDS.never) : when(usedAt)),
          },
          {
            id: 'made',
            title: say(WORDS.made),
            nowrap: true,
            render: ({ madeAt, madeBy }) => <WhoCell name={madeBy} at={madeAt} />,
          },
          {
            id: 'revoke',
            title: '',
            nowrap: true,
            render: ({ tokenId, name, standing }) =>
              standing === 'in-force' && (
                <Popconfirm
                  title={say(WORDS.revokeNamed, { name })}
                  description={say(WORDS.sure)}
                  okText={say(WORDS.revoke)}
                  okButtonProps={{ danger: true }}
                  cancelText={say(WORDS.keep)}
                  onConfirm={() => revoke.mutate({ params: { tokenId } })}
                >
                  <ActionButton
                    needs="token:write"
                    size="small"
                    danger
                    aria-label={say(WORDS.revokeNamed, { name })}
                  >
                    {say(WORDS.revoke)}
                  </ActionButton>
                </Popconfirm>
              ),
          },
        ]}
      />
    </>
  )
}
