import { getRouteApi } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { downloadDuplicates, downloadRejects, readImport } from '#contract/imports.ts'
import { ActionButton } from '../../ActionButton.tsx'
import { Asked } from '../../Asked.tsx'
import { type Answer, urlOf } from '../../api.ts'
import { useAnswer } from '../../ask.ts'
import { countText } from '../../format/count.ts'
import { addDays, dateText, instantText } from '../../format/day.ts'
import { shareOf, shareText } from '../../format/share.ts'
import { sizeText } from '../../format/size.ts'
import { LinkButton } from '../../LinkButton.tsx'
import { useLanguage, useSay } from '../../language.ts'
import { usePlace } from '../../place.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { Columns, EmptyState, Facts, Mark, Warnings } from '../../ui/Notices.tsx'
import { PageTitle, Part } from '../../ui/PageTitle.tsx'
import { COMMON, IMPORT_KINDS } from '../../words.ts'
import { IMPORT_STATES, IMPORT_TONES } from './ImportsTable.tsx'
import css from './imports.module.css'
import { Sums } from './Sums.tsx'
import { Withdraw } from './Withdraw.tsx'

const WORDS = {
  title: { zh: '导入报告', en: 'Import report' },
  all: { zh: '导入记录', en: 'All imports' },
  rejects: { zh: '下载退回行', en: 'Download rejects' },
  duplicates: { zh: '下载重复行', en: 'Download duplicates' },
  rejectsAsk: { zh: '申请退回行', en: 'Ask for the rejects' },
  duplicatesAsk: { zh: '申请重复行', en: 'Ask for the duplicates' },
  noRejects: { zh: '没有退回行。', en: 'No row was rejected.' },
  noDuplicates: { zh: '没有重复行。', en: 'There is no duplicate row.' },
  file: { zh: '文件', en: 'File' },
  date: { zh: '账期', en: 'Data date' },
  profile: { zh: '列映射方案', en: 'Profile' },
  by: { zh: '导入人', en: 'Imported by' },
  forced: { zh: '强制导入的原因', en: 'Forced because' },
  withdrawn: { zh: '撤回原因', en: 'Withdrawn because' },
  unchanged: {
    zh: '内容与上次相同，没有变化。',
    en: 'The same content as before; nothing changed.',
  },
  reasons: { zh: '退回原因', en: 'Why rows were rejected' },
  reason: { zh: '原因', en: 'Reason' },
  column: { zh: '列', en: 'Column' },
  count: { zh: '行数', en: 'Rows' },
  example: { zh: '例：第几行', en: 'Example row' },
  none: { zh: '没有退回的行', en: 'No row was rejected' },
  noneStep: { zh: '全部行都已接收或判为重复。', en: 'Every row was accepted or is a duplicate.' },
  columns: { zh: '收到的列', en: 'Columns delivered' },
  source: { zh: '文件中的列', en: 'Column of the file' },
  filled: { zh: '有值的行', en: 'Filled rows' },
  missing: { zh: '未提供的 {count} 列', en: '{count} columns were not delivered' },
  difference: { zh: '与上一次相比', en: 'Difference to the one before' },
  against: { zh: '对照 {day}', en: 'against {day}' },
  appeared: { zh: '新增用户', en: 'Appeared' },
  gone: { zh: '消失用户', en: 'Gone' },
  changed: { zh: '有变化', en: 'Changed' },
  nothingChanged: { zh: '没有列发生变化', en: 'No column changed' },
} as const

type Known = Answer<typeof readImport>

const route = getRouteApi('/console/base/imports/$importId')

/** What came of a delivered file: sums, rejects, columns, and the difference it made. */
export function Report(): ReactNode {
  const { branchId } = usePlace()
  const { importId } = route.useParams()
  const report = useAnswer(readImport, { params: { branchId, importId } })
  return (
    <Asked of={report} lines={12}>
      {(known) => <Shown known={known} branchId={branchId} />}
    </Asked>
  )
}

