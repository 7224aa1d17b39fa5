import { Link } from '@tanstack/react-router'
import { Space } from 'antd'
import { type ReactNode, useCallback } from 'react'
import { readPortrait } from '#contract/subscribers.ts'
import { Asked } from '../../Asked.tsx'
import type { Answer } from '../../api.ts'
import { useAnswer } from '../../ask.ts'
import { barPicture } from '../../charts/bars.ts'
import { dateText, instantText, monthText } from '../../format/day.ts'
import { moneyText } from '../../format/money.ts'
import { useLanguage, useSay } from '../../language.ts'
import { useMay } from '../../may.ts'
import { useStanding } from '../../place.ts'
import { Chart } from '../../ui/Chart.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { EmptyState, Facts, Mark, Warnings } from '../../ui/Notices.tsx'
import { Part } from '../../ui/PageTitle.tsx'
import { useUnmasking } from '../../unmask.ts'
import { COMMON, STATUSES } from '../../words.ts'
import { AskErasure } from '../subjects/AskErasure.tsx'
import { RecordCorrection } from '../subjects/RecordCorrection.tsx'
import { AssignOne } from '../work/assign/AssignOne.tsx'
import { Call } from './Call.tsx'
import { Consents } from './Consents.tsx'
import { ContractCalendar } from './ContractCalendar.tsx'
import { Explanation } from './Explanation.tsx'
import { Gates } from './Gates.tsx'
import { Changes, Contacts, Rivals } from './PortraitHistory.tsx'
import css from './portrait.module.css'
import { Unmask } from './Unmask.tsx'

const WORDS = {
  who: { zh: '基本情况', en: 'At a glance' },
  name: { zh: '姓名', en: 'Name' },
  phone: { zh: '号码', en: 'Number' },
  address: { zh: '地址', en: 'Address' },
  idNumber: { zh: '身份证号', en: 'Identity number' },
  unit: { zh: '网格', en: 'Grid' },
  plan: { zh: '套餐', en: 'Plan' },
  fee: { zh: '月费', en: 'Monthly fee' },
  tenure: { zh: '在网', en: 'Tenure' },
  months: { zh: '{months} 个月', en: '{months} months' },
  arrears: { zh: '欠费', en: 'Arrears' },
  bills: { zh: '近期账单', en: 'Recent bills' },
  billsFinding: { zh: '最近 {count} 个月月均 {mean}', en: 'Mean of {count} months: {mean}' },
  noBills: { zh: '没有提供账单', en: 'No bills were delivered' },
  noBillsStep: {
    zh: '导入含账单列的用户清单后显示。',
    en: 'They appear once an extract has bill columns.',
  },
  month: { zh: '月份', en: 'Month' },
  amount: { zh: '金额', en: 'Amount' },
  household: { zh: '同户用户', en: 'The household' },
  alone: { zh: '同户没有其他用户', en: 'Nobody else in the household' },
  aloneStep: { zh: '按装机地址归户。', en: 'Households are formed by install address.' },
  status: { zh: '状态', en: 'Status' },
  rights: { zh: '个人信息权利', en: 'Rights of the person' },
  erased: { zh: '个人信息已于 {day} 删除', en: 'Erased on {day}' },
  missing: { zh: '未提供的 {count} 列', en: '{count} columns were not delivered' },
} as const

type Known = Answer<typeof readPortrait>

/** Everything known of a subscriber, and why they are or are not on somebody’s list. */
export function Portrait(of: {
  branchId: string
  subscriberId: string
  /** In a side panel: one column. */
  narrow?: boolean
}): ReactNode {
  const { branchId, subscriberId } = of
  const portrait = useAnswer(readPortrait, { params: { branchId, subscriberId } }, { keep: false })
  return (
    <Asked of={portrait} lines={14}>
      {(known) => (
        <div className={of.narrow ? css.narrow : css.wide}>
          <Shown known={known} branchId={branchId} />
          <Explanation branchId={branchId} subscriberId={subscriberId} />
          <ContractCalendar ends={known.contractCalendar} />
          <Bills bills={known.bills} />
          <Household known={known} />
          <Contacts rows={known.contacts} />
          <Gates branchId={branchId} subscriberId={subscriberId} />
          <Consents branchId={branchId} subscriberId={subscriberId} />
          <Rivals rows={known.rivals} />
          <Groups groups={known.groups} />
          <Changes rows={known.changes} />
          <NotDelivered names={known.notDelivered} />
          <Rights known={known} branchId={branchId} />
        </div>
      )}
    </Asked>
  )
}

