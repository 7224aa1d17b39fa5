import { Input, Modal, Radio, Select } from 'antd'
import { type ReactNode, useState } from 'react'
import { listCampaigns } from '#contract/campaigns.ts'
import { EVENT_KIND_NAMES, planEvent } from '#contract/events.ts'
import { EventKind } from '#contract/on-site-event.ts'
import { listStaff } from '#contract/organisation.ts'
import { useAnswer, useCommand } from '../../ask.ts'
import { addDays } from '../../format/day.ts'
import { useSay } from '../../language.ts'
import { usePlace, useStanding } from '../../place.ts'
import { DayInput } from '../../ui/DayInput.tsx'
import { Field, Fields } from '../../ui/Field.tsx'
import { ProblemNotice } from '../../ui/Notices.tsx'
import { COMMON } from '../../words.ts'
import { BY_EVENTS } from './words.ts'

const WORDS = {
  title: { zh: '安排现场活动', en: 'Plan an on-site event' },
  plan: { zh: '安排', en: 'Plan' },
  hall: { zh: '营业厅', en: 'Hall' },
  kind: { zh: '哪一类', en: 'What kind' },
  hallKind: {
    zh: '厅内活动不计入每周场次。',
    en: 'What is held in the hall does not count towards the quota.',
  },
  place: { zh: '地点', en: 'Place' },
  placeHint: {
    zh: '村、企业或小区的名称，不写客户姓名电话',
    en: 'The village, firm or community; no names or numbers of customers',
  },
  day: { zh: '日期', en: 'Day' },
  starts: { zh: '开始', en: 'From' },
  ends: { zh: '结束', en: 'Until' },
  goes: { zh: '谁去', en: 'Who goes' },
  campaign: { zh: '推什么（可不选）', en: 'What is offered (optional)' },
  missing: {
    zh: '请选择营业厅、前往的人，并填写地点。',
    en: 'Choose the hall and who goes, and give the place.',
  },
} as const

/** A hall, a place, a day with its hours, who goes, and what is offered. */
export function PlanEvent(of: {
  branchId: string
  hall: string | undefined
  done: () => void
}): ReactNode {
  const say = useSay()
  const { today } = usePlace()
  const halls = useStanding().units.filter((unit) => unit.kind === 'hall' && unit.inScope)
  const [unitId, setHall] = useState(of.hall ?? (halls.length === 1 ? halls[0]?.unitId : undefined))
  const [kind, setKind] = useState<EventKind>('village')
  const [placeName, setPlace] = useState('')
  const [onDay, setDay] = useState(addDays(today, 1))
  const [hours, setHours] = useState({ starts: '09:00', ends: '11:30' })
  const [staffIds, setStaff] = useState<string[]>([])
  const [campaignId, setCampaign] = useState<string | null>(null)
  const plan = useCommand(planEvent, { renews: BY_EVENTS, onDone: of.done })
  const isMissing = !unitId || placeName.trim().length < 2 || staffIds.length === 0
  return (
    <Modal
      open
      title={say(WORDS.title)}
      okText={say(WORDS.plan)}
      cancelText={say(COMMON.cancel)}
      onCancel={of.done}
      onOk={() =>
        unitId &&
        plan.mutate({
          params: { branchId: of.branchId },
          body: {
            unitId,
            kind,
            placeName: placeName.trim(),
            onDay,
            ...hours,
            staffIds,
            campaignId,
          },
        })
      }
      okButtonProps={{
        loading: plan.isPending,
        disabled: isMissing,
        ...(isMissing ? { title: say(WORDS.missing) } : {}),
      }}
    >
      {plan.error && <ProblemNotice sentence={plan.error.message} />}
      <Fields>
        <Field name={say(WORDS.hall)} wide>
          <Select
            aria-label={say(WORDS.hall)}
            showSearch={{ optionFilterProp: 'label' }}
            value={unitId}
            onChange={setHall}
            options={halls.map(({ unitId: value, name: label }) => ({ value, label }))}
            style={{ width: '100%' }}
          />
        </Field>
        <Field
          name={say(WORDS.kind)}
          wide
          {...(kind === 'hall' ? { hint: say(WORDS.hallKind) } : {})}
        >
          <Radio.Group
            aria-label={say(WORDS.kind)}
            value={kind}
            onChange={(event) => setKind(event.target.value)}
            options={EventKind.options.map((value) => ({
              value,
              label: say(EVENT_KIND_NAMES[value]),
            }))}
          />
        </Field>
        <Field name={say(WORDS.place)} hint={say(WORDS.placeHint)} wide>
          <Input
            aria-label={say(WORDS.place)}
            maxLength={60}
            value={placeName}
            onChange={({ target }) => setPlace(target.value)}
          />
        </Field>
        <Field name={say(WORDS.day)}>
          <DayInput
            name={say(WORDS.day)}
            value={onDay}
            min={today}
            max={addDays(today, 180)}
            change={setDay}
          />
        </Field>
        {(['starts', 'ends'] as const).map((end) => (
          <Field key={end} name={say(WORDS[end])}>
            <Input
              type="time"
              aria-label={say(WORDS[end])}
              value={hours[end]}
              onChange={({ target }) =>
                target.value && setHours({ ...hours, [end]: target.value.slice(0, 5) })
              }
              style={{ width: 120 }}
            />
          </Field>
        ))}
        <Field name={say(WORDS.goes)} wide>
          <Crew name={say(WORDS.goes)} value={staffIds} change={setStaff} />
        </Field>
        <Field name={say(WORDS.campaign)} wide>
          <Offered branchId={of.branchId} value={campaignId} change={setCampaign} />
        </Field>
      </Fields>
    </Modal>
  )
}

/** People, found by name or id; whoever is chosen stays while another one is sought. */
function Crew(of: {
  name: string
  value: string[]
  change: (staffIds: string[]) => void
}): ReactNode {
  const [search, setSearch] = useState('')
  const [labels, setLabels] = useState<ReadonlyMap<string, string>>(new Map())
  const people = useAnswer(listStaff, { query: { limit: 30, ...(search ? { search } : {}) } })
  const found = (people.data?.rows ?? []).map(({ staffId, name, unitName }) => ({
    value: staffId,
    label: `${name} · ${unitName}`,
  }))
  const missing = of.value.filter((id) => !found.some(({ value }) => value === id))
  const options = [
    ...missing.map((value) => ({ value, label: labels.get(value) ?? value })),
    ...found,
  ]
  return (
    <Select<string[]>
      mode="multiple"
      aria-label={of.name}
      maxCount={20}
      showSearch={{ filterOption: false, onSearch: (text) => setSearch(text.trim().slice(0, 60)) }}
      value={of.value}
      loading={people.isFetching}
      options={options}
      onChange={(staffIds) => {
        setLabels(new Map(options.map(({ value, label }) => [value, label])))
        of.change(staffIds)
      }}
      style={{ width: '100%' }}
    />
  )
}

function Offered(of: {
  branchId: string
  value: string | null
  change: (campaignId: string | null) => void
}): ReactNode {
  const say = useSay()
  const campaigns = useAnswer(listCampaigns, { params: { branchId: of.branchId } })
  return (
    <Select
      aria-label={say(WORDS.campaign)}
      allowClear
      value={of.value}
      loading={campaigns.isFetching}
      options={(campaigns.data?.rows ?? []).map(({ campaign }) => ({
        value: campaign.id,
        label: say(campaign.name),
      }))}
      onChange={(id: string | undefined) => of.change(id ?? null)}
      style={{ width: '100%' }}
    />
  )
}
