import { getRouteApi, Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { dayText } from '../format/day.ts'
import { useLanguage, useSay } from '../language.ts'
import { usePlace, useStanding } from '../place.ts'
import { TreePicker } from '../ui/TreePicker.tsx'
import css from './frame.module.css'

const WORDS = {
  path: { zh: '所在位置', en: 'Place in the organisation' },
  pick: { zh: '选择单位', en: 'Choose a unit' },
} as const

const frame = getRouteApi('/console')

/** Where one stands in the tree: every unit above can be climbed to, every one below picked. */
export function PlacePath(): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const { units, me } = useStanding()
  const { path, today, unit } = usePlace()
  const go = frame.useNavigate()
  return (
    <>
      <nav className={css.path} aria-label={say(WORDS.path)}>
        <ol>
          {path.slice(0, -1).map((above) => (
            <li key={above.unitId}>
              {above.inScope ? (
                <Link
                  to="."
                  search={(before) => ({
                    ...before,
                    unit: above.unitId,
                    cursor: undefined,
                    page: undefined,
                  })}
                >
                  {above.name}
                </Link>
              ) : (
                <span>{above.name}</span>
              )}
            </li>
          ))}
        </ol>
        <TreePicker
          name={say(WORDS.pick)}
          nodes={units.map(({ unitId, parentId, name, inScope }) => ({
            id: unitId,
            parentId,
            name,
            closed: !inScope,
          }))}
          value={unit ?? me.unit.unitId}
          clearable={unit !== undefined}
          width={180}
          change={(chosen) =>
            void go({
              to: '.',
              search: (before) => ({ ...before, unit: chosen, cursor: undefined, page: undefined }),
            })
          }
        />
      </nav>
      <span className={css.day}>{dayText(today, language)}</span>
    </>
  )
}
