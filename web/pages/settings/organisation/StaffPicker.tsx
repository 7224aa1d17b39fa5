import { Select } from 'antd'
import { type ReactNode, useState } from 'react'
import { listStaff } from '#contract/organisation.ts'
import { useAnswer } from '../../../ask.ts'

/** A person, found by name or id; empty where nobody is chosen. */
export function StaffPicker(of: {
  name: string
  value: string | null
  /** What the person chosen now is called, before anybody searched. */
  called: string | null
  /** Only those who may do this. */
  may?: 'task:work'
  /** Told with the name of who was chosen. */
  change: (staffId: string | null, called?: string) => void
}): ReactNode {
  const [search, setSearch] = useState('')
  const people = useAnswer(listStaff, {
    query: { limit: 30, ...(search ? { search } : {}), ...(of.may ? { may: of.may } : {}) },
  })
  const options = (people.data?.rows ?? []).map(({ staffId, name, unitName }) => ({
    value: staffId,
    label: `${name} · ${unitName}`,
  }))
  const missing = of.value !== null && !options.some(({ value }) => value === of.value)
  return (
    <Select
      aria-label={of.name}
      allowClear
      showSearch={{ filterOption: false, onSearch: (text) => setSearch(text.trim().slice(0, 60)) }}
      value={of.value}
      loading={people.isFetching}
      options={missing ? [{ value: of.value, label: of.called ?? of.value }, ...options] : options}
      onChange={(staffId: string | undefined) =>
        of.change(
          staffId ?? null,
          people.data?.rows.find((person) => person.staffId === staffId)?.name,
        )
      }
      style={{ width: '100%' }}
    />
  )
}
