import { Input, Popconfirm } from 'antd'
import { type ReactNode, useState } from 'react'
import { callOffEvent, EVENT_KIND_NAMES, readEvent } from '#contract/events.ts'
import { DONE_NAMES } from '#contract/task-forms.ts'
import { ActionButton } from '../../ActionButton.tsx'
import { Asked } from '../../Asked.tsx'
import type { Answer } from '../../api.ts'
import { useAnswer, useCommand } from '../../ask.ts'
import { countText } from '../../format/count.ts'
import { dateText, instantText } from '../../format/day.ts'
import { moneyText } from '../../format/money.ts'
import { useLanguage, useSay } from '../../language.ts'
import { EmptyState, Facts, Mark, ProblemNotice } from '../../ui/Notices.tsx'
import { Part } from '../../ui/PageTitle.tsx'
import { COMMON } from '../../words.ts'
import { EventProofs } from './EventProofs.tsx'
import css from './events.module.css'
import { ReportEvent } from './ReportEvent.tsx'
import { BY_EVENTS, EVENT_STATES } from './words.ts'

const WORDS = {
  event: { zh: '安排', en: 'The plan' },
  state: { zh: '状态', en: 'State' },
  when: { zh: '时间', en: 'When' },
  place: { zh: '地点', en: 'Place' },
  hall: { zh: '营业厅', en: 'Hall' },
  goes: { zh: '谁去', en: 'Who goes' },
  campaign: { zh: '推什么', en: 'What is offered' },
  planned: { zh: '安排人', en: 'Planned by' },
  counts: { zh: '计入每周场次', en: 'Counts towards the quota' },
  calledOff: { zh: '取消原因', en: 'Called off because' },
  callOff: { zh: '取消活动', en: 'Call off' },
  why: { zh: '为什么取消（不写客户姓名电话）', en: 'Why (no names or numbers of customers)' },
  held: { zh: '已有凭证或结果，或已取消。', en: 'It was held, reported or called off already.' },
  reports: { zh: '结果', en: 'Result' },
  report: { zh: '上报结果', en: 'Report the result' },
  amend: { zh: '更正结果', en: 'Amend the result' },
  notYours: { zh: '活动当天起，由前往的人上报。', en: 'Whoever goes reports it, from its day on.' },
  noReport: { zh: '还没有上报', en: 'Not reported yet' },
  version: { zh: '第 {version} 版', en: 'version {version}' },
  stands: { zh: '以此为准', en: 'stands' },
  told: { zh: '接触 {met} 人，意向 {leads} 人', en: '{met} met, {leads} leads' },
  recorded: { zh: '{name} {at} 上报', en: 'reported by {name}, {at}' },
  toldAt: { zh: '（{at} 记下）', en: ' (told at {at})' },
  order: { zh: '{what} {count} 单，{amount}', en: '{what}: {count}, {amount}' },
} as const

type Known = Answer<typeof readEvent>
type Of = Readonly<{ branchId: string; eventId: string }>

/** One event: the plan, what proves that it was held, and every version of its result. */
export function EventFile(of: Of): ReactNode {
  const file = useAnswer(readEvent, { params: of }, { keep: false })
  return <Asked of={file}>{(known) => <Shown known={known} of={of} />}</Asked>
}

function Shown({ known, of }: { known: Known; of: Of }): ReactNode {
  const say = useSay()
  const [reporting, setReporting] = useState(false)
  const { event, reports } = known
  const mayReport = event.can.includes('report')
  return (
    <>
      <Plan known={known} of={of} />
      <EventProofs proofs={known.proofs} of={of} />
      <Part
        title={say(WORDS.reports)}
        actions={
          <ActionButton
            needs="event:report"
            blocked={mayReport ? undefined : say(WORDS.notYours)}
            onClick={() => setReporting(true)}
          >
            {say(reports.length > 0 ? WORDS.amend : WORDS.report)}
          </ActionButton>
        }
      >
        {reports.length === 0 && (
          <EmptyState title={say(WORDS.noReport)} step={say(WORDS.notYours)} />
        )}
        <ul className={css.lines}>
          {reports.map((report) => (
            <Report key={report.version} report={report} />
          ))}
        </ul>
      </Part>
      {reporting && (
        <ReportEvent
          of={of}
          last={reports.find(({ stands }) => stands)}
          done={() => setReporting(false)}
        />
      )}
    </>
  )
}

