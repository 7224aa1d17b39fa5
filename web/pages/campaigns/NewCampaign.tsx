import { getRouteApi } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { readCampaign } from '#contract/campaigns.ts'
import { Asked } from '../../Asked.tsx'
import { useAnswer } from '../../ask.ts'
import { LinkButton } from '../../LinkButton.tsx'
import { useSay } from '../../language.ts'
import { usePlace } from '../../place.ts'
import { PageTitle } from '../../ui/PageTitle.tsx'
import { blankDraft, type Draft, draftOf } from './draft.ts'
import { EditCampaign, type Tab } from './EditCampaign.tsx'

const WORDS = {
  title: { zh: '新建活动', en: 'New campaign' },
  all: { zh: '全部活动', en: 'All campaigns' },
} as const

const route = getRouteApi('/console/plan/campaigns/new')

/** A campaign that does not exist yet: empty, or written after another one. */
export function NewCampaign(): ReactNode {
  const say = useSay()
  const { branchId, today } = usePlace()
  const { from } = route.useSearch()
  const pattern = useAnswer(
    readCampaign,
    { params: { branchId, campaignId: from ?? '' } },
    { when: from !== undefined },
  )
  return (
    <>
      <PageTitle title={say(WORDS.title)}>
        <LinkButton to="/plan/campaigns">{say(WORDS.all)}</LinkButton>
      </PageTitle>
      {from === undefined ? (
        <Start branchId={branchId} start={blankDraft({ ownerUnit: branchId, today })} />
      ) : (
        <Asked of={pattern} lines={14}>
          {({ campaign }) => (
            <Start
              branchId={branchId}
              start={{
                ...draftOf(campaign),
                id: '',
                name: { zh: '', en: '' },
                enabled: false,
                valid: { from: today, to: null },
              }}
            />
          )}
        </Asked>
      )}
    </>
  )
}

function Start(of: { branchId: string; start: Draft }): ReactNode {
  const go = route.useNavigate()
  const [tab, setTab] = useState<Tab>('form')
  return (
    <EditCampaign
      branchId={of.branchId}
      version={0}
      start={of.start}
      tab={tab}
      setTab={setTab}
      done={({ campaign }) =>
        void go({ to: '/plan/campaigns/$campaignId', params: { campaignId: campaign.id } })
      }
    />
  )
}
