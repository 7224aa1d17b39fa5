import { Segmented, Select } from 'antd'
import { type ReactNode, useState } from 'react'
import { useSay } from '../../../language.ts'
import type { Unit } from '../../../place.ts'
import { DataTable } from '../../../ui/DataTable.tsx'
import { Filter, FilterBar, Part } from '../../../ui/PageTitle.tsx'
import { UNIT_KINDS } from '../../../words.ts'
import { type Draft, parentsFor } from './moves.ts'
import { WORDS } from './words.ts'
import css from './zones.module.css'

/** Halls, or grids, each with where it belongs and where it goes. */
export function MovesTable(of: {
  inBranch: readonly Unit[]
  draft: Draft
  steps: number
  change: (draft: Draft) => void
}): ReactNode {
  const say = useSay()
  const [level, setLevel] = useState<'hall' | 'grid'>('hall')
  const { draft, inBranch } = of
  const names = new Map(inBranch.map(({ unitId, name }) => [unitId, name]))
  const parents = parentsFor(level, inBranch, draft)
  return (
    <Part title={say(WORDS.draw)} note={say(WORDS.drawNote, { count: of.steps })}>
      <FilterBar name={say(WORDS.level)}>
        <Filter name={say(WORDS.level)}>
          <Segmented
            aria-label={say(WORDS.level)}
            value={level}
            onChange={setLevel}
            options={(['hall', 'grid'] as const).map((value) => ({
              value,
              label: say(UNIT_KINDS[value]),
            }))}
          />
        </Filter>
      </FilterBar>
      <div className={`${css.narrow} ${css.moves}`}>
        <DataTable
          name={say(WORDS.draw)}
          dense
          rows={inBranch.filter(({ kind }) => kind === level)}
          keyOf={({ unitId }) => unitId}
          empty={null}
          columns={[
            { id: 'unit', title: say(WORDS.unit), render: ({ name }) => name },
            {
              id: 'now',
              title: say(WORDS.now),
              render: ({ parentId }) => names.get(parentId ?? '') ?? parentId,
            },
            {
              id: 'to',
              title: say(WORDS.to),
              render: ({ unitId, parentId, name }) => (
                <Select
                  aria-label={say(WORDS.toOf, { unit: name })}
                  size="small"
                  showSearch={{ optionFilterProp: 'label' }}
                  value={draft.to[unitId] ?? parentId ?? ''}
                  status={(draft.to[unitId] ?? parentId) === parentId ? '' : 'warning'}
                  style={{ width: 180 }}
                  onChange={(to) => of.change({ ...draft, to: { ...draft.to, [unitId]: to } })}
                  options={parents.map((parent) => ({ value: parent.unitId, label: parent.name }))}
                />
              ),
            },
          ]}
        />
      </div>
    </Part>
  )
}
