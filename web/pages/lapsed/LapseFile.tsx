import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { readLapse } from '#contract/lapsed.ts'
import { ActionButton } from '../../ActionButton.tsx'
import { Asked } from '../../Asked.tsx'
import type { Answer } from '../../api.ts'
import { useAnswer } from '../../ask.ts'
import { dateText, instantText } from '../../format/day.ts'
import { moneyText } from '../../format/money.ts'
import { useLanguage, useSay } from '../../language.ts'
import { EmptyState, Facts, Mark } from '../../ui/Notices.tsx'
import { Part } from '../../ui/PageTitle.tsx'
import { CHANNELS, REASONS } from '../../words.ts'
import { Standing } from './LapsedList.tsx'
import { type Asking, RecordReason } from './RecordReason.tsx'
import { type Paying, RecordReceipt } from './RecordReceipt.tsx'
import { DETAILS } from './words.ts'

const WORDS = {
  who: { zh: '用户', en: 'Subscriber' },
  portrait: { zh: '打开画像', en: 'Open the portrait' },
  address: { zh: '地址', en: 'Address' },
  contract: { zh: '最后合约', en: 'Last contract' },
  plan: { zh: '套餐', en: 'Plan' },
  ended: { zh: '合约到期', en: 'Contract end' },
  fee: { zh: '月费', en: 'Monthly fee' },
  now: { zh: '状态', en: 'State' },
  reasons: { zh: '为什么没续', en: 'Why they did not renew' },
  record: { zh: '登记原因', en: 'Record the reason' },
  pay: { zh: '登记缴费', en: 'Record a payment' },
  over: { zh: '这次失效已了结。', en: 'This lapse is over.' },
  none: { zh: '还没有人问', en: 'Nobody has asked yet' },
  noneStep: { zh: '先问清原因，再谈续约。', en: 'Find the reason first, then speak of renewing.' },
  latest: { zh: '以此为准', en: 'stands' },
  earlier: { zh: '上次合约（{day}到期）', en: 'of the contract that ended on {day}' },
  asked: { zh: '{name} {at} 询问', en: 'asked by {name}, {at}' },
  recorded: { zh: '{name} {at} 登记', en: 'recorded by {name}, {at}' },
  evidence: { zh: '依据：{text}', en: 'From: {text}' },
  touch: { zh: '有接触记录', en: 'with a touch' },
  proposals: { zh: '接触记录提示', en: 'What touches suggest' },
  take: { zh: '确认为原因', en: 'Take as the reason' },
  receipts: { zh: '缴费', en: 'Payments' },
  told: {
    zh: '走访结果里的收据，核对后登记：',
    en: 'Receipts told with results; check, then record:',
  },
  takeReceipt: { zh: '核对登记', en: 'Check and record' },
  unpaid: { zh: '没有登记过缴费。', en: 'No payment is recorded.' },
  receipt: { zh: '收据 {no}', en: 'receipt {no}' },
} as const

type Known = Answer<typeof readLapse>

/** One lapse: the last contract, what was said and by whom asked, what was paid. */
export function LapseFile(of: { branchId: string; subscriberId: string }): ReactNode {
  const file = useAnswer(readLapse, { params: of }, { keep: false })
  return <Asked of={file}>{(known) => <Shown known={known} {...of} />}</Asked>
}

