import { Button, Input, Select } from 'antd'
import { type ReactNode, useState } from 'react'
import { listStaff, putUnit, readTree } from '#contract/organisation.ts'
import { ActionButton } from '../../../ActionButton.tsx'
import { useCommand } from '../../../ask.ts'
import { useSay } from '../../../language.ts'
import type { Unit } from '../../../place.ts'
import { DayInput } from '../../../ui/DayInput.tsx'
import { Field, Fields, FormFoot } from '../../../ui/Field.tsx'
import { ProblemNotice } from '../../../ui/Notices.tsx'
import { TreePicker } from '../../../ui/TreePicker.tsx'
import { COMMON, UNIT_KINDS } from '../../../words.ts'
import { StaffPicker } from './StaffPicker.tsx'
import { fitsBelow, kindsBelow } from './unit-tree.ts'

const WORDS = {
  id: { zh: '单位编号', en: 'Unit id' },
  idHint: { zh: '保存后不能改', en: 'Cannot be changed once saved' },
  name: { zh: '名称', en: 'Name' },
  parent: { zh: '上级单位', en: 'Unit above' },
  parentHint: {
    zh: '改变上级，自生效日期起即改变谁能看到这个单位及其下级。',
    en: 'Moving it changes, from that day on, who sees it and all below it.',
  },
  kind: { zh: '层级', en: 'Level' },
  turned: {
    zh: '层级不能倒置：上级要更高，下级要更低。',
    en: 'Levels cannot be turned round: higher above, lower below.',
  },
  code: { zh: '行政区划代码', en: 'Division code' },
  head: { zh: '负责人', en: 'Head' },
  from: { zh: '自哪天起生效', en: 'Holds from' },
  to: { zh: '到哪天为止（不含）', en: 'Until (that day not included)' },
  toHint: { zh: '不填则长期有效', en: 'Empty: open end' },
  needed: { zh: '请填写。', en: 'Fill this in.' },
  taken: { zh: '编号已被其他单位使用，请换一个。', en: 'Another unit has this id; use another.' },
  dates: { zh: '结束日期早于生效日期。', en: 'The end is before the start.' },
} as const

type Fill = Readonly<{
  unitId: string
  parentId: string | null
  kind: Unit['kind']
  name: string
  divisionCode: string | null
  headStaffId: string | null
  validFrom: string
  validTo: string | null
}>

