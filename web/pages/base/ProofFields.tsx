import { Form, Input, Select } from 'antd'
import type { ReactNode } from 'react'
import type { recordTouch } from '#contract/touches.ts'
import type { Input as Given } from '../../api.ts'
import { useSay } from '../../language.ts'
import { PROOFS } from './consent-words.ts'

const WORDS = {
  kind: { zh: '凭证类别', en: 'Kind of proof' },
  ref: { zh: '凭证编号', en: 'Number of the proof' },
  needed: { zh: '登记“同意”须有凭证', en: 'A “yes” needs its proof' },
  whole: { zh: '凭证须有类别和编号', en: 'A proof takes its kind and its number' },
} as const

type Proof = NonNullable<NonNullable<Given<typeof recordTouch>['body']>['proof']>

/** What the fields of a proof hold, each as it was filled in. */
export type ProofTold = { proofKind?: Proof['kind'] | undefined; proofRef?: string | undefined }

/** The proof that was filled in, if any. */
export const proofOf = ({ proofKind, proofRef }: ProofTold): Proof | null =>
  proofKind && proofRef ? { kind: proofKind, ref: proofRef } : null

/** Where the proof of what was told is; half of one asks for the other half. */
export function ProofFields({ needed = false }: { needed?: boolean }): ReactNode {
  const say = useSay()
  const form = Form.useFormInstance<ProofTold>()
  const [kind, ref] = [Form.useWatch('proofKind', form), Form.useWatch('proofRef', form)]
  const rule = {
    required: needed || Boolean(kind || ref),
    whitespace: true,
    message: say(needed ? WORDS.needed : WORDS.whole),
  }
  const kinds = (Object.keys(PROOFS) as (keyof typeof PROOFS)[]).map((value) => ({
    ...{ value, label: say(PROOFS[value]) },
  }))
  return (
    <>
      <Form.Item name="proofKind" label={say(WORDS.kind)} rules={[rule]}>
        <Select allowClear options={kinds} />
      </Form.Item>
      <Form.Item name="proofRef" label={say(WORDS.ref)} rules={[rule]}>
        <Input maxLength={200} />
      </Form.Item>
    </>
  )
}