function Shown(of: { known: Known; branchId: string; subscriberId: string }): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const [asking, setAsking] = useState<Asking>()
  const [paying, setPaying] = useState<Paying>()
  const { lapse, reasons, proposals, receipts, receiptProposals } = of.known
  const over = lapse.over !== null || lapse.wonBack?.by === 'extract' ? say(WORDS.over) : undefined
  const ids = { branchId: of.branchId, subscriberId: of.subscriberId }
  return (
    <>
      <Part title={say(WORDS.contract)}>
        <Facts
          facts={[
            {
              name: say(WORDS.who),
              value: (
                <>
                  {lapse.name ?? lapse.subscriberId} <small>{lapse.phone}</small>{' '}
                  <Link to="/base/$subscriberId" params={{ subscriberId: lapse.subscriberId }}>
                    {say(WORDS.portrait)}
                  </Link>
                </>
              ),
            },
            { name: say(WORDS.address), value: lapse.address ?? lapse.placeName ?? '–' },
            { name: say(WORDS.plan), value: lapse.plan ?? lapse.product ?? '–' },
            { name: say(WORDS.ended), value: dateText(lapse.contractEnd, language) },
            {
              name: say(WORDS.fee),
              value: lapse.monthlyFeeFen === null ? '–' : moneyText(lapse.monthlyFeeFen),
            },
            { name: say(WORDS.now), value: <Standing row={lapse} /> },
          ]}
        />
      </Part>
      {proposals.length > 0 && (
        <Part title={say(WORDS.proposals)}>
          <ul>
            {proposals.map(({ reason, touchId, at, channel, staffName }) => (
              <li key={touchId}>
                {say(REASONS[reason])}{' '}
                <small>
                  {instantText(at, language)} {say(CHANNELS[channel as keyof typeof CHANNELS])}{' '}
                  {staffName}
                </small>{' '}
                <ActionButton
                  needs="touch:record"
                  size="small"
                  blocked={over}
                  onClick={() => setAsking({ reason, touchId, askedAt: at })}
                >
                  {say(WORDS.take)}
                </ActionButton>
              </li>
            ))}
          </ul>
        </Part>
      )}
      <Part
        title={say(WORDS.reasons)}
        actions={
          <ActionButton
            type="primary"
            needs="touch:record"
            blocked={over}
            onClick={() => setAsking({})}
          >
            {say(WORDS.record)}
          </ActionButton>
        }
      >
        {reasons.length === 0 && <EmptyState title={say(WORDS.none)} step={say(WORDS.noneStep)} />}
        <ul>
          {reasons.map((told) => (
            <Reason key={told.reasonId} told={told} contractEnd={lapse.contractEnd} />
          ))}
        </ul>
      </Part>
      <Part
        title={say(WORDS.receipts)}
        actions={
          <ActionButton needs="touch:record" blocked={over} onClick={() => setPaying({})}>
            {say(WORDS.pay)}
          </ActionButton>
        }
      >
        {receipts.length === 0 && say(WORDS.unpaid)}
        {receiptProposals.length > 0 && <p>{say(WORDS.told)}</p>}
        <ul>
          {receiptProposals.map(({ touchId, receiptNo, paidOn, amountFen, staffName }) => (
            <li key={touchId}>
              {dateText(paidOn, language)} {amountFen !== null && moneyText(amountFen)}{' '}
              {say(WORDS.receipt, { no: receiptNo })} <small>{staffName}</small>{' '}
              <ActionButton
                needs="touch:record"
                size="small"
                blocked={over}
                onClick={() => setPaying({ receiptNo, paidOn, amountFen })}
              >
                {say(WORDS.takeReceipt)}
              </ActionButton>
            </li>
          ))}
        </ul>
        <ul>
          {receipts.map(({ receiptNo, paidOn, amountFen, recordedAt, recordedByName }) => (
            <li key={receiptNo}>
              {dateText(paidOn, language)} {moneyText(amountFen)}{' '}
              {say(WORDS.receipt, { no: receiptNo })}{' '}
              <small>
                {say(WORDS.recorded, {
                  name: say(recordedByName),
                  at: instantText(recordedAt, language),
                })}
              </small>
            </li>
          ))}
        </ul>
      </Part>
      {asking && <RecordReason {...ids} asking={asking} done={() => setAsking(undefined)} />}
      {paying && (
        <RecordReceipt
          {...ids}
          ended={lapse.contractEnd}
          paying={paying}
          done={() => setPaying(undefined)}
        />
      )}
    </>
  )
}

/** What was said once: in a word, from where, and who asked. */
function Reason(of: { told: Known['reasons'][number]; contractEnd: string }): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const { told } = of
  return (
    <li>
      {say(REASONS[told.reason])}
      {told.detail && `${language === 'zh' ? '：' : ': '}${say(DETAILS[told.detail])}`}{' '}
      {told.stands && told.contractEnd === of.contractEnd && (
        <Mark tone="good">{say(WORDS.latest)}</Mark>
      )}
      {told.contractEnd !== of.contractEnd && (
        <small> {say(WORDS.earlier, { day: dateText(told.contractEnd, language) })}</small>
      )}
      {told.evidence && <div>{say(WORDS.evidence, { text: told.evidence })}</div>}
      <div>
        <small>
          {say(WORDS.asked, {
            name: say(told.askedByName),
            at: instantText(told.askedAt, language),
          })}
          {told.touchId && ` · ${say(WORDS.touch)}`}
        </small>
      </div>
    </li>
  )
}
