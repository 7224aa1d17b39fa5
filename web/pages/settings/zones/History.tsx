import type { ReactNode } from 'react'
import { readTree } from '#contract/organisation.ts'
import { listRezonings, type Move, undoRezoning } from '#contract/rezoning.ts'
import { ActionButton } from '../../../ActionButton.tsx'
import { Refused } from '../../../Asked.tsx'
import type { Answer } from '../../../api.ts'
import { useAnswer, useCommand } from '../../../ask.ts'
import { dateText, instantText } from '../../../format/day.ts'
import { type Say, useLanguage, useSay } from '../../../language.ts'
import type { Unit } from '../../../place.ts'
import { DataTable } from '../../../ui/DataTable.tsx'
import { EmptyState, ProblemNotice } from '../../../ui/Notices.tsx'
import { Part } from '../../../ui/PageTitle.tsx'
import { WORDS } from './words.ts'

type Rezoning = Answer<typeof listRezonings>['rezonings'][number]

/** What was published, by whom, and the way back until its day. */
export function History(of: { branchId: string; units: readonly Unit[] }): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const { branchId } = of
  const list = useAnswer(listRezonings, { params: { branchId } })
  const undo = useCommand(undoRezoning, { renews: [listRezonings, readTree] })
  const names = new Map(of.units.map(({ unitId, name }) => [unitId, name]))
  return (
    <Part title={say(WORDS.history)}>
      {undo.error && <ProblemNotice sentence={undo.error.message} />}
      <Refused of={list}>
        <DataTable
          name={say(WORDS.history)}
          dense
          rows={list.data?.rezonings}
          keyOf={({ rezoningId }) => rezoningId}
          empty={<EmptyState title={say(WORDS.none)} step={say(WORDS.noneStep)} />}
          columns={[
            {
              id: 'day',
              title: say(WORDS.day),
              nowrap: true,
              render: ({ validFrom }) => dateText(validFrom, language),
            },
            {
              id: 'steps',
              title: say(WORDS.steps),
              width: 220,
              render: ({ moves }) => moves.map((move) => stepText(move, names, say)).join(' · '),
            },
            { id: 'state', title: say(WORDS.state), render: (each) => say(stateOf(each)) },
            {
              id: 'made',
              title: say(WORDS.made),
              render: ({ madeAt, madeByName }) =>
                `${instantText(madeAt, language)} · ${say(madeByName)}`,
            },
            {
              id: 'undo',
              title: '',
              render: ({ rezoningId, open }) =>
                open && (
                  <ActionButton
                    size="small"
                    needs="organisation:write"
                    loading={undo.isPending}
                    onClick={() => undo.mutate({ params: { branchId, rezoningId } })}
                  >
                    {say(WORDS.undo)}
                  </ActionButton>
                ),
            },
          ]}
        />
      </Refused>
    </Part>
  )
}

function stateOf({ undoneAt, open }: Rezoning) {
  if (undoneAt !== null) return WORDS.undone
  return open ? WORDS.waiting : WORDS.inForce
}

function stepText(move: Move, names: ReadonlyMap<string, string>, say: Say): string {
  const unit = names.get(move.unitId) ?? move.unitId
  if (move.kind === 'open') return say(WORDS.opening, { unit: move.name })
  if (move.kind === 'close') return say(WORDS.closing, { unit })
  return say(WORDS.move, { unit, to: names.get(move.parentId) ?? move.parentId })
}
