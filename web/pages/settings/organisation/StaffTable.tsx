import { getRouteApi } from '@tanstack/react-router'
import { Button, Drawer, Input, Select } from 'antd'
import { type ReactNode, useState } from 'react'
import { listStaff, Role } from '#contract/organisation.ts'
import { ActionButton } from '../../../ActionButton.tsx'
import { Refused } from '../../../Asked.tsx'
import { useAnswer } from '../../../ask.ts'
import { LinkButton } from '../../../LinkButton.tsx'
import { type Say, useSay } from '../../../language.ts'
import { usePaging } from '../../../paging.ts'
import { type Unit, usePlace } from '../../../place.ts'
import { type Column, DataTable } from '../../../ui/DataTable.tsx'
import { EmptyState } from '../../../ui/Notices.tsx'
import { Filter, FilterBar, Part } from '../../../ui/PageTitle.tsx'
import { COMMON, ROLES, TOUCHPOINTS } from '../../../words.ts'
import css from './organisation.module.css'
import { StaffForm } from './StaffForm.tsx'
import { draftOf, newPerson, type Person } from './staff-draft.ts'
import { daysText } from './weekdays.ts'

const WORDS = {
  title: { zh: '人员', en: 'People' },
  note: { zh: '{unit}及其下级', en: '{unit} and all below' },
  filters: { zh: '筛选人员', en: 'Filter people' },
  add: { zh: '新增人员', en: 'Add a person' },
  change: { zh: '修改人员 · {name}', en: 'Change · {name}' },
  role: { zh: '岗位', en: 'Role' },
  search: { zh: '按姓名、工号查找', en: 'Find by name or id' },
  name: { zh: '姓名', en: 'Name' },
  unit: { zh: '单位', en: 'Unit' },
  capacity: { zh: '每日能力', en: 'A day' },
  days: { zh: '工作日', en: 'Works on' },
  account: { zh: '帐号', en: 'Account' },
  none: { zh: '没有符合条件的人员', en: 'Nobody matches' },
  noneStep: {
    zh: '放宽筛选，选择上一级单位，或导入人员文件。',
    en: 'Widen the filters, choose the unit above, or import the staff file.',
  },
  import: { zh: '导入人员', en: 'Import staff' },
} as const

const route = getRouteApi('/console/settings/organisation')

/** The people of a unit and all below it, on a day; a line opens the form. */
export function StaffTable(of: {
  units: readonly Unit[]
  unit: Unit | undefined
  on: string
}): ReactNode {
  const say = useSay()
  const go = route.useNavigate()
  const { today } = usePlace()
  const { role, search, sort, cursor, page } = route.useSearch()
  const [open, setOpen] = useState<Person | 'new'>()
  const unit = of.unit?.unitId
  const filters = { unit, role, search, on: of.on }
  const list = useAnswer(listStaff, { query: { ...filters, sort, cursor, limit: 50 } })
  type Narrowed = Partial<Pick<typeof filters, 'role' | 'search'>> & { sort?: string | undefined }
  const narrow = (change: Narrowed) =>
    void go({
      search: (before) => ({ ...before, ...change, cursor: undefined, page: undefined }),
    })
  const paging = usePaging(
    `staff ${JSON.stringify([filters, sort])}`,
    { cursor, page },
    list.data,
    (step) => void go({ search: (before) => ({ ...before, ...step }) }),
  )
  const close = () => setOpen(undefined)
  return (
    <Part
      title={say(WORDS.title)}
      note={of.unit && say(WORDS.note, { unit: of.unit.name })}
      actions={
        <ActionButton size="small" needs="organisation:write" onClick={() => setOpen('new')}>
          {say(WORDS.add)}
        </ActionButton>
      }
    >
      <FilterBar name={say(WORDS.filters)}>
        <Filter name={say(WORDS.role)}>
          <Select
            aria-label={say(WORDS.role)}
            allowClear
            placeholder={say(COMMON.all)}
            value={role}
            style={{ width: 160 }}
            onChange={(chosen) => narrow({ role: chosen })}
            options={Role.options.map((value) => ({ value, label: say(ROLES[value]) }))}
          />
        </Filter>
        <Input.Search
          aria-label={say(WORDS.search)}
          placeholder={say(WORDS.search)}
          defaultValue={search ?? ''}
          allowClear
          style={{ width: 220 }}
          onSearch={(text) => narrow({ search: text.trim() || undefined })}
        />
      </FilterBar>
      <Refused of={list}>
        <DataTable
          name={say(WORDS.title)}
          dense
          columns={columnsOf(say, setOpen)}
          rows={list.data?.rows}
          keyOf={({ staffId }) => staffId}
          open={setOpen}
          sort={{ by: sort, change: (by) => narrow({ sort: by }) }}
          paging={paging}
          empty={
            <EmptyState title={say(WORDS.none)} step={say(WORDS.noneStep)}>
              <LinkButton to="/base/imports/new" search={{ kind: 'staff' }}>
                {say(WORDS.import)}
              </LinkButton>
            </EmptyState>
          }
        />
      </Refused>
      <Drawer
        open={open !== undefined}
        onClose={close}
        size={640}
        title={
          open === 'new' || open === undefined
            ? say(WORDS.add)
            : say(WORDS.change, { name: open.name })
        }
        destroyOnHidden
      >
        {open && (
          <StaffForm
            units={of.units}
            start={open === 'new' ? newPerson(unit, today) : draftOf(open, today)}
            isNew={open === 'new'}
            done={close}
          />
        )}
      </Drawer>
    </Part>
  )
}

const TAKING_TIME = ['door', 'call_out', 'hall', 'installer'] as const

function columnsOf(say: Say, open: (person: Person) => void): Column<Person>[] {
  return [
    {
      id: 'name',
      title: say(WORDS.name),
      sort: 'name',
      render: (person) => (
        <>
          <Button type="link" size="small" className={css.name ?? ''} onClick={() => open(person)}>
            {person.name}
          </Button>
          <div className={css.quiet}>{person.staffId}</div>
        </>
      ),
    },
    {
      id: 'role',
      title: say(WORDS.role),
      render: ({ roles }) => roles.map((role) => say(ROLES[role])).join(' · '),
    },
    { id: 'unit', title: say(WORDS.unit), sort: 'unitId', render: ({ unitName }) => unitName },
    {
      id: 'capacity',
      title: say(WORDS.capacity),
      render: ({ capacity }) =>
        TAKING_TIME.filter((point) => capacity[point] > 0)
          .map((point) => `${say(TOUCHPOINTS[point])} ${capacity[point]}`)
          .join(' · ') || '–',
    },
    { id: 'days', title: say(WORDS.days), render: ({ days }) => say(daysText(days)) },
    { id: 'account', title: say(WORDS.account), render: ({ account }) => account ?? '–' },
  ]
}
