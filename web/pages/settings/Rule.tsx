import { Form, InputNumber, Switch } from 'antd'
import type { ReactNode } from 'react'
import type { Sentence } from '#contract/language.ts'
import type {
  putContactPolicy,
  putDormancy,
  putPlanRules,
  putPrivacyRules,
  readContactPolicy,
  readDormancy,
  readPlanRules,
  readPrivacyRules,
} from '#contract/settings.ts'
import { ActionButton } from '../../ActionButton.tsx'
import { Asked } from '../../Asked.tsx'
import type { Answer, Input } from '../../api.ts'
import { useAnswer, useCommand } from '../../ask.ts'
import { instantText } from '../../format/day.ts'
import { useLanguage, useSay } from '../../language.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { ProblemNotice } from '../../ui/Notices.tsx'
import { Part } from '../../ui/PageTitle.tsx'
import { COMMON } from '../../words.ts'

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

type ReadRule =
  | typeof readContactPolicy
  | typeof readPlanRules
  | typeof readDormancy
  | typeof readPrivacyRules
type PutRule =
  | typeof putContactPolicy
  | typeof putPlanRules
  | typeof putDormancy
  | typeof putPrivacyRules
type Value = number | boolean
type Settings = Readonly<Record<string, Value>>
/** A number has its largest value; without one it is a switch. */
type RuleField = Readonly<{ name: string; label: Sentence; max?: number }>

/** One rule of a unit: what is in force and from where, a form, and the versions of the unit. */
export function Rule(of: {
  title: Sentence
  read: ReadRule
  put: PutRule
  unitId: string
  fields: readonly RuleField[]
}): ReactNode {
  const say = useSay()
  const rule = useAnswer(of.read as typeof readDormancy, { params: { unitId: of.unitId } })
  return (
    <Part title={say(of.title)}>
      <Asked of={rule}>
        {(found) => (
          <>
            <Standing rule={found} fields={of.fields} />
            <Edit key={JSON.stringify(found.inForce)} {...of} inForce={found.inForce} />
            {found.history.length > 0 && <History rule={found} fields={of.fields} />}
          </>
        )}
      </Asked>
    </Part>
  )
}

type Found = Answer<typeof readDormancy>

function Standing({ rule, fields }: { rule: Found; fields: readonly RuleField[] }): ReactNode {
  const say = useSay()
  const { from, limits } = rule
  const told = limits.map(({ setting, limit, by }) => {
    const label = fields.find(({ name }) => name === setting)?.label
    return `${label ? say(label) : setting} ${shown(limit, say)}（${say(by)}）`
  })
  return (
    <p>
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

function Edit(of: {
  read: ReadRule
  put: PutRule
  unitId: string
  fields: readonly RuleField[]
  inForce: Settings
}): ReactNode {
  const say = useSay()
  const save = useCommand(of.put as typeof putDormancy, { renews: [of.read] })
  return (
    <Form
      layout="vertical"
      style={{ maxWidth: 480 }}
      requiredMark={false}
      initialValues={of.inForce}
      onFinish={(body: Settings) =>
        save.mutate({ params: { unitId: of.unitId }, body } as unknown as Input<typeof putDormancy>)
      }
    >
      {save.error && <ProblemNotice sentence={save.error.message} />}
      {of.fields.map(({ name, label, max }) => (
        <Form.Item
          key={name}
          name={name}
          label={say(label)}
          valuePropName={max === undefined ? 'checked' : 'value'}
          rules={[{ required: true, message: say(WORDS.needed) }]}
        >
          {max === undefined ? <Switch /> : <InputNumber min={1} max={max} precision={0} />}
        </Form.Item>
      ))}
      <ActionButton
        needs="settings:write"
        type="primary"
        htmlType="submit"
        loading={save.isPending}
      >
        {say(COMMON.save)}
      </ActionButton>
    </Form>
  )
}

function History({ rule, fields }: { rule: Found; fields: readonly RuleField[] }): ReactNode {
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
          ...fields.map(({ name, label }) => ({
            id: name,
            title: say(label),
            numeric: true,
            render: ({ setting }: Found['history'][number]) =>
              shown((setting as Settings)[name] ?? false, say),
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