/** Adds a unit below another, or changes one, from a day on. */
export function UnitForm(of: {
  units: readonly Unit[]
  /** The unit that is changed; absent: a new one below `parent`. */
  unit?: Unit
  parent: Unit | undefined
  /** The levels of the units just below, which have to stay below. */
  childKinds: readonly Unit['kind'][]
  /** The unit itself and all below it. */
  own: readonly string[]
  today: string
  done: () => void
}): ReactNode {
  const say = useSay()
  const { units, unit, own } = of
  const [fill, setFill] = useState<Fill>(() => startOf(of))
  const [tried, setTried] = useState(false)
  const save = useCommand(putUnit, { renews: [readTree, listStaff], onDone: of.done })
  const put = (part: Partial<Fill>) => setFill((before) => ({ ...before, ...part }))
  const above = units.find(({ unitId }) => unitId === fill.parentId)
  const isTop = unit !== undefined && (above === undefined || !above.inScope)
  const gaps = {
    unitId: gapOfId(),
    name: fill.name.trim() === '' ? say(WORDS.needed) : undefined,
    kind: fitsBelow(fill.kind, above?.kind, of.childKinds) ? undefined : say(WORDS.turned),
    to: fill.validTo !== null && fill.validTo < fill.validFrom ? say(WORDS.dates) : undefined,
  }
  function gapOfId(): string | undefined {
    const id = fill.unitId.trim()
    if (id === '') return say(WORDS.needed)
    const taken = unit === undefined && units.some(({ unitId }) => unitId === id)
    return taken ? say(WORDS.taken) : undefined
  }
  const wrong = (at: keyof typeof gaps) => (tried ? gaps[at] : undefined)
  function run(): void {
    setTried(true)
    if (Object.values(gaps).some((gap) => gap !== undefined)) return
    const { unitId, ...body } = fill
    save.mutate({ params: { unitId: unitId.trim() }, body: { ...body, name: body.name.trim() } })
  }
  return (
    <>
      {save.error && <ProblemNotice sentence={save.error.message} />}
      <Fields>
        <Field name={say(WORDS.name)} wrong={wrong('name')}>
          <Input
            aria-label={say(WORDS.name)}
            value={fill.name}
            maxLength={60}
            onChange={({ target }) => put({ name: target.value })}
          />
        </Field>
        <Field name={say(WORDS.id)} hint={say(WORDS.idHint)} wrong={wrong('unitId')}>
          <Input
            aria-label={say(WORDS.id)}
            value={fill.unitId}
            disabled={unit !== undefined}
            maxLength={80}
            onChange={({ target }) => put({ unitId: target.value })}
          />
        </Field>
        <Field name={say(WORDS.parent)} hint={say(WORDS.parentHint)} wide>
          {isTop ? (
            <Input aria-label={say(WORDS.parent)} value={above?.name ?? '–'} disabled />
          ) : (
            <TreePicker
              name={say(WORDS.parent)}
              nodes={units.map((one) => ({
                id: one.unitId,
                parentId: one.parentId,
                name: one.name,
                closed: !one.inScope || one.kind === 'grid' || own.includes(one.unitId),
              }))}
              value={fill.parentId ?? undefined}
              clearable={false}
              width="100%"
              change={(parentId) => parentId && put({ parentId })}
            />
          )}
        </Field>
        <Field name={say(WORDS.kind)} wrong={wrong('kind')}>
          <Select
            aria-label={say(WORDS.kind)}
            value={fill.kind}
            disabled={isTop}
            onChange={(kind) => put({ kind })}
            options={kindsBelow(above?.kind).map((value) => ({
              value,
              label: say(UNIT_KINDS[value]),
            }))}
          />
        </Field>
        <Field name={say(WORDS.code)}>
          <Input
            aria-label={say(WORDS.code)}
            value={fill.divisionCode ?? ''}
            maxLength={20}
            onChange={({ target }) => put({ divisionCode: target.value.trim() || null })}
          />
        </Field>
        <Field name={say(WORDS.head)}>
          <StaffPicker
            name={say(WORDS.head)}
            value={fill.headStaffId}
            called={unit?.headName ?? null}
            change={(headStaffId) => put({ headStaffId })}
          />
        </Field>
        <Field name={say(WORDS.from)}>
          <DayInput
            name={say(WORDS.from)}
            value={fill.validFrom}
            width={160}
            change={(validFrom) => put({ validFrom })}
          />
        </Field>
        <Field name={say(WORDS.to)} hint={say(WORDS.toHint)} wrong={wrong('to')}>
          <Input
            type="date"
            aria-label={say(WORDS.to)}
            value={fill.validTo ?? ''}
            min={fill.validFrom}
            allowClear
            style={{ width: 160 }}
            onChange={({ target }) => put({ validTo: target.value || null })}
          />
        </Field>
      </Fields>
      <FormFoot>
        <Button onClick={of.done}>{say(COMMON.cancel)}</Button>
        <ActionButton
          type="primary"
          needs="organisation:write"
          loading={save.isPending}
          onClick={run}
        >
          {say(COMMON.save)}
        </ActionButton>
      </FormFoot>
    </>
  )
}

function startOf(of: Parameters<typeof UnitForm>[0]): Fill {
  const { unit, parent, today } = of
  if (unit)
    return {
      unitId: unit.unitId,
      parentId: unit.parentId,
      kind: unit.kind,
      name: unit.name,
      divisionCode: unit.divisionCode,
      headStaffId: unit.headStaffId,
      validFrom: today,
      validTo: unit.validTo,
    }
  return {
    unitId: '',
    parentId: parent?.unitId ?? null,
    kind: kindsBelow(parent?.kind)[0] ?? 'grid',
    name: '',
    divisionCode: null,
    headStaffId: null,
    validFrom: today,
    validTo: null,
  }
}
