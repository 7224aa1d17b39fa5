import { getRouteApi } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { readCampaign } from '#contract/campaigns.ts'
import { Asked } from '../../Asked.tsx'
import { useAnswer } from '../../ask.ts'
import { instantText } from '../../format/day.ts'
import { LinkButton } from '../../LinkButton.tsx'
import { useLanguage, useSay } from '../../language.ts'
import { usePlace } from '../../place.ts'
import { Mark, Warnings } from '../../ui/Notices.tsx'
import { PageTitle } from '../../ui/PageTitle.tsx'
import { COMMON } from '../../words.ts'
import { draftOf } from './draft.ts'
import { EditCampaign } from './EditCampaign.tsx'
import { STATES, standingOf, TONES } from './standing.ts'

const WORDS = {
  all: { zh: '全部活动', en: 'All campaigns' },
  copy: { zh: '复制为新活动', en: 'Copy as a new campaign' },
  saved: {
    zh: '第 {version} 版，{by} 于 {at} 保存',
    en: 'version {version}, saved by {by} at {at}',
  },
} as const

const route = getRouteApi('/console/plan/campaigns/$campaignId')

/** One campaign: what it is, whom it selects, and the editor that makes the next version. */
export function CampaignPage(): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const go = route.useNavigate()
  const { branchId, today } = usePlace()
  const { campaignId } = route.useParams()
  const { tab = 'form' } = route.useSearch()
  const campaign = useAnswer(readCampaign, { params: { branchId, campaignId } })
  return (
    <Asked of={campaign} lines={14}>
      {(known) => {
        const standing = standingOf(known.campaign, today)
        return (
          <>
            <PageTitle
              title={say(known.campaign.name)}
              figure={<Mark tone={TONES[standing]}>{say(STATES[standing])}</Mark>}
              asOf={say(WORDS.saved, {
                version: known.version,
                by: say(known.savedByName),
                at: instantText(known.savedAt, language),
              })}
            >
              <LinkButton to="/plan/campaigns/new" search={{ from: campaignId }}>
                {say(WORDS.copy)}
              </LinkButton>
              <LinkButton to="/plan/campaigns">{say(WORDS.all)}</LinkButton>
            </PageTitle>
            <Warnings
              name={say(COMMON.warnings)}
              lines={known.warnings.map(({ text }) => say(text))}
            />
            <EditCampaign
              key={`${known.campaign.id} ${known.version}`}
              branchId={branchId}
              version={known.version}
              start={draftOf(known.campaign)}
              startText={known.yaml}
              tab={tab}
              setTab={(next) =>
                void go({ search: (before) => ({ ...before, tab: next }), replace: true })
              }
              done={() => undefined}
            />
          </>
        )
      }}
    </Asked>
  )
}