function Plan({ known: { event }, of }: { known: Known; of: Of }): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const { tone, name } = EVENT_STATES[event.state]
  const facts = [
    { name: say(WORDS.state), value: <Mark tone={tone}>{say(name)}</Mark> },
    {
      name: say(WORDS.counts),
      value: event.counts
        ? say(COMMON.yes)
        : event.against.map(({ code, text }) => <div key={code}>{say(text)}</div>),
    },
    {
      name: say(WORDS.when),
      value: `${dateText(event.onDay, language)} ${event.starts}–${event.ends}`,
    },
    { name: say(WORDS.place), value: `${event.placeName} · ${say(EVENT_KIND_NAMES[event.kind])}` },
    { name: say(WORDS.hall), value: event.unitName },
    {
      name: say(WORDS.goes),
      value: event.goes.map((each) => say(each.name)).join(language === 'zh' ? '、' : ', '),
    },
    ...(event.campaign
      ? [{ name: say(WORDS.campaign), value: say(event.campaign.campaignName) }]
      : []),
    {
      name: say(WORDS.planned),
      value: `${say(event.plannedByName)} ${instantText(event.plannedAt, language)}`,
    },
    ...(event.calledOff
      ? [
          {
            name: say(WORDS.calledOff),
            value: `${event.calledOff.note} · ${say(event.calledOff.recordedByName)} ${instantText(event.calledOff.at, language)}`,
          },
        ]
      : []),
  ]
  return (
    <Part title={say(WORDS.event)} actions={<CallOff event={event} of={of} />}>
      <Facts facts={facts} />
    </Part>
  )
}

function CallOff({ event, of }: { event: Known['event']; of: Of }): ReactNode {
  const say = useSay()
  const [note, setNote] = useState('')
  const callOff = useCommand(callOffEvent, { renews: BY_EVENTS })
  const isOpen = event.can.includes('call-off')
  const button = (
    <ActionButton
      needs="event:plan"
      danger
      blocked={isOpen ? undefined : say(WORDS.held)}
      loading={callOff.isPending}
    >
      {say(WORDS.callOff)}
    </ActionButton>
  )
  if (!isOpen) return button
  return (
    <>
      <Popconfirm
        title={say(WORDS.why)}
        description={
          <Input
            aria-label={say(WORDS.why)}
            maxLength={200}
            value={note}
            onChange={({ target }) => setNote(target.value)}
          />
        }
        okText={say(WORDS.callOff)}
        okButtonProps={{ disabled: note.trim().length < 2 }}
        cancelText={say(COMMON.close)}
        onConfirm={() => callOff.mutate({ params: of, body: { note: note.trim() } })}
      >
        {button}
      </Popconfirm>
      {callOff.error && <ProblemNotice sentence={callOff.error.message} />}
    </>
  )
}

function Report(of: { report: Known['reports'][number] }): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const { met, leads, orders, note, version, recordedByName, recordedAt, toldAt, stands } =
    of.report
  return (
    <li>
      {say(WORDS.told, { met: countText(met), leads: countText(leads) })}{' '}
      {stands && <Mark tone="good">{say(WORDS.stands)}</Mark>}
      {orders.map(({ what, count, amountFen }) => (
        <div key={what}>
          {say(WORDS.order, {
            what: say(DONE_NAMES[what]),
            count: countText(count),
            amount: moneyText(amountFen),
          })}
        </div>
      ))}
      {note && <div>{note}</div>}
      <div>
        <small>
          {say(WORDS.version, { version })} ·{' '}
          {say(WORDS.recorded, {
            name: say(recordedByName),
            at: instantText(recordedAt, language),
          })}
          {toldAt !== null && say(WORDS.toldAt, { at: instantText(toldAt, language) })}
        </small>
      </div>
    </li>
  )
}
