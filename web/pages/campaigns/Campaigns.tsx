import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { listCampaigns } from '#contract/campaigns.ts'
import { Asked } from '../../Asked.tsx'
import type { Answer } from '../../api.ts'
import { useAnswer } from '../../ask.ts'
import { countText } from '../../format/count.ts'
import { dateText, instantText } from '../../format/day.ts'
import { moneyText } from '../../format/money.ts'
import { shareText } from '../../format/share.ts'
import { LinkButton } from '../../LinkButton.tsx'
import { type Say, useLanguage, useSay } from '../../language.ts'
import { usePlace } from '../../place.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { EmptyState, Mark } from '../../ui/Notices.tsx'
import { PageTitle } from '../../ui/PageTitle.tsx'
import { COMMON, PURPOSES, TOUCHPOINTS } from '../../words.ts'
import css from './campaigns.module.css'
import { STATES, standingOf, TONES } from './standing.ts'

const WORDS = {
  title: { zh: '活动', en: 'Campaigns' },
  new: { zh: '新建活动', en: 'New campaign' },
  running: { zh: '{count} 项进行中', en: '{count} running' },
  campaign: { zh: '活动', en: 'Campaign' },
  state: { zh: '状态', en: 'State' },
  purpose: { zh: '目的', en: 'Purpose' },
  touchpoints: { zh: '触点', en: 'Touchpoints' },
  count: { zh: '现在选中', en: 'Selected now' },
  value: { zh: '价值', en: 'Worth' },
  lever: { zh: '调节', en: 'Lever' },
  holdOut: { zh: '对照组', en: 'Hold-out' },
  saved: { zh: '版本', en: 'Version' },
  version: { zh: '第 {version} 版', en: 'Version {version}' },
  none: { zh: '还没有活动', en: 'There is no campaign yet' },
  noneStep: {
    zh: '活动决定谁、用什么优惠、由谁去。先建一个。',
    en: 'Campaigns decide who is met, with which offer and how. Make the first.',
  },
} as const

type Row = Answer<typeof listCampaigns>['rows'][number]

/** What the branch does with its base: every campaign with how many it selects now. */
export function Campaigns(): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const { branchId, today } = usePlace()
  const list = useAnswer(listCampaigns, { params: { branchId } })
  const rows = list.data?.rows
  const running = rows?.filter(({ campaign }) => standingOf(campaign, today) === 'on').length
  return (
    <>
      <PageTitle
        title={say(WORDS.title)}
        figure={running === undefined ? undefined : say(WORDS.running, { count: running })}
        asOf={list.data?.asOf && say(COMMON.asOf, { day: dateText(list.data.asOf, language) })}
      >
        <LinkButton look="primary" to="/plan/campaigns/new">
          {say(WORDS.new)}
        </LinkButton>
      </PageTitle>
      <Asked of={list} lines={10}>
        {(known) => (
          <DataTable
            name={say(WORDS.title)}
            rows={known.rows}
            keyOf={({ campaign }) => campaign.id}
            columns={columnsOf(say, language, today)}
            empty={
              <EmptyState title={say(WORDS.none)} step={say(WORDS.noneStep)}>
                <LinkButton look="primary" to="/plan/campaigns/new">
                  {say(WORDS.new)}
                </LinkButton>
              </EmptyState>
            }
          />
        )}
      </Asked>
    </>
  )
}

function columnsOf(say: Say, language: 'zh' | 'en', today: string): Column<Row>[] {
  return [
    {
      id: 'campaign',
      title: say(WORDS.campaign),
      render: ({ campaign, warnings }) => (
        <>
          <Link to="/plan/campaigns/$campaignId" params={{ campaignId: campaign.id }}>
            {say(campaign.name)}
          </Link>
          <div className={css.id}>{campaign.id}</div>
          {warnings.map(({ text }) => (
            <div key={text.zh} className={css.warning}>
              {say(text)}
            </div>
          ))}
        </>
      ),
    },
    {
      id: 'state',
      title: say(WORDS.state),
      render: ({ campaign }) => {
        const standing = standingOf(campaign, today)
        return <Mark tone={TONES[standing]}>{say(STATES[standing])}</Mark>
      },
    },
    {
      id: 'count',
      title: say(WORDS.count),
      numeric: true,
      render: ({ count }) => (count === null ? '–' : countText(count)),
    },
    {
      id: 'purpose',
      title: say(WORDS.purpose),
      render: ({ campaign }) => say(PURPOSES[campaign.purpose]),
    },
    {
      id: 'touchpoints',
      title: say(WORDS.touchpoints),
      render: ({ campaign }) =>
        campaign.touchpoints.map((point) => say(TOUCHPOINTS[point])).join(' · '),
    },
    {
      id: 'value',
      title: say(WORDS.value),
      numeric: true,
      render: ({ campaign }) => moneyText(campaign.valueFen),
    },
    {
      id: 'lever',
      title: say(WORDS.lever),
      numeric: true,
      render: ({ campaign }) => `× ${campaign.lever}`,
    },
    {
      id: 'holdOut',
      title: say(WORDS.holdOut),
      numeric: true,
      render: ({ campaign }) => shareText(campaign.holdOutShare),
    },
    {
      id: 'saved',
      title: say(WORDS.saved),
      render: ({ version, savedAt, savedByName }) => (
        <>
          {say(WORDS.version, { version })}
          <div className={css.id}>{`${instantText(savedAt, language)} · ${say(savedByName)}`}</div>
        </>
      ),
    },
  ]
}
