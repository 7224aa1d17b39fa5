import type { ReactNode } from 'react'
import type { previewRezoning } from '#contract/rezoning.ts'
import type { Answer } from '../../../api.ts'
import { countText } from '../../../format/count.ts'
import { useSay } from '../../../language.ts'
import { DataTable } from '../../../ui/DataTable.tsx'
import { Part } from '../../../ui/PageTitle.tsx'
import { WORDS } from './words.ts'

type Zone = Answer<typeof previewRezoning>['zones'][number]
const FIGURES = ['households', 'subscribers', 'openTasks', 'people'] as const

/** What each zone has before and after, and that all together stay the same. */
export function ZoneSums({ zones }: { zones: readonly Zone[] }): ReactNode {
  const say = useSay()
  const sumOf = (side: 'before' | 'after') =>
    Object.fromEntries(
      FIGURES.map((figure) => [figure, zones.reduce((sum, zone) => sum + zone[side][figure], 0)]),
    ) as Zone['before']
  const all: Zone = {
    ...{ unitId: '', name: say(WORDS.sum) },
    ...{ before: sumOf('before'), after: sumOf('after') },
  }
  return (
    <Part title={say(WORDS.result)} note={say(WORDS.resultNote)}>
      <DataTable
        name={say(WORDS.result)}
        dense
        rows={[...zones, all]}
        keyOf={({ unitId }) => unitId ?? 'none'}
        empty={null}
        columns={[
          { id: 'zone', title: say(WORDS.zone), render: ({ name }) => name ?? say(WORDS.noZone) },
          ...FIGURES.map((figure) => ({
            id: figure,
            title: say(WORDS[figure]),
            numeric: true,
            render: ({ before, after }: Zone) => <Step from={before[figure]} to={after[figure]} />,
          })),
        ]}
      />
    </Part>
  )
}

function Step({ from, to }: { from: number; to: number }): ReactNode {
  if (from === to) return countText(from)
  return (
    <>
      {countText(from)} → <strong>{countText(to)}</strong>
    </>
  )
}
