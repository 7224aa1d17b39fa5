import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { readTree } from '#contract/organisation.ts'
import { listRezonings, previewRezoning, publishRezoning } from '#contract/rezoning.ts'
import { ActionButton } from '../../../ActionButton.tsx'
import { Asked } from '../../../Asked.tsx'
import { useAnswer, useCommand } from '../../../ask.ts'
import { addDays, dateText } from '../../../format/day.ts'
import { useLanguage, useSay } from '../../../language.ts'
import { type Unit, usePlace } from '../../../place.ts'
import { DayInput } from '../../../ui/DayInput.tsx'
import { FormFoot } from '../../../ui/Field.tsx'
import { ProblemNotice } from '../../../ui/Notices.tsx'
import { Filter, FilterBar, PageTitle } from '../../../ui/PageTitle.tsx'
import { History } from './History.tsx'
import { MovesTable } from './MovesTable.tsx'
import { movesOf, NOTHING_DRAWN, unitsOfBranch } from './moves.ts'
import { OpenZones } from './OpenZones.tsx'
import { WORDS } from './words.ts'
import { ZoneSums } from './ZoneSums.tsx'
import css from './zones.module.css'

/** Halls, grids and zones drawn anew from a day on: looked at before it is published. */
export function Zones(): ReactNode {
  const say = useSay()
  const { branchId, today } = usePlace()
  const [day, setDay] = useState(addDays(today, 1))
  const tree = useAnswer(readTree, { query: { on: day } })
  return (
    <>
      <PageTitle title={say(WORDS.title)} asOf={say(WORDS.note)} />
      <FilterBar name={say(WORDS.day)}>
        <Filter name={say(WORDS.day)}>
          <DayInput name={say(WORDS.day)} value={day} min={today} change={setDay} />
        </Filter>
      </FilterBar>
      <Asked of={tree}>
        {({ units }) => <Drawing units={units} branchId={branchId} day={day} />}
      </Asked>
      <History branchId={branchId} units={tree.data?.units ?? []} />
    </>
  )
}

function Drawing(of: { units: readonly Unit[]; branchId: string; day: string }): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const { branchId, day } = of
  const [draft, setDraft] = useState(NOTHING_DRAWN)
  const [looked, setLooked] = useState('')
  const inBranch = unitsOfBranch(of.units, branchId)
  const moves = movesOf(draft, inBranch)
  const body = { validFrom: day, moves }
  const drawn = JSON.stringify(body)
  const preview = useCommand(previewRezoning, { onDone: () => setLooked(drawn) })
  const publish = useCommand(publishRezoning, {
    renews: [readTree, listRezonings],
    onDone: () => setDraft(NOTHING_DRAWN),
  })
  const blocked = moves.length === 0 ? say(WORDS.noStep) : undefined
  const problem = preview.error ?? publish.error
  return (
    <>
      <OpenZones {...{ inBranch, draft, branchId }} change={setDraft} />
      <MovesTable {...{ inBranch, draft }} steps={moves.length} change={setDraft} />
      {problem && <ProblemNotice sentence={problem.message} />}
      {publish.isSuccess && moves.length === 0 && (
        <p role="status">{say(WORDS.published, { day: dateText(day, language) })}</p>
      )}
      <div className={css.foot}>
        <FormFoot>
          <Button disabled={moves.length === 0} onClick={() => setDraft(NOTHING_DRAWN)}>
            {say(WORDS.reset)}
          </Button>
          <ActionButton
            needs="organisation:write"
            blocked={blocked}
            loading={preview.isPending}
            onClick={() => preview.mutate({ params: { branchId }, body })}
          >
            {say(WORDS.preview)}
          </ActionButton>
          <ActionButton
            needs="organisation:write"
            type="primary"
            blocked={blocked ?? (looked === drawn ? undefined : say(WORDS.first))}
            loading={publish.isPending}
            onClick={() => publish.mutate({ params: { branchId }, body })}
          >
            {say(WORDS.publish)}
          </ActionButton>
        </FormFoot>
      </div>
      {preview.data && looked === drawn && (
        <div className={css.result}>
          <ZoneSums zones={preview.data.zones} />
        </div>
      )}
    </>
  )
}
