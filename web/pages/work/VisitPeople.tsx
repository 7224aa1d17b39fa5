import { Button } from 'antd'
import type { ReactNode } from 'react'
import { type readVisitFlags, VisitFlag } from '#contract/visits.ts'
import type { Answer } from '../../api.ts'
import { countText } from '../../format/count.ts'
import { type Say, useSay } from '../../language.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { FLAGS } from './visit-words.ts'
import css from './work.module.css'

const WORDS = {
  people: { zh: '人员', en: 'People' },
  person: { zh: '人员', en: 'Person' },
  visits: { zh: '上门', en: 'Visits' },
  flagged: { zh: '值得看', en: 'To look at' },
  unseen: { zh: '未看', en: 'Not seen' },
} as const

type Person = Answer<typeof readVisitFlags>['people'][number]
type Choose = (staffId: string, flag: VisitFlag | undefined) => void

/** Who told what is worth a look, how often and why; a number opens the visits that it counts. */
export function VisitPeople(of: { people: readonly Person[]; choose: Choose }): ReactNode {
  const say = useSay()
  return (
    <DataTable
      name={say(WORDS.people)}
      columns={columnsOf(say, of.choose)}
      rows={of.people}
      keyOf={({ staffId }) => staffId}
      dense
      cards
      empty={null}
    />
  )
}

function columnsOf(say: Say, choose: Choose): Column<Person>[] {
  const plain = (id: 'visits' | 'flagged' | 'unseen'): Column<Person> => ({
    ...{ id, title: say(WORDS[id]), numeric: true },
    render: (person) => <Count of={person[id]} />,
  })
  return [
    {
      id: 'person',
      title: say(WORDS.person),
      render: ({ staffId, staffName, unitName }) => (
        <>
          <Button
            type="link"
            size="small"
            className={css.cell ?? ''}
            onClick={() => choose(staffId, undefined)}
          >
            {say(staffName)}
          </Button>{' '}
          <small>{unitName}</small>
        </>
      ),
    },
    ...(['visits', 'flagged', 'unseen'] as const).map(plain),
    ...VisitFlag.options.map((flag) => ({
      ...{ id: flag, title: say(FLAGS[flag]), numeric: true },
      render: ({ staffId, flags }: Person) =>
        flags[flag] === 0 ? (
          <Count of={0} />
        ) : (
          <Button
            type="link"
            size="small"
            className={css.cell ?? ''}
            onClick={() => choose(staffId, flag)}
          >
            {countText(flags[flag])}
          </Button>
        ),
    })),
  ]
}

const Count = ({ of }: { of: number }): ReactNode =>
  of === 0 ? <span className={css.zero}>0</span> : countText(of)
