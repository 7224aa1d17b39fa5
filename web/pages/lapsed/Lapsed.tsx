import { getRouteApi } from '@tanstack/react-router'
import { Drawer } from 'antd'
import { type ReactNode, useState } from 'react'
import { readLapsedPlaces } from '#contract/lapsed.ts'
import { ActionButton } from '../../ActionButton.tsx'
import { Asked } from '../../Asked.tsx'
import type { Answer } from '../../api.ts'
import { useAnswer } from '../../ask.ts'
import { countText } from '../../format/count.ts'
import { dateText } from '../../format/day.ts'
import { shareOf, shareText } from '../../format/share.ts'
import { LinkButton } from '../../LinkButton.tsx'
import { useLanguage, useSay } from '../../language.ts'
import { usePlace } from '../../place.ts'
import { PageTitle } from '../../ui/PageTitle.tsx'
import { COMMON } from '../../words.ts'
import { LapsedList } from './LapsedList.tsx'
import { LapsedPlaces } from './LapsedPlaces.tsx'
import { LapseFile } from './LapseFile.tsx'
import { PlanSweep } from './PlanSweep.tsx'

const WORDS = {
  title: { zh: '失效登记', en: 'Lapsed register' },
  figure: {
    zh: '{count} 户未挽回，{share}已问清原因',
    en: '{count} lapsed, reason known of {share}',
  },
  sweeps: { zh: '扫楼扫村安排', en: 'Sweeps' },
  plan: { zh: '安排走访', en: 'Plan a sweep' },
  planFirst: {
    zh: '先在下表点一个村、社区或楼栋。',
    en: 'Choose a village, community or building below first.',
  },
  file: { zh: '失效登记', en: 'Lapse' },
} as const

const route = getRouteApi('/console/base/lapsed')

/** Who let a contract end, village by village: who was asked why, and where to go next. */
export function Lapsed(): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const go = route.useNavigate()
  const { branchId, unit } = usePlace()
  const { place, open } = route.useSearch()
  const [planning, setPlanning] = useState(false)
  const within = place?.includes('-') ? place.split('-')[0] : place
  const all = useAnswer(readLapsedPlaces, { params: { branchId }, query: { unit } })
  const inside = useAnswer(
    readLapsedPlaces,
    { params: { branchId }, query: { unit, within } },
    { when: within !== undefined },
  )
  const shown = within === undefined ? all : inside
  const sum = all.data?.sum
  const choose = (to: string | undefined) =>
    void go({
      search: (before) => ({
        ...before,
        place: to,
        sweep: undefined,
        cursor: undefined,
        page: undefined,
      }),
    })
  return (
    <>
      <PageTitle
        title={say(WORDS.title)}
        figure={
          sum &&
          say(WORDS.figure, {
            count: countText(sum.lapsed),
            share: shareText(shareOf(sum.known, sum.lapsed)),
          })
        }
        asOf={all.data?.asOf && say(COMMON.asOf, { day: dateText(all.data.asOf, language) })}
      >
        <LinkButton to="/base/sweeps">{say(WORDS.sweeps)}</LinkButton>
        <ActionButton
          type="primary"
          needs="sweep:plan"
          blocked={place === undefined ? say(WORDS.planFirst) : undefined}
          onClick={() => setPlanning(true)}
        >
          {say(WORDS.plan)}
        </ActionButton>
      </PageTitle>
      <Asked of={shown}>
        {(known) => <LapsedPlaces known={known} place={place} choose={choose} />}
      </Asked>
      <LapsedList />
      {planning && place !== undefined && (
        <PlanSweep
          branchId={branchId}
          place={place}
          placeName={nameOf(shown.data, place)}
          done={() => setPlanning(false)}
        />
      )}
      <Drawer
        open={open !== undefined}
        onClose={() => void go({ search: (before) => ({ ...before, open: undefined }) })}
        size={560}
        title={say(WORDS.file)}
        destroyOnHidden
      >
        {open && <LapseFile branchId={branchId} subscriberId={open} />}
      </Drawer>
    </>
  )
}

function nameOf(known: Answer<typeof readLapsedPlaces> | undefined, place: string): string {
  if (known?.within?.place === place) return known.within.placeName
  return known?.places.find((each) => each.place === place)?.placeName ?? place
}
