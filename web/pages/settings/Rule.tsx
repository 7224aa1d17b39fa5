import { Form, InputNumber, Switch } from 'antd'
import type { ReactNode } from 'react'
import type { z } from 'zod'
import type { Sentence } from '#contract/language.ts'
import type { SettingCalls } from '#contract/settings.ts'
import { Asked } from '../../Asked.tsx'
import type { Answer } from '../../api.ts'
import { useAnswer, useCommand } from '../../ask.ts'
import { instantText } from '../../format/day.ts'
import { useLanguage, useSay } from '../../language.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { Part } from '../../ui/PageTitle.tsx'
import { RuleForm } from './RuleForm.tsx'

const WORDS = {
  usual: { zh: '出厂规则，尚未修改', en: 'As delivered; nobody has changed it yet' },
  from: { zh: '现行版本', en: 'In force' },
  limits: { zh: '不得放宽', en: 'Not looser than' },
  version: { zh: '版本', en: 'Version' },
  saved: { zh: '保存', en: 'Saved' },
  history: { zh: '本级保存过的版本', en: 'Versions that this unit has saved' },
  needed: { zh: '请填写', en: 'Fill this in' },
  yes: { zh: '是', en: 'yes' },
  no: { zh: '否', en: 'no' },
} as const

type Value = number | boolean
type Setting = Readonly<Record<string, Value>>
type Calls<Of extends Setting> = SettingCalls<z.ZodType<Of, Of>>
/** A number has its largest value; without one it is a switch. */
type RuleField = Readonly<{ label: Sentence; max?: number }>
type RuleFields = Readonly<Record<string, RuleField>>
/** One field for each value, in the order of the form. */
type FieldsOf<Of extends Setting> = Readonly<{
  [Name in keyof Of]: Of[Name] extends boolean
    ? { label: Sentence }
    : { label: Sentence; max: number }
}>

/** One rule of a unit: what is in force and from where, a form, and the versions of the unit. */
export function Rule<Of extends Setting>(of: {
  title: Sentence
  read: Calls<Of>['read']
  put: Calls<Of>['put']
  unitId: string
  fields: FieldsOf<Of> & RuleFields
}): ReactNode {
  return <AnyRule {...of} />
}

/** `Rule` has compared the fields with what the calls take, so names and kinds are right here. */
type RuleProps = Readonly<{
  title: Sentence
  read: Calls<Setting>['read']
  put: Calls<Setting>['put']
  unitId: string
  fields: RuleFields
}>

function AnyRule(of: RuleProps): ReactNode {
  const say = useSay()
  const rule = useAnswer(of.read, { params: { unitId: of.unitId } })
  return (
    <Part title={say(of.title)}>
      <Asked of={rule}>
        {(found) => (
          <>
            <Standing rule={found} fields={of.fields} />
            <Edit {...of} inForce={found.inForce} />
            {found.history.length > 0 && <History rule={found} fields={of.fields} />}
          </>
        )}
      </Asked>
    </Part>
  )
}

type Found = Answer<Calls<Setting>['read']>

function Standing({ rule, fields }: { rule: Found; fields: RuleFields }): ReactNode {
  const say = useSay()
  const { from, limits } = rule
  const told = limits.map(({ setting, limit, by }) => {
    const label = fields[setting]?.label
    return `${label ? say(label) : setting} ${shown(limit, say)}（${say(by)}）`
  })
  return (
    <p style={{ marginBottom: 12 }}>
      {from ? `${say(WORDS.from)}：${from.name} · ${from.version}` : say(WORDS.usual)}
      {told.length > 0 && (
        <>
          <br />
          {say(WORDS.limits)}：{told.join(' · ')}
        </>
      )}
    </p>
  )
}

const shown = (value: Value, say: ReturnType<typeof useSay>) =>
  typeof value === 'boolean' ? say(value ? WORDS.yes : WORDS.no) : String(value)

function Edit(of: RuleProps & { inForce: Setting }): ReactNode {
  const say = useSay()
  const save = useCommand(of.put, { renews: [of.read] })
  return (
    <RuleForm
      inForce={of.inForce}
      save={save}
      send={(body) => save.mutate({ params: { unitId: of.unitId }, body })}
    >
      {Object.entries(of.fields).map(([name, { label, max }]) => (
        <Form.Item
          key={name}
          name={name}
          label={say(label)}
          extra={max === undefined ? undefined : `1–${max}`}
          valuePropName={max === undefined ? 'checked' : 'value'}
          rules={[{ required: true, message: say(WORDS.needed) }]}
        >
          {max === undefined ? <Switch /> : <InputNumber min={1} max={max} precision={0} />}
        </Form.Item>
      ))}
    </RuleForm>
  )
}

function History({ rule, fields }: { rule: Found; fields: RuleFields }): ReactNode {
  const say = useSay()
  const language = useLanguage()
  return (
    <div style={{ marginTop: 16 }}>
      <DataTable
        name={say(WORDS.history)}
        rows={rule.history}
        keyOf={({ version }) => String(version)}
        empty={null}
        columns={[
          {
            id: 'version',
            title: say(WORDS.version),
            numeric: true,
            render: ({ version }) => version,
          },
          ...Object.entries(fields).map(([name, { label }]) => ({
            id: name,
            title: say(label),
            numeric: true,
            render: ({ setting }: Found['history'][number]) => shown(setting[name] ?? false, say),
          })),
          {
            id: 'saved',
            title: say(WORDS.saved),
            render: ({ savedAt, savedByName }) =>
              `${instantText(savedAt, language)} · ${say(savedByName)}`,
          },
        ]}
      />
    </div>
  )
}
