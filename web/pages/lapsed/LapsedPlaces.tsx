import { Button } from 'antd'
import type { ReactNode } from 'react'
import type { readLapsedPlaces } from '#contract/lapsed.ts'
import type { Answer } from '../../api.ts'
import { countText } from '../../format/count.ts'
import { dateText } from '../../format/day.ts'
import { shortMoney } from '../../format/money.ts'
import { shareOf, shareText } from '../../format/share.ts'
import { type Say, useLanguage, useSay } from '../../language.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { FigureText } from '../../ui/FigureText.tsx'
import { EmptyState } from '../../ui/Notices.tsx'
import { Part } from '../../ui/PageTitle.tsx'

const WORDS = {
  villages: { zh: '按村和社区', en: 'By village' },
  buildings: { zh: '{name}的楼栋', en: 'Buildings of {name}' },
  back: { zh: '全部村和社区', en: 'All villages' },
  place: { zh: '地点', en: 'Place' },
  unplaced: { zh: '地址未归到村', en: 'Address not placed' },
  own: { zh: '不分楼栋', en: 'No building' },
  lapsed: { zh: '未挽回', en: 'Lapsed' },
  asked: { zh: '已问', en: 'Asked' },
  known: { zh: '已问清', en: 'Reason known' },
  won: { zh: '{day}起挽回', en: 'Won back since {day}' },
  fees: { zh: '涉及月费', en: 'Monthly fees' },
  next: { zh: '下次走访', en: 'Next sweep' },
  note: {
    zh: '点一个地点，看那里的用户并安排走访',
    en: 'Choose a place to see who is there and to plan',
  },
  more: { zh: '显示全部 {count} 个', en: 'Show all {count}' },
  none: { zh: '没有失效用户', en: 'Nobody has lapsed' },
  noneStep: {
    zh: '合约到期未续的用户会自动登记到这里。',
    en: 'Whoever does not renew comes here by itself.',
  },
} as const

type Known = Answer<typeof readLapsedPlaces>
type Row = Known['places'][number]

/** The places with most lapsed first, how far each is covered, and the way into one. */
export function LapsedPlaces(of: {
  known: Known
  place: string | undefined
  choose: (place: string | undefined) => void
}): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const { within, places, wonBackSince } = of.known
  const since = dateText(wonBackSince, language)
  return (
    <Part
      title={within ? say(WORDS.buildings, { name: within.placeName }) : say(WORDS.villages)}
      note={say(WORDS.note)}
      actions={
        within && (
          <Button size="small" onClick={() => of.choose(undefined)}>
            {say(WORDS.back)}
          </Button>
        )
      }
    >
      <div style={{ maxHeight: 320, overflow: 'auto' }}>
        <DataTable
          name={say(WORDS.villages)}
          dense
          rows={places}
          keyOf={({ place }) => place ?? ''}
          open={({ place }) => place !== null && of.choose(place)}
          chosen={of.place}
          empty={<EmptyState title={say(WORDS.none)} step={say(WORDS.noneStep)} />}
          columns={columnsOf(say, language, since, within)}
        />
      </div>
    </Part>
  )
}

function columnsOf(
  say: Say,
  language: 'zh' | 'en',
  since: string,
  within: Known['within'],
): Column<Row>[] {
  const part = (count: number, { lapsed }: Row) =>
    lapsed === 0 ? '–' : `${countText(count)} · ${shareText(shareOf(count, lapsed))}`
  const nameOf = ({ place, placeName }: Row) => {
    if (place === null) return say(WORDS.unplaced)
    if (place === within?.place) return say(WORDS.own)
    const village = `${within?.placeName} `
    return placeName?.startsWith(village) ? placeName.slice(village.length) : (placeName ?? place)
  }
  return [
    {
      id: 'place',
      title: say(WORDS.place),
      width: 160,
      render: (row) => (
        <>
          {nameOf(row)}
          {row.town && !within && <small> {row.town}</small>}
        </>
      ),
    },
    {
      id: 'lapsed',
      title: say(WORDS.lapsed),
      numeric: true,
      render: (row) => countText(row.lapsed),
    },
    { id: 'asked', title: say(WORDS.asked), numeric: true, render: (row) => part(row.asked, row) },
    { id: 'known', title: say(WORDS.known), numeric: true, render: (row) => part(row.known, row) },
    {
      id: 'won',
      title: say(WORDS.won, { day: since }),
      numeric: true,
      render: (row) => countText(row.wonBack),
    },
    {
      id: 'fees',
      title: say(WORDS.fees),
      numeric: true,
      render: (row) => <FigureText {...shortMoney(row.monthlyFeeFen, language)} />,
    },
    {
      id: 'next',
      title: say(WORDS.next),
      nowrap: true,
      render: (row) => (row.nextSweepOn ? dateText(row.nextSweepOn, language) : '–'),
    },
  ]
}
