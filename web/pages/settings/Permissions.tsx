import { getRouteApi } from '@tanstack/react-router'
import { Select } from 'antd'
import type { ReactNode } from 'react'
import type { Role } from '#contract/organisation.ts'
import { readPermissions } from '#contract/permissions.ts'
import { Asked } from '../../Asked.tsx'
import type { Answer } from '../../api.ts'
import { useAnswer } from '../../ask.ts'
import { useSay } from '../../language.ts'
import { useStanding } from '../../place.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { Filter, FilterBar, PageTitle, Part } from '../../ui/PageTitle.tsx'
import css from './permissions.module.css'

const WORDS = {
  title: { zh: '权限', en: 'Permissions' },
  note: {
    zh: '岗位只在任职单位及其下级有效；带 ◆ 的权限须任职于分公司或以上。',
    en: 'A role counts in the unit of its post and below; what bears ◆ takes a post in the branch or above.',
  },
  choose: { zh: '选择岗位', en: 'Choose a role' },
  role: { zh: '岗位', en: 'Role' },
  may: { zh: '“{role}”可以', en: '{role} may' },
  resource: { zh: '对象', en: 'About' },
  action: { zh: '权限', en: 'Permission' },
  allowed: { zh: '可以', en: 'May' },
  not: { zh: '不可', en: 'May not' },
  table: { zh: '全部岗位', en: 'All roles' },
  own: { zh: '您的岗位', en: 'yours' },
} as const

type Table = Answer<typeof readPermissions>
type Action = Table['actions'][number]

const route = getRouteApi('/console/settings/permissions')

/** Which role allows what: of one role in words, and of all in one table. */
export function Permissions(): ReactNode {
  const say = useSay()
  const table = useAnswer(readPermissions, {})
  return (
    <>
      <PageTitle title={say(WORDS.title)} asOf={say(WORDS.note)} />
      <Asked of={table}>
        {(found) => (
          <>
            <OneRole table={found} />
            <AllRoles table={found} />
          </>
        )}
      </Asked>
    </>
  )
}

function OneRole({ table }: { table: Table }): ReactNode {
  const say = useSay()
  const go = route.useNavigate()
  const { me } = useStanding()
  const chosen: Role = route.useSearch().role ?? me.roles[0] ?? 'hall_clerk'
  const role = table.roles.find((each) => each.role === chosen)
  const may = new Set(role?.may)
  const named = (of: Table['roles'][number]) =>
    me.roles.includes(of.role) ? `${say(of.name)} (${say(WORDS.own)})` : say(of.name)
  const columns: Column<Action>[] = [
    { id: 'resource', title: say(WORDS.resource), render: (each) => say(each.resourceName) },
    { id: 'action', title: say(WORDS.action), render: (each) => nameOf(each, say) },
    {
      id: 'may',
      title: say(WORDS.allowed),
      nowrap: true,
      render: ({ action }) => (may.has(action) ? `✓ ${say(WORDS.allowed)}` : `– ${say(WORDS.not)}`),
    },
  ]
  return (
    <Part title={say(WORDS.may, { role: role ? say(role.name) : chosen })}>
      <FilterBar name={say(WORDS.choose)}>
        <Filter name={say(WORDS.role)}>
          <Select<Role>
            aria-label={say(WORDS.choose)}
            value={chosen}
            showSearch={{ optionFilterProp: 'label' }}
            style={{ width: 240 }}
            onChange={(next) => void go({ search: (before) => ({ ...before, role: next }) })}
            options={table.roles.map((each) => ({ value: each.role, label: named(each) }))}
          />
        </Filter>
      </FilterBar>
      <div className={css.one}>
        <DataTable
          name={say(WORDS.may, { role: role ? say(role.name) : chosen })}
          dense
          rows={table.actions}
          keyOf={({ action }) => action}
          columns={columns}
          empty={null}
        />
      </div>
    </Part>
  )
}

function AllRoles({ table }: { table: Table }): ReactNode {
  const say = useSay()
  const columns: Column<Action>[] = [
    {
      id: 'action',
      title: say(WORDS.action),
      width: 200,
      render: (each) => nameOf(each, say),
    },
    ...table.roles.map(({ role, name, may }) => ({
      id: role,
      title: say(name),
      render: ({ action }: Action) => (
        <span aria-label={say(may.includes(action) ? WORDS.allowed : WORDS.not)} role="img">
          {may.includes(action) ? '✓' : '–'}
        </span>
      ),
    })),
  ]
  return (
    <div className={css.all}>
      <Part title={say(WORDS.table)}>
        <DataTable
          name={say(WORDS.table)}
          dense
          rows={table.actions}
          keyOf={({ action }) => action}
          columns={columns}
          empty={null}
        />
      </Part>
    </div>
  )
}

const nameOf = ({ name, whole }: Action, say: ReturnType<typeof useSay>) =>
  `${say(name)}${whole ? ' ◆' : ''}`
