import { getRouteApi } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { LinkButton } from '../../LinkButton.tsx'
import { useSay } from '../../language.ts'
import { usePlace } from '../../place.ts'
import { PageTitle } from '../../ui/PageTitle.tsx'
import { Portrait } from './Portrait.tsx'

const WORDS = {
  title: { zh: '用户画像', en: 'Portrait' },
  all: { zh: '用户列表', en: 'All subscribers' },
} as const

const route = getRouteApi('/console/base/$subscriberId')

export function PortraitPage(): ReactNode {
  const say = useSay()
  const { branchId } = usePlace()
  const { subscriberId } = route.useParams()
  return (
    <>
      <PageTitle title={`${say(WORDS.title)} · ${subscriberId}`}>
        <LinkButton to="/base">{say(WORDS.all)}</LinkButton>
      </PageTitle>
      <Portrait branchId={branchId} subscriberId={subscriberId} />
    </>
  )
}
