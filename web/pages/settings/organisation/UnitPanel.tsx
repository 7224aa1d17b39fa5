import { Drawer } from 'antd'
import { type ReactNode, useState } from 'react'
import { ActionButton } from '../../../ActionButton.tsx'
import { countText } from '../../../format/count.ts'
import { dateText } from '../../../format/day.ts'
import { useLanguage, useSay } from '../../../language.ts'
import { type Unit, usePlace } from '../../../place.ts'
import { Facts, Mark } from '../../../ui/Notices.tsx'
import { Part } from '../../../ui/PageTitle.tsx'
import { COMMON, UNIT_KINDS } from '../../../words.ts'
import { UnitForm } from './UnitForm.tsx'
import { type Branch, idsIn, kindsBelow } from './unit-tree.ts'

const WORDS = {
  edit: { zh: '修改单位', en: 'Change unit' },
  add: { zh: '新增下级', en: 'Add a unit below' },
  addTo: { zh: '在“{name}”之下新增', en: 'Add below “{name}”' },
  lowest: { zh: '网格之下没有单位。', en: 'There is nothing below a grid.' },
  outside: { zh: '不在您的管理范围内。', en: 'It is outside your scope.' },
  id: { zh: '单位编号', en: 'Unit id' },
  head: { zh: '负责人', en: 'Head' },
  code: { zh: '行政区划代码', en: 'Division code' },
  from: { zh: '现状自', en: 'As it is since' },
  until: { zh: '到', en: 'Until' },
  staff: { zh: '本单位人员', en: 'People of the unit itself' },
  staffInAll: { zh: '含下级人员', en: 'People with all below' },
  places: { zh: '地点（含下级）', en: 'Places with all below' },
} as const

/** One unit: what it is now, and the way to change it or to add one below. */
export function UnitPanel({
  branch,
  units,
}: {
  branch: Branch
  units: readonly Unit[]
}): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const { today } = usePlace()
  const [open, setOpen] = useState<'edit' | 'add'>()
  const { unit } = branch
  const outside = unit.inScope ? undefined : say(WORDS.outside)
  const close = () => setOpen(undefined)
  return (
    <Part
      title={unit.name}
      note={<Mark>{say(UNIT_KINDS[unit.kind])}</Mark>}
      actions={
        <>
          <ActionButton
            size="small"
            needs="organisation:write"
            blocked={
              outside ?? (kindsBelow(unit.kind).length === 0 ? say(WORDS.lowest) : undefined)
            }
            onClick={() => setOpen('add')}
          >
            {say(WORDS.add)}
          </ActionButton>
          <ActionButton
            size="small"
            needs="organisation:write"
            blocked={outside}
            onClick={() => setOpen('edit')}
          >
            {say(WORDS.edit)}
          </ActionButton>
        </>
      }
    >
      <Facts
        facts={[
          { name: say(WORDS.id), value: unit.unitId },
          { name: say(WORDS.head), value: unit.headName ?? say(COMMON.none) },
          { name: say(WORDS.code), value: unit.divisionCode ?? say(COMMON.none) },
          { name: say(WORDS.staff), value: countText(unit.staff) },
          { name: say(WORDS.staffInAll), value: countText(branch.staffInAll) },
          { name: say(WORDS.places), value: countText(branch.placesInAll) },
          { name: say(WORDS.from), value: dateText(unit.validFrom, language) },
          ...(unit.validTo
            ? [{ name: say(WORDS.until), value: dateText(unit.validTo, language) }]
            : []),
        ]}
      />
      <Drawer
        open={open !== undefined}
        onClose={close}
        size={560}
        title={open === 'add' ? say(WORDS.addTo, { name: unit.name }) : say(WORDS.edit)}
        destroyOnHidden
      >
        {open === 'edit' && (
          <UnitForm
            units={units}
            unit={unit}
            parent={undefined}
            childKinds={branch.children.map((child) => child.unit.kind)}
            own={idsIn(branch)}
            today={today}
            done={close}
          />
        )}
        {open === 'add' && (
          <UnitForm
            units={units}
            parent={unit}
            childKinds={[]}
            own={[]}
            today={today}
            done={close}
          />
        )}
      </Drawer>
    </Part>
  )
}
