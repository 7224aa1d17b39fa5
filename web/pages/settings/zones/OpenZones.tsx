import { Button, Input } from 'antd'
import { type ReactNode, useState } from 'react'
import { ActionButton } from '../../../ActionButton.tsx'
import { useSay } from '../../../language.ts'
import type { Unit } from '../../../place.ts'
import { DataTable } from '../../../ui/DataTable.tsx'
import { Mark } from '../../../ui/Notices.tsx'
import { FilterBar, Part } from '../../../ui/PageTitle.tsx'
import { type Draft, freeZoneId } from './moves.ts'
import { WORDS } from './words.ts'
import css from './zones.module.css'

type Line = Readonly<{ unitId: string; name: string; state: 'stays' | 'opens' | 'closes' }>

/** The zones of the branch: one more is opened to split, one is closed to merge. */
export function OpenZones(of: {
  inBranch: readonly Unit[]
  draft: Draft
  branchId: string
  change: (draft: Draft) => void
}): ReactNode {
  const say = useSay()
  const [name, setName] = useState('')
  const { draft, inBranch } = of
  const { opened, closed } = draft
  const lines: Line[] = [
    ...inBranch
      .filter(({ kind }) => kind === 'zone')
      .map((zone) => ({
        ...{ unitId: zone.unitId, name: zone.name },
        state: closed.includes(zone.unitId) ? ('closes' as const) : ('stays' as const),
      })),
    ...opened.map((zone) => ({ ...zone, state: 'opens' as const })),
  ]
  const isTaken = lines.some((line) => line.name === name.trim())
  const blocked = name.trim() === '' ? say(WORDS.unnamed) : isTaken ? say(WORDS.taken) : undefined
  const open = () => {
    const unitId = freeZoneId(
      of.branchId,
      lines.map((line) => line.unitId),
    )
    of.change({ ...draft, opened: [...opened, { unitId, name: name.trim() }] })
    setName('')
  }
  const turn = ({ unitId, state }: Line) => {
    const others = Object.fromEntries(Object.entries(draft.to).filter(([, to]) => to !== unitId))
    if (state === 'opens')
      of.change({ ...draft, to: others, opened: opened.filter((zone) => zone.unitId !== unitId) })
    else if (state === 'closes')
      of.change({ ...draft, closed: closed.filter((id) => id !== unitId) })
    else of.change({ ...draft, to: others, closed: [...closed, unitId] })
  }
  return (
    <Part title={say(WORDS.zones)}>
      <FilterBar name={say(WORDS.open)}>
        <Input
          aria-label={say(WORDS.newName)}
          placeholder={say(WORDS.newName)}
          value={name}
          maxLength={60}
          style={{ width: 200 }}
          onChange={({ target }) => setName(target.value)}
        />
        <ActionButton needs="organisation:write" blocked={blocked} onClick={open}>
          {say(WORDS.open)}
        </ActionButton>
      </FilterBar>
      <div className={css.narrow}>
        <DataTable
          name={say(WORDS.zones)}
          dense
          rows={lines}
          keyOf={({ unitId }) => unitId}
          empty={null}
          columns={[
            {
              id: 'zone',
              title: say(WORDS.zone),
              render: (line) => (
                <>
                  {line.name}{' '}
                  {line.state === 'opens' && <Mark tone="good">{say(WORDS.opens)}</Mark>}
                  {line.state === 'closes' && <Mark tone="soon">{say(WORDS.closes)}</Mark>}
                </>
              ),
            },
            {
              id: 'turn',
              title: '',
              render: (line) => (
                <Button size="small" onClick={() => turn(line)}>
                  {say(TURNS[line.state])}
                </Button>
              ),
            },
          ]}
        />
      </div>
    </Part>
  )
}

const TURNS = { stays: WORDS.close, closes: WORDS.keep, opens: WORDS.drop } as const
