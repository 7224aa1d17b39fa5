import { getRouteApi } from '@tanstack/react-router'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { downloadExport, listExports } from '#contract/exports.ts'
import { type Answer, urlOf } from '../../api.ts'
import { useAnswer } from '../../ask.ts'
import { countText } from '../../format/count.ts'
import { addDays, dateText, instantText } from '../../format/day.ts'
import { type Say, useLanguage, useSay } from '../../language.ts'
import { usePlace } from '../../place.ts'
import { RecordsPage, StateCell, WhoCell } from '../../RecordsPage.tsx'
import type { Column } from '../../ui/DataTable.tsx'
import { STATUSES } from '../../words.ts'
import { Decide } from './Decide.tsx'
import { type OfImport, RequestExport } from './RequestExport.tsx'
import { COLUMNS, KINDS, STATE_TONES, STATES } from './words.ts'

const WORDS = {
  title: { zh: '导出审批', en: 'Exports' },
  note: {
    zh: '含明文个人信息的文件须由第二人批准',
    en: 'Files with personal data in clear text take a second person’s approval',
  },
  number: { zh: '编号', en: 'Number' },
  state: { zh: '状态', en: 'State' },
  what: { zh: '内容', en: 'What' },
  why: { zh: '用途', en: 'Why' },
  by: { zh: '申请人', en: 'Asked by' },
  decided: { zh: '审批', en: 'Decided' },
  until: { zh: '有效至 {when}', en: 'until {when}' },
  rows: { zh: '{rows} 行 · 下载 {downloads} 次', en: '{rows} rows · {downloads} downloads' },
  ends: { zh: '合约到期 {from} 至 {to}', en: 'contract ends {from} – {to}' },
  download: { zh: '下载', en: 'Download' },
  none: { zh: '还没有导出申请', en: 'Nobody has asked for an export' },
  noneStep: {
    zh: '需要明文文件时在这里申请；清单打印不需要审批。',
    en: 'Ask here for a file in clear text; printing lists takes no approval.',
  },
} as const

type Row = Answer<typeof listExports>['rows'][number]
const route = getRouteApi('/console/work/exports')

/** What was asked for in clear text: the own requests, and those one may decide on. */
export function Exports(): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const go = route.useNavigate()
  const { branchId } = usePlace()
  const { cursor, page, import: importId, what } = route.useSearch()
  const list = useAnswer(
    listExports,
    { params: { branchId }, query: { cursor, limit: 50 } },
    { every: (known) => (known?.rows.some(({ state }) => state === 'approved') ? 1500 : false) },
  )
  const of: OfImport | undefined = importId && what ? { importId, what } : undefined
  return (
    <RecordsPage
      list="exports"
      words={WORDS}
      asked={list}
      at={{ cursor, page }}
      go={(step) => void go({ search: (before) => ({ ...before, ...step }) })}
      columns={columnsOf(branchId, say, language)}
      keyOf={({ exportId }) => exportId}
    >
      <RequestExport of={of} />
    </RecordsPage>
  )
}

function columnsOf(branchId: string, say: Say, language: 'zh' | 'en'): Column<Row>[] {
  return [
    {
      id: 'state',
      nowrap: true,
      title: say(WORDS.state),
      render: ({ state, until }) => (
        <StateCell
          tone={STATE_TONES[state]}
          name={say(STATES[state])}
          when={until && say(WORDS.until, { when: instantText(until, language) })}
        />
      ),
    },
    {
      id: 'act',
      nowrap: true,
      title: '',
      render: ({ exportId, number, can }) => (
        <>
          {can.includes('decide') && (
            <Decide branchId={branchId} exportId={exportId} number={number} />
          )}
          {can.includes('download') && (
            <Button
              size="small"
              type="primary"
              href={urlOf(downloadExport, { params: { branchId, exportId } })}
              download
            >
              {say(WORDS.download)}
            </Button>
          )}
        </>
      ),
    },
    { id: 'number', nowrap: true, title: say(WORDS.number), render: ({ number }) => number },
    {
      id: 'what',
      width: 240,
      title: say(WORDS.what),
      render: (row) => whatLines(row, say, language).map((line) => <div key={line}>{line}</div>),
    },
    { id: 'why', width: 160, title: say(WORDS.why), render: ({ order }) => order.why },
    {
      id: 'by',
      nowrap: true,
      title: say(WORDS.by),
      render: ({ requestedByName, requestedAt }) => (
        <WhoCell name={requestedByName} at={requestedAt} />
      ),
    },
    {
      id: 'decided',
      width: 140,
      title: say(WORDS.decided),
      render: ({ decidedByName, decidedAt, decisionNote }) =>
        decidedByName && decidedAt ? (
          <WhoCell name={decidedByName} at={decidedAt} note={decisionNote} />
        ) : (
          '–'
        ),
    },
  ]
}

function whatLines(
  { order, unitName, rows, downloads }: Row,
  say: Say,
  language: 'zh' | 'en',
): string[] {
  const asked = order.what === 'subscribers' ? conditionsOf(order, say, language) : []
  const made =
    rows === null
      ? []
      : [say(WORDS.rows, { rows: countText(rows), downloads: countText(downloads) })]
  return [`${say(KINDS[order.what])} · ${unitName}`, ...asked, ...made]
}

/** Whom the file is to hold, and what of them. */
function conditionsOf(
  order: Extract<Row['order'], { what: 'subscribers' }>,
  say: Say,
  language: 'zh' | 'en',
): string[] {
  const { status, endsFrom, endsTo, columns } = order
  const from = endsFrom ? dateText(endsFrom, language) : '…'
  const to = endsTo ? dateText(addDays(endsTo, -1), language) : '…'
  return [
    ...(status ? [say(STATUSES[status])] : []),
    ...(endsFrom || endsTo ? [say(WORDS.ends, { from, to })] : []),
    columns.map((each) => say(COLUMNS[each])).join(language === 'zh' ? '、' : ', '),
  ]
}
