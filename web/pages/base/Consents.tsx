import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { listConsents } from '#contract/consents.ts'
import { Asked } from '../../Asked.tsx'
import { useAnswer } from '../../ask.ts'
import { instantText } from '../../format/day.ts'
import { useLanguage, useSay } from '../../language.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { EmptyState, Mark } from '../../ui/Notices.tsx'
import { Part } from '../../ui/PageTitle.tsx'
import { CHANNELS } from '../../words.ts'
import { ANSWERS, PROOFS, SCOPES, SUBJECTS } from './consent-words.ts'
import { RecordConsent } from './RecordConsent.tsx'

const WORDS = {
  title: { zh: '同意与退订', en: 'Consent and opt-out' },
  record: { zh: '登记', en: 'Record' },
  none: { zh: '本系统没有登记过', en: 'Nothing is recorded here' },
  noneStep: {
    zh: '用户表示同意、拒收、不要个性化推荐或要携号转网时，在这里登记。',
    en: 'Record it here when somebody agrees, opts out, wants no personalised offers or asks to port out.',
  },
  said: { zh: '事项', en: 'About' },
  answer: { zh: '答复', en: 'Answer' },
  at: { zh: '途径与时间', en: 'Told' },
  proof: { zh: '凭证', en: 'Proof' },
  by: { zh: '登记人', en: 'Recorded by' },
  stands: { zh: '现行', en: 'stands' },
} as const

/** What the subscriber agreed to and forbade, the latest first, and the way to record more. */
export function Consents(of: { branchId: string; subscriberId: string }): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const [open, setOpen] = useState(false)
  const list = useAnswer(listConsents, { params: of }, { keep: false })
  return (
    <Part
      title={say(WORDS.title)}
      actions={
        <Button size="small" onClick={() => setOpen(true)}>
          {say(WORDS.record)}
        </Button>
      }
    >
      <Asked of={list} lines={3}>
        {({ consents }) => (
          <DataTable
            name={say(WORDS.title)}
            rows={consents}
            keyOf={({ consentId }) => consentId}
            cards
            empty={<EmptyState title={say(WORDS.none)} step={say(WORDS.noneStep)} />}
            columns={[
              {
                id: 'about',
                title: say(WORDS.said),
                render: ({ subject, channel }) =>
                  subject === 'marketing'
                    ? `${say(SUBJECTS.marketing)} · ${say(SCOPES[channel ?? 'all'])}`
                    : say(SUBJECTS[subject]),
              },
              {
                id: 'answer',
                title: say(WORDS.answer),
                render: ({ subject, answer, stands }) => (
                  <>
                    {say(ANSWERS[subject][answer])} {stands && <Mark>{say(WORDS.stands)}</Mark>}
                  </>
                ),
              },
              {
                id: 'at',
                title: say(WORDS.at),
                nowrap: true,
                render: ({ toldAt, via }) => (
                  <>
                    {say(CHANNELS[via])}
                    <br />
                    <small>{instantText(toldAt, language)}</small>
                  </>
                ),
              },
              {
                id: 'proof',
                title: say(WORDS.proof),
                render: ({ proof }) => (proof ? `${say(PROOFS[proof.kind])} ${proof.ref}` : '–'),
              },
              {
                id: 'by',
                title: say(WORDS.by),
                nowrap: true,
                render: ({ recordedByName }) => say(recordedByName),
              },
            ]}
          />
        )}
      </Asked>
      {open && <RecordConsent {...of} done={() => setOpen(false)} />}
    </Part>
  )
}
