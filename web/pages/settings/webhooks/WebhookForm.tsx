import { Checkbox, Input } from 'antd'
import { type ReactNode, useState } from 'react'
import {
  changeWebhook,
  listWebhooks,
  makeWebhook,
  WEBHOOK_EVENTS,
  WEBHOOK_KINDS,
  type WebhookEvent,
} from '#contract/webhooks.ts'
import { ActionButton } from '../../../ActionButton.tsx'
import type { Answer } from '../../../api.ts'
import { useCommand } from '../../../ask.ts'
import { useSay } from '../../../language.ts'
import { usePlace, useStanding } from '../../../place.ts'
import { Field, Fields, FormFoot } from '../../../ui/Field.tsx'
import { ProblemNotice } from '../../../ui/Notices.tsx'
import { TreePicker } from '../../../ui/TreePicker.tsx'
import { ShownOnce } from '../ShownOnce.tsx'
import css from './webhooks.module.css'

const WORDS = {
  name: { zh: '对方系统', en: 'Who is told' },
  nameHint: { zh: '如“BSS 工单系统”。', en: 'Such as “BSS work orders”.' },
  unit: {
    zh: '范围（该单位及下级分公司）',
    en: 'What happens in this unit and the branches below',
  },
  url: { zh: '接收地址', en: 'Address' },
  urlHint: {
    zh: '以 https:// 开头，不能指向内部地址；保存和每次发送时都会检查。',
    en: 'Begins with https:// and leads to no inner address; looked at now and at every message.',
  },
  kinds: { zh: '推送哪些事件', en: 'Events' },
  make: { zh: '添加', en: 'Add it' },
  save: { zh: '保存', en: 'Save' },
  incomplete: {
    zh: '请填写对方系统和接收地址，并勾选事件。',
    en: 'Say who is told and where, and choose events.',
  },
  shown: { zh: '签名密钥', en: 'The signing secret' },
  once: {
    zh: '只显示这一次：请立即交给对方系统保管，对方用它核对每条消息确实来自本系统。',
    en: 'Shown this once: give it to the other system now, which checks by it that a message is from here.',
  },
} as const

type Webhook = Answer<typeof listWebhooks>['webhooks'][number]

/** Who is told what, and where; a new one ends with its secret, once. */
export function WebhookForm(of: { known?: Webhook | undefined; done: () => void }): ReactNode {
  const say = useSay()
  const { units } = useStanding()
  const { me, branchId } = usePlace()
  const [name, setName] = useState(of.known?.name ?? '')
  const [url, setUrl] = useState(of.known?.url ?? 'https://')
  const [unitId, setUnitId] = useState(branchId || me.unit.unitId)
  const [kinds, setKinds] = useState<readonly WebhookEvent[]>(of.known?.kinds ?? [])
  const make = useCommand(makeWebhook, { renews: [listWebhooks] })
  const change = useCommand(changeWebhook, { renews: [listWebhooks], onDone: of.done })
  if (make.data)
    return (
      <ShownOnce
        name={say(WORDS.shown)}
        what={say(WORDS.once)}
        secret={make.data.secret}
        done={of.done}
      />
    )
  const problem = make.error ?? change.error
  const complete = name.trim() !== '' && /^https?:\/\/\S+$/i.test(url.trim()) && kinds.length > 0
  const wish = { name, url, kinds: [...kinds] }
  const save = () =>
    of.known
      ? change.mutate({ params: { webhookId: of.known.webhookId }, body: wish })
      : make.mutate({ body: { ...wish, unitId } })
  return (
    <>
      {problem && <ProblemNotice sentence={problem.message} />}
      <Fields>
        <Field name={say(WORDS.name)} hint={say(WORDS.nameHint)} wide>
          <Input
            aria-label={say(WORDS.name)}
            value={name}
            maxLength={60}
            onChange={({ target }) => setName(target.value)}
          />
        </Field>
        <Field name={say(WORDS.url)} hint={say(WORDS.urlHint)} wide>
          <Input
            aria-label={say(WORDS.url)}
            value={url}
            maxLength={2000}
            inputMode="url"
            onChange={({ target }) => setUrl(target.value)}
          />
        </Field>
        {!of.known && (
          <Field name={say(WORDS.unit)} wide>
            <TreePicker
              name={say(WORDS.unit)}
              nodes={units
                .filter(({ kind }) => ABOVE.has(kind))
                .map((each) => ({
                  id: each.unitId,
                  parentId: each.parentId,
                  name: each.name,
                  closed: !each.inScope,
                }))}
              value={unitId}
              clearable={false}
              width="100%"
              change={(id) => id !== undefined && setUnitId(id)}
            />
          </Field>
        )}
        <Field name={say(WORDS.kinds)} wide>
          <Checkbox.Group
            aria-label={say(WORDS.kinds)}
            className={css.kinds ?? ''}
            value={[...kinds]}
            onChange={setKinds}
            options={WEBHOOK_KINDS.map((value) => ({
              value,
              label: say(WEBHOOK_EVENTS[value].name),
            }))}
          />
        </Field>
      </Fields>
      <FormFoot>
        <ActionButton
          needs="webhook:write"
          type="primary"
          loading={make.isPending || change.isPending}
          blocked={complete ? undefined : say(WORDS.incomplete)}
          onClick={save}
        >
          {say(of.known ? WORDS.save : WORDS.make)}
        </ActionButton>
      </FormFoot>
    </>
  )
}
const ABOVE: ReadonlySet<string> = new Set(['province', 'city', 'branch'])
