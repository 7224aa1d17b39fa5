import { Input, Select } from 'antd'
import { type ReactNode, useState } from 'react'
import { addPost, endPost, listPosts, Role } from '#contract/organisation.ts'
import { ActionButton } from '../../../ActionButton.tsx'
import { Refused } from '../../../Asked.tsx'
import type { Answer } from '../../../api.ts'
import { useAnswer, useCommand } from '../../../ask.ts'
import { dateText } from '../../../format/day.ts'
import { useLanguage, useSay } from '../../../language.ts'
import { type Unit, usePlace } from '../../../place.ts'
import { DataTable } from '../../../ui/DataTable.tsx'
import { DayInput } from '../../../ui/DayInput.tsx'
import { Field, Fields } from '../../../ui/Field.tsx'
import { EmptyState, ProblemNotice } from '../../../ui/Notices.tsx'
import { Part } from '../../../ui/PageTitle.tsx'
import { TreePicker } from '../../../ui/TreePicker.tsx'
import { COMMON, ROLES } from '../../../words.ts'

const WORDS = {
  title: { zh: '兼任岗位', en: 'Other posts' },
  note: {
    zh: '只在该单位及其下级有效，随主岗位一起结束',
    en: 'counts in its unit and below, ends with the main post',
  },
  add: { zh: '新增兼任', en: 'Add a post' },
  save: { zh: '保存兼任', en: 'Save the post' },
  end: { zh: '今天结束', en: 'End today' },
  unit: { zh: '兼任单位', en: 'Unit of the post' },
  roles: { zh: '兼任岗位', en: 'Roles of the post' },
  from: { zh: '兼任自', en: 'Post from' },
  to: { zh: '兼任到（不含）', en: 'Post until (not included)' },
  incomplete: { zh: '请选择兼任单位和岗位。', en: 'Choose the unit and the roles.' },
  dates: { zh: '期限', en: 'Dates' },
  open: { zh: '{from} 起', en: 'from {from}' },
  between: { zh: '{from} 至 {to}', en: '{from} – {to}' },
  none: { zh: '没有兼任岗位', en: 'No other post' },
  noneStep: { zh: '在别的单位也有职责时新增。', en: 'Add one for duties in another unit.' },
} as const

type Post = Answer<typeof listPosts>['posts'][number]

/** The posts of a person beside the main one: added from a day on, ended on a day. */
export function Posts(of: { staffId: string; units: readonly Unit[] }): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const { today } = usePlace()
  const { staffId } = of
  const [adding, setAdding] = useState(false)
  const list = useAnswer(listPosts, { params: { staffId } })
  const end = useCommand(endPost, { renews: [listPosts] })
  const dates = ({ validFrom, validTo }: Post) =>
    validTo === null
      ? say(WORDS.open, { from: dateText(validFrom, language) })
      : say(WORDS.between, { from: dateText(validFrom, language), to: dateText(validTo, language) })
  return (
    <Part
      title={say(WORDS.title)}
      note={say(WORDS.note)}
      actions={
        <ActionButton
          size="small"
          needs="organisation:write"
          onClick={() => setAdding((before) => !before)}
        >
          {say(adding ? COMMON.cancel : WORDS.add)}
        </ActionButton>
      }
    >
      {end.error && <ProblemNotice sentence={end.error.message} />}
      {adding && <AddPost {...of} done={() => setAdding(false)} />}
      <Refused of={list}>
        <DataTable
          name={say(WORDS.title)}
          dense
          rows={list.data?.posts}
          keyOf={({ postNo }) => String(postNo)}
          empty={<EmptyState title={say(WORDS.none)} step={say(WORDS.noneStep)} />}
          columns={[
            { id: 'unit', title: say(COMMON.unit), render: ({ unitName }) => unitName },
            {
              id: 'roles',
              title: say(WORDS.roles),
              render: ({ roles }) => roles.map((role) => say(ROLES[role])).join(' · '),
            },
            { id: 'dates', title: say(WORDS.dates), render: dates },
            {
              id: 'end',
              title: '',
              render: ({ postNo, validTo }) =>
                (validTo === null || validTo > today) && (
                  <ActionButton
                    size="small"
                    needs="organisation:write"
                    loading={end.isPending}
                    onClick={() => end.mutate({ params: { staffId, postNo }, body: { on: today } })}
                  >
                    {say(WORDS.end)}
                  </ActionButton>
                ),
            },
          ]}
        />
      </Refused>
    </Part>
  )
}

function AddPost(of: { staffId: string; units: readonly Unit[]; done: () => void }): ReactNode {
  const say = useSay()
  const { today } = usePlace()
  const [unitId, setUnitId] = useState<string>()
  const [roles, setRoles] = useState<Role[]>([])
  const [validFrom, setFrom] = useState(today)
  const [validTo, setTo] = useState<string | null>(null)
  const add = useCommand(addPost, { renews: [listPosts], onDone: of.done })
  const ready = unitId !== undefined && roles.length > 0
  return (
    <>
      {add.error && <ProblemNotice sentence={add.error.message} />}
      <Fields>
        <Field name={say(WORDS.unit)} wide>
          <TreePicker
            name={say(WORDS.unit)}
            nodes={of.units.map((unit) => ({
              ...{ id: unit.unitId, parentId: unit.parentId, name: unit.name },
              closed: !unit.inScope,
            }))}
            value={unitId}
            clearable={false}
            width="100%"
            change={setUnitId}
          />
        </Field>
        <Field name={say(WORDS.roles)} wide>
          <Select<Role[]>
            aria-label={say(WORDS.roles)}
            mode="multiple"
            value={roles}
            showSearch={{ optionFilterProp: 'label' }}
            onChange={setRoles}
            options={Role.options.map((value) => ({ value, label: say(ROLES[value]) }))}
          />
        </Field>
        <Field name={say(WORDS.from)}>
          <DayInput
            name={say(WORDS.from)}
            value={validFrom}
            min={today}
            width={160}
            change={setFrom}
          />
        </Field>
        <Field name={say(WORDS.to)}>
          <Input
            type="date"
            aria-label={say(WORDS.to)}
            value={validTo ?? ''}
            min={validFrom}
            allowClear
            style={{ width: 160 }}
            onChange={({ target }) => setTo(target.value || null)}
          />
        </Field>
      </Fields>
      <ActionButton
        needs="organisation:write"
        blocked={ready ? undefined : say(WORDS.incomplete)}
        loading={add.isPending}
        style={{ marginBottom: 12 }}
        onClick={() =>
          unitId !== undefined &&
          add.mutate({
            params: { staffId: of.staffId },
            body: { unitId, roles, validFrom, validTo },
          })
        }
      >
        {say(WORDS.save)}
      </ActionButton>
    </>
  )
}