function Shown({ known, branchId }: { known: Known; branchId: string }): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const params = { branchId, importId: known.importId }
  return (
    <>
      <PageTitle
        title={`${say(WORDS.title)} · ${say(IMPORT_KINDS[known.kind])}`}
        figure={<Mark tone={IMPORT_TONES[known.state]}>{say(IMPORT_STATES[known.state])}</Mark>}
        asOf={instantText(known.importedAt, language)}
      >
        <LeftOut
          known={known}
          what="rejects"
          blocked={known.rejected === 0 ? say(WORDS.noRejects) : undefined}
          href={urlOf(downloadRejects, { params })}
        />
        <LeftOut
          known={known}
          what="duplicates"
          blocked={known.duplicates === 0 ? say(WORDS.noDuplicates) : undefined}
          href={urlOf(downloadDuplicates, { params })}
        />
        <Withdraw branchId={branchId} importId={known.importId} state={known.state} />
        <LinkButton to="/base/imports">{say(WORDS.all)}</LinkButton>
      </PageTitle>
      <Sums of={known} />
      <Warnings
        name={say(COMMON.warnings)}
        lines={[
          ...(known.changed ? [] : [say(WORDS.unchanged)]),
          ...known.warnings.map(({ text }) => say(text)),
        ]}
      />
      <Part title={say(WORDS.file)}>
        <Facts
          facts={[
            { name: say(WORDS.file), value: `${known.file}（${sizeText(known.bytes)}）` },
            { name: say(WORDS.date), value: dateText(known.date, language) },
            { name: say(WORDS.profile), value: known.profile ?? say(COMMON.none) },
            { name: say(WORDS.by), value: say(known.importedByName) },
            ...(known.forced ? [{ name: say(WORDS.forced), value: known.forced }] : []),
            ...(known.withdrawnReason
              ? [{ name: say(WORDS.withdrawn), value: known.withdrawnReason }]
              : []),
          ]}
        />
      </Part>
      <Columns>
        <Rejects known={known} />
        {known.difference && <DifferencePart difference={known.difference} />}
      </Columns>
      <ColumnsPart known={known} />
    </>
  )
}

/** The rows left out: for whoever has just imported them a file, for everybody else a request. */
function LeftOut(of: {
  known: Known
  what: 'rejects' | 'duplicates'
  blocked: string | undefined
  href: string
}): ReactNode {
  const say = useSay()
  const { me, today } = usePlace()
  const { importId, importedBy, importedAt } = of.known
  const fresh = importedAt.slice(0, 10) >= addDays(today, -1)
  if (of.blocked !== undefined || (importedBy === me.staffId && fresh))
    return (
      <ActionButton blocked={of.blocked} href={of.href} download>
        {say(WORDS[of.what])}
      </ActionButton>
    )
  return (
    <LinkButton to="/work/exports" search={{ import: importId, what: of.what }}>
      {say(WORDS[`${of.what}Ask`])}
    </LinkButton>
  )
}

function Rejects({ known }: { known: Known }): ReactNode {
  const say = useSay()
  return (
    <Part title={say(WORDS.reasons)}>
      <DataTable
        name={say(WORDS.reasons)}
        dense
        rows={known.rejectReasons}
        keyOf={({ reason, column }) => `${reason.code} ${column}`}
        empty={<EmptyState title={say(WORDS.none)} step={say(WORDS.noneStep)} />}
        columns={[
          { id: 'reason', title: say(WORDS.reason), render: ({ reason }) => say(reason.text) },
          { id: 'column', title: say(WORDS.column), render: ({ column }) => column ?? '–' },
          {
            id: 'count',
            title: say(WORDS.count),
            numeric: true,
            render: ({ count }) => countText(count),
          },
          {
            id: 'example',
            title: say(WORDS.example),
            numeric: true,
            render: ({ exampleRow }) => countText(exampleRow),
          },
        ]}
      />
    </Part>
  )
}

function DifferencePart(of: { difference: NonNullable<Known['difference']> }): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const { difference } = of
  return (
    <Part
      title={say(WORDS.difference)}
      note={
        difference.against && say(WORDS.against, { day: dateText(difference.against, language) })
      }
    >
      <Facts
        facts={(['appeared', 'gone', 'changed'] as const).map((name) => ({
          name: say(WORDS[name]),
          value: countText(difference[name]),
        }))}
      />
      <div style={{ marginTop: 12, maxHeight: 320, overflowY: 'auto' }}>
        <DataTable
          name={say(WORDS.difference)}
          dense
          rows={difference.columns}
          keyOf={({ column }) => column}
          empty={<p>{say(WORDS.nothingChanged)}</p>}
          columns={[
            { id: 'column', title: say(WORDS.column), render: ({ label }) => say(label) },
            {
              id: 'changed',
              title: say(WORDS.changed),
              numeric: true,
              render: ({ changed }) => countText(changed),
            },
          ]}
        />
      </div>
    </Part>
  )
}

function ColumnsPart({ known }: { known: Known }): ReactNode {
  const say = useSay()
  return (
    <Part title={say(WORDS.columns)}>
      <div style={{ maxHeight: 420, overflowY: 'auto' }}>
        <DataTable
          name={say(WORDS.columns)}
          dense
          rows={known.columns}
          keyOf={({ column }) => column}
          empty={null}
          columns={[
            { id: 'column', title: say(WORDS.column), render: ({ label }) => say(label) },
            { id: 'source', title: say(WORDS.source), render: ({ source }) => source },
            {
              id: 'filled',
              title: say(WORDS.filled),
              numeric: true,
              render: ({ filled }) =>
                `${countText(filled)}（${shareText(shareOf(filled, known.accepted))}）`,
            },
          ]}
        />
      </div>
      {known.notDelivered.length > 0 && (
        <details className={css.missing}>
          <summary>{say(WORDS.missing, { count: known.notDelivered.length })}</summary>
          <p>{known.notDelivered.map(({ label }) => say(label)).join('、')}</p>
        </details>
      )}
    </Part>
  )
}
