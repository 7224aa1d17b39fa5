import { useNavigate } from '@tanstack/react-router'
import { InputNumber, Modal, Radio } from 'antd'
import { type ReactNode, useState } from 'react'
import { planSweep, SWEEP_MOST, SweepPurpose } from '#contract/lapsed.ts'
import { useCommand } from '../../ask.ts'
import { addDays } from '../../format/day.ts'
import { useSay } from '../../language.ts'
import { usePlace, useStanding } from '../../place.ts'
import { DayInput } from '../../ui/DayInput.tsx'
import { Field, Fields } from '../../ui/Field.tsx'
import { ProblemNotice } from '../../ui/Notices.tsx'
import { TreePicker } from '../../ui/TreePicker.tsx'
import { COMMON } from '../../words.ts'
import { StaffPicker } from '../settings/organisation/StaffPicker.tsx'
import { BY_SWEEPS } from './renewed.ts'
import { PURPOSES } from './words.ts'

const WORDS = {
  title: { zh: '安排扫楼扫村', en: 'Plan a sweep' },
  about: {
    zh: '没问清原因的排在前面；已故、已拒绝、已在其他安排中的不去，安排后列出户数。',
    en: 'Whoever has not said why comes first; those who died, refused, or are in another sweep are left out, and counted.',
  },
  plan: { zh: '安排', en: 'Plan' },
  day: { zh: '日期', en: 'Day' },
  goes: { zh: '谁去', en: 'Who goes' },
  crew: { zh: '班组', en: 'A crew' },
  person: { zh: '一个人', en: 'A person' },
  purpose: { zh: '做什么', en: 'What for' },
  most: { zh: '最多户数', en: 'At most' },
  missing: { zh: '请选择谁去。', en: 'Choose who goes.' },
} as const

/** A day, who goes, and what for; the answer is the sweep on its page. */
export function PlanSweep(of: {
  branchId: string
  place: string
  placeName: string
  done: () => void
}): ReactNode {
  const say = useSay()
  const go = useNavigate()
  const { today } = usePlace()
  const { units } = useStanding()
  const [onDay, setDay] = useState(addDays(today, 1))
  const [by, setBy] = useState<'crew' | 'person'>('crew')
  const [staffId, setStaff] = useState<string | null>(null)
  const [unitId, setUnit] = useState<string>()
  const [purpose, setPurpose] = useState<SweepPurpose>('all')
  const [most, setMost] = useState(50)
  const plan = useCommand(planSweep, {
    renews: BY_SWEEPS,
    onDone: () => void go({ to: '/base/sweeps' }),
  })
  const goes = by === 'crew' ? { staffId: null, unitId: unitId ?? null } : { staffId, unitId: null }
  const isMissing = goes.staffId === null && goes.unitId === null
  return (
    <Modal
      open
      title={`${say(WORDS.title)} · ${of.placeName}`}
      okText={say(WORDS.plan)}
      cancelText={say(COMMON.cancel)}
      onCancel={of.done}
      onOk={() =>
        plan.mutate({
          params: { branchId: of.branchId },
          body: { place: of.place, onDay, purpose, most, ...goes },
        })
      }
      okButtonProps={{
        loading: plan.isPending,
        disabled: isMissing,
        ...(isMissing ? { title: say(WORDS.missing) } : {}),
      }}
    >
      <p>{say(WORDS.about)}</p>
      {plan.error && <ProblemNotice sentence={plan.error.message} />}
      <Fields>
        <Field name={say(WORDS.day)}>
          <DayInput
            name={say(WORDS.day)}
            value={onDay}
            min={today}
            max={addDays(today, 60)}
            change={setDay}
          />
        </Field>
        <Field name={say(WORDS.goes)} wide>
          <Radio.Group
            aria-label={say(WORDS.goes)}
            optionType="button"
            value={by}
            onChange={(event) => setBy(event.target.value)}
            options={(['crew', 'person'] as const).map((value) => ({
              value,
              label: say(WORDS[value]),
            }))}
            style={{ marginBottom: 8 }}
          />
          {by === 'crew' ? (
            <TreePicker
              name={say(WORDS.crew)}
              nodes={units.map(({ unitId: id, parentId, name }) => ({ id, parentId, name }))}
              value={unitId}
              change={setUnit}
              width="100%"
            />
          ) : (
            <StaffPicker
              name={say(WORDS.person)}
              value={staffId}
              called={null}
              may="task:work"
              change={setStaff}
            />
          )}
        </Field>
        <Field name={say(WORDS.purpose)} wide>
          <Radio.Group
            aria-label={say(WORDS.purpose)}
            value={purpose}
            onChange={(event) => setPurpose(event.target.value)}
            options={SweepPurpose.options
              .toSorted((a) => (a === 'all' ? -1 : 0))
              .map((value) => ({ value, label: say(PURPOSES[value]) }))}
          />
        </Field>
        <Field name={say(WORDS.most)}>
          <InputNumber
            aria-label={say(WORDS.most)}
            min={1}
            max={SWEEP_MOST}
            precision={0}
            value={most}
            onChange={(count) => setMost(count ?? 50)}
          />
        </Field>
      </Fields>
    </Modal>
  )
}