function Shown({ known, branchId }: { known: Known; branchId: string }): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const { subscriber } = known
  const { subscriberId } = subscriber
  const unmasking = useUnmasking({ branchId, subscriberId })
  const clear = unmasking.shown?.values ?? {}
  const { canCall } = useStanding().me
  return (
    <Part
      title={say(WORDS.who)}
      note={say(COMMON.asOf, { day: dateText(known.asOf, language) })}
      actions={
        <>
          <Mark>{say(STATUSES[subscriber.status])}</Mark>
          {known.erasedAt ? (
            <Mark>{say(WORDS.erased, { day: instantText(known.erasedAt, language) })}</Mark>
          ) : (
            <>
              <AssignOne who={subscriber} />
              <Unmask unmasking={unmasking} />
            </>
          )}
        </>
      }
    >
      <Warnings name={say(COMMON.warnings)} lines={known.warnings.map(({ text }) => say(text))} />
      <Facts
        facts={[
          { name: say(WORDS.name), value: clear.name ?? subscriber.name ?? '–' },
          {
            name: say(WORDS.phone),
            value: (
              <Space size="small" wrap>
                {clear.phone ?? subscriber.phone ?? '–'}
                {canCall && subscriber.phone !== null && !known.erasedAt && (
                  <Call branchId={branchId} subscriberId={subscriberId} />
                )}
              </Space>
            ),
          },
          { name: say(WORDS.address), value: clear.address ?? subscriber.address ?? '–' },
          ...(clear.idNumber ? [{ name: say(WORDS.idNumber), value: clear.idNumber }] : []),
          { name: say(WORDS.unit), value: subscriber.unitName },
          { name: say(WORDS.plan), value: subscriber.plan ?? subscriber.product ?? '–' },
          {
            name: say(WORDS.fee),
            value: subscriber.monthlyFeeFen === null ? '–' : moneyText(subscriber.monthlyFeeFen),
          },
          {
            name: say(WORDS.tenure),
            value:
              subscriber.tenureMonths === null
                ? '–'
                : say(WORDS.months, { months: subscriber.tenureMonths }),
          },
          {
            name: say(WORDS.arrears),
            value: subscriber.arrearsFen === null ? '–' : moneyText(subscriber.arrearsFen),
          },
        ]}
      />
    </Part>
  )
}

function Bills({ bills }: { bills: Known['bills'] }): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const picture = useCallback(
    (mode: 'light' | 'dark') =>
      barPicture(
        bills.map(({ month, amountFen }) => ({
          key: month,
          name: monthText(month, language),
          value: amountFen,
        })),
        mode,
        moneyText,
      ),
    [bills, language],
  )
  const total = bills.reduce((sum, { amountFen }) => sum + amountFen, 0)
  return (
    <Part title={say(WORDS.bills)}>
      {bills.length === 0 ? (
        <EmptyState title={say(WORDS.noBills)} step={say(WORDS.noBillsStep)} />
      ) : (
        <Chart
          name={say(WORDS.billsFinding, {
            count: bills.length,
            mean: moneyText(Math.round(total / bills.length)),
          })}
          words={{
            table: say(COMMON.table),
            picture: say(COMMON.picture),
            save: say(COMMON.savePng),
          }}
          picture={picture}
          height={180}
          table={{
            head: [say(WORDS.month), say(WORDS.amount)],
            rows: bills.map(({ month, amountFen }) => [
              monthText(month, language),
              moneyText(amountFen),
            ]),
          }}
        />
      )}
    </Part>
  )
}

function Household({ known }: { known: Known }): ReactNode {
  const say = useSay()
  const others = known.household.filter(
    ({ subscriberId }) => subscriberId !== known.subscriber.subscriberId,
  )
  return (
    <Part title={say(WORDS.household)}>
      <DataTable
        name={say(WORDS.household)}
        dense
        cards
        rows={others}
        keyOf={({ subscriberId }) => subscriberId}
        empty={<EmptyState title={say(WORDS.alone)} step={say(WORDS.aloneStep)} />}
        columns={[
          {
            id: 'name',
            title: say(WORDS.name),
            render: ({ subscriberId, name }) => (
              <Link to="/base/$subscriberId" params={{ subscriberId }}>
                {name ?? subscriberId}
              </Link>
            ),
          },
          {
            id: 'plan',
            title: say(WORDS.plan),
            render: ({ plan, product }) => plan ?? product ?? '–',
          },
          {
            id: 'fee',
            title: say(WORDS.fee),
            numeric: true,
            render: ({ monthlyFeeFen }) =>
              monthlyFeeFen === null ? '–' : moneyText(monthlyFeeFen),
          },
          {
            id: 'status',
            title: say(WORDS.status),
            render: ({ status }) => say(STATUSES[status]),
          },
        ]}
      />
    </Part>
  )
}

function Groups({ groups }: { groups: Known['groups'] }): ReactNode {
  const say = useSay()
  return groups.map(({ group, label, values }) => (
    <Part key={group} title={say(label)}>
      <Facts facts={values.map((value) => ({ name: say(value.label), value: say(value.text) }))} />
    </Part>
  ))
}

/** What the person may ask of us, in a quiet place. */
function Rights({ known, branchId }: { known: Known; branchId: string }): ReactNode {
  const say = useSay()
  const { subscriberId } = known.subscriber
  const [corrects, erases] = [useMay('subject:correct'), useMay('subject:erase')]
  if (!(corrects || erases) || known.erasedAt) return null
  return (
    <Part title={say(WORDS.rights)}>
      <Space wrap>
        {corrects && <RecordCorrection branchId={branchId} subscriberId={subscriberId} />}
        {erases && <AskErasure branchId={branchId} subscriberId={subscriberId} />}
      </Space>
    </Part>
  )
}

function NotDelivered({ names }: { names: Known['notDelivered'] }): ReactNode {
  const say = useSay()
  if (names.length === 0) return null
  return (
    <details className={css.missing}>
      <summary>{say(WORDS.missing, { count: names.length })}</summary>
      <p>{names.map((name) => say(name)).join('、')}</p>
    </details>
  )
}
