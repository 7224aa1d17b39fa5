import { getRouteApi } from '@tanstack/react-router'
import { Tree } from 'antd'
import { type ReactNode, useMemo } from 'react'
import { readTree } from '#contract/organisation.ts'
import { Asked } from '../../../Asked.tsx'
import { useAnswer } from '../../../ask.ts'
import { countText } from '../../../format/count.ts'
import { dateText } from '../../../format/day.ts'
import { LinkButton } from '../../../LinkButton.tsx'
import { useLanguage, useSay } from '../../../language.ts'
import { type Unit, usePlace } from '../../../place.ts'
import { DayInput } from '../../../ui/DayInput.tsx'
import { EmptyState, Warnings } from '../../../ui/Notices.tsx'
import { Filter, PageTitle } from '../../../ui/PageTitle.tsx'
import { COMMON } from '../../../words.ts'
import css from './organisation.module.css'
import { StaffTable } from './StaffTable.tsx'
import { UnitPanel } from './UnitPanel.tsx'
import { type Branch, findBranch, treeOf } from './unit-tree.ts'

const WORDS = {
  title: { zh: '组织与人员', en: 'Organisation and people' },
  sum: { zh: '{units} 个单位，{staff} 人', en: '{units} units, {staff} people' },
  on: { zh: '查看日期', en: 'As on' },
  other: {
    zh: '正在看 {day} 的组织；今天是 {today}。',
    en: 'This is the organisation on {day}; today is {today}.',
  },
  tree: { zh: '组织树', en: 'Units' },
  people: { zh: '{count} 人', en: '{count}' },
  none: { zh: '还没有组织', en: 'There is no organisation yet' },
  noneStep: {
    zh: '先导入组织机构文件，再导入人员。',
    en: 'Import the organisation file first, then the staff.',
  },
  import: { zh: '导入文件', en: 'Import a file' },
} as const

const route = getRouteApi('/console/settings/organisation')

/** Units and people on a day: who belongs where, and the way to change it from a day on. */
export function Organisation(): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const go = route.useNavigate()
  const { me, unit, today } = usePlace()
  const { on = today } = route.useSearch()
  const tree = useAnswer(readTree, { query: { on } })
  const known = tree.data?.units
  const roots = useMemo(() => treeOf(known ?? []), [known])
  const inScope = known?.filter((one) => one.inScope)
  const chosen = findBranch(roots, unit ?? me.unit.unitId)
  return (
    <>
      <PageTitle
        title={say(WORDS.title)}
        figure={
          inScope &&
          say(WORDS.sum, {
            units: countText(inScope.length),
            staff: countText(inScope.reduce((sum, { staff }) => sum + staff, 0)),
          })
        }
      >
        <Filter name={say(WORDS.on)}>
          <DayInput
            name={say(WORDS.on)}
            value={on}
            change={(day) =>
              void go({ search: (before) => ({ ...before, on: day === today ? undefined : day }) })
            }
          />
        </Filter>
      </PageTitle>
      {on !== today && (
        <Warnings
          name={say(COMMON.warnings)}
          lines={[
            say(WORDS.other, { day: dateText(on, language), today: dateText(today, language) }),
          ]}
        />
      )}
      <Asked of={tree} lines={14}>
        {({ units }) =>
          units.length === 0 ? (
            <EmptyState title={say(WORDS.none)} step={say(WORDS.noneStep)}>
              <LinkButton look="primary" to="/base/imports/new" search={{ kind: 'organisation' }}>
                {say(WORDS.import)}
              </LinkButton>
            </EmptyState>
          ) : (
            <div className={css.page}>
              <UnitTree
                roots={roots}
                chosen={chosen?.unit.unitId}
                choose={(unitId) =>
                  void go({
                    search: (before) => ({
                      ...before,
                      unit: unitId,
                      cursor: undefined,
                      page: undefined,
                    }),
                  })
                }
              />
              <div>
                {chosen && <UnitPanel key={chosen.unit.unitId} branch={chosen} units={units} />}
                <StaffTable units={units} unit={chosen?.unit} on={on} />
              </div>
            </div>
          )
        }
      </Asked>
    </>
  )
}

type TreeItem = { key: string; title: ReactNode; disabled: boolean; children: TreeItem[] }

function UnitTree(of: {
  roots: readonly Branch[]
  chosen: string | undefined
  choose: (unitId: string) => void
}): ReactNode {
  const say = useSay()
  const { roots, chosen } = of
  const items = useMemo(() => {
    const itemOf = ({ unit, children, staffInAll }: Branch): TreeItem => ({
      key: unit.unitId,
      disabled: !unit.inScope,
      title: (
        <span className={css.node} title={unit.name}>
          <span>{unit.name}</span>
          <span className={css.sum}>
            {unit.inScope && say(WORDS.people, { count: countText(staffInAll) })}
          </span>
        </span>
      ),
      children: children.map(itemOf),
    })
    return roots.map(itemOf)
  }, [roots, say])
  return (
    <nav className={css.tree} aria-label={say(WORDS.tree)}>
      <Tree<TreeItem>
        aria-label={say(WORDS.tree)}
        blockNode
        treeData={items}
        height={640}
        defaultExpandedKeys={[...openAtFirst(roots), ...(chosen ? [chosen] : [])]}
        selectedKeys={chosen ? [chosen] : []}
        onSelect={(_, { node }) => of.choose(node.key)}
      />
    </nav>
  )
}

/** Down to the zones; halls and grids are opened by whoever wants them. */
function openAtFirst(roots: readonly Branch[]): readonly string[] {
  const high: readonly Unit['kind'][] = ['province', 'city', 'branch']
  return roots.flatMap(({ unit, children }) =>
    high.includes(unit.kind) ? [unit.unitId, ...openAtFirst(children)] : [],
  )
}
