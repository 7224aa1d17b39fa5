import { getRouteApi } from '@tanstack/react-router'
import { Button, Drawer, Input, Select } from 'antd'
import { type ReactNode, useState } from 'react'
import { AUDIT_ACTIONS, type AuditAction, listAudit } from '#contract/audit.ts'
import { Refused } from '../../Asked.tsx'
import type { Answer } from '../../api.ts'
import { useAnswer } from '../../ask.ts'
import { instantText } from '../../format/day.ts'
import { useLanguage, useSay } from '../../language.ts'
import { useMay } from '../../may.ts'
import { usePaging } from '../../paging.ts'
import { usePlace } from '../../place.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { DayInput } from '../../ui/DayInput.tsx'
import { EmptyState, Facts } from '../../ui/Notices.tsx'
import { Filter, FilterBar, PageTitle } from '../../ui/PageTitle.tsx'
import { COMMON } from '../../words.ts'
import css from './audit.module.css'
import { aboutText, valueLines } from './audit-words.ts'

const WORDS = {
  title: { zh: '审计日志', en: 'Audit trail' },
  note: {
    zh: '只增不改，逐条校验；查询本身也会记录。',
    en: 'Appended and never changed, each entry checked by the next; searching is recorded, too.',
  },
  filters: { zh: '筛选审计记录', en: 'Filter the entries' },
  action: { zh: '事项', en: 'What' },
  actor: { zh: '操作人工号', en: 'Who (staff id)' },
  about: { zh: '对象编号', en: 'About (id)' },
  from: { zh: '从', en: 'From' },
  to: { zh: '到', en: 'To' },
  clear: { zh: '清除筛选', en: 'Clear the filters' },
  when: { zh: '时间', en: 'When' },
  who: { zh: '操作人', en: 'Who' },
  whom: { zh: '对象', en: 'About' },
  values: { zh: '内容', en: 'Details' },
  none: { zh: '没有符合条件的记录', en: 'No entry matches' },
  noneStep: { zh: '放宽日期，或清除筛选条件。', en: 'Widen the dates, or clear the filters.' },
  closed: { zh: '您的岗位不能查询审计日志', en: 'Your role does not read the audit trail' },
  closedStep: {
    zh: '审计日志由审计员查询；如有需要，请联系分公司审计员。',
    en: 'Auditors read it; ask the auditor of the branch.',
  },
  entry: { zh: '第 {seq} 条', en: 'Entry {seq}' },
  hash: { zh: '校验值', en: 'Hash' },
} as const

type Entry = Answer<typeof listAudit>['rows'][number]

const route = getRouteApi('/console/settings/audit')

/** What was done, by whom and about what, newest first; for those who audit. */
export function Audit(): ReactNode {
  const say = useSay()
  const may = useMay('audit:read')
  return (
    <>
      <PageTitle title={say(WORDS.title)} asOf={say(WORDS.note)} />
      {may ? <Trail /> : <EmptyState title={say(WORDS.closed)} step={say(WORDS.closedStep)} />}
    </>
  )
}

function Trail(): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const go = route.useNavigate()
  const { branchId } = usePlace()
  const { cursor, page, from, to, actor, action, about } = route.useSearch()
  const [open, setOpen] = useState<Entry>()
  const filters = { from, to, actor, action, about }
  const list = useAnswer(listAudit, { params: { branchId }, query: { ...filters, cursor } })
  const narrow = (change: Partial<typeof filters>) =>
    void go({ search: (before) => ({ ...before, ...change, cursor: undefined, page: undefined }) })
  const paging = usePaging(
    `audit ${JSON.stringify([branchId, filters])}`,
    { cursor, page },
    list.data,
    (step) => void go({ search: (before) => ({ ...before, ...step }) }),
  )
  return (
    <>
      <Narrow of={filters} narrow={narrow} />
      <Refused of={list}>
        <DataTable
          name={say(WORDS.title)}
          dense
          cards
          rows={list.data?.rows}
          keyOf={({ seq }) => String(seq)}
          open={setOpen}
          paging={paging}
          empty={
            <EmptyState title={say(WORDS.none)} step={say(WORDS.noneStep)}>
              <Button onClick={() => narrow(NO_FILTERS)}>{say(WORDS.clear)}</Button>
            </EmptyState>
          }
          columns={[
            {
              id: 'at',
              title: say(WORDS.when),
              nowrap: true,
              render: ({ at }) => instantText(at, language),
            },
            {
              id: 'actor',
              title: say(WORDS.who),
              render: (entry) => (
                <>
                  {say(entry.actor.name)}
                  <div className={css.quiet}>{entry.actor.id}</div>
                </>
              ),
            },
            {
              id: 'action',
              title: say(WORDS.action),
              width: 120,
              render: (entry) => (
                <Button
                  type="link"
                  size="small"
                  className={css.link ?? ''}
                  onClick={() => setOpen(entry)}
                >
                  {say(entry.actionName)}
                </Button>
              ),
            },
            { id: 'about', title: say(WORDS.whom), render: ({ about: of }) => say(aboutText(of)) },
            {
              id: 'values',
              title: say(WORDS.values),
              width: 220,
              render: ({ action, values }) =>
                valueLines(action, { ...values, sha256: null })
                  .map(({ name, value }) => `${say(name)} ${say(value)}`)
                  .join(' · '),
            },
          ]}
        />
      </Refused>
      <Drawer
        open={open !== undefined}
        onClose={() => setOpen(undefined)}
        size={480}
        title={open && say(WORDS.entry, { seq: open.seq })}
        destroyOnHidden
      >
        {open && <OneEntry entry={open} />}
      </Drawer>
    </>
  )
}

const NO_FILTERS = {
  from: undefined,
  to: undefined,
  actor: undefined,
  action: undefined,
  about: undefined,
} as const

type Filters = Readonly<{
  from: string | undefined
  to: string | undefined
  actor: string | undefined
  action: AuditAction | undefined
  about: string | undefined
}>

function Narrow(of: { of: Filters; narrow: (change: Partial<Filters>) => void }): ReactNode {
  const say = useSay()
  const { from, to, actor, action, about } = of.of
  const words = (at: 'actor' | 'about', value: string | undefined) => (
    <Input.Search
      key={`${at} ${value ?? ''}`}
      aria-label={say(WORDS[at])}
      placeholder={say(WORDS[at])}
      defaultValue={value ?? ''}
      allowClear
      style={{ width: 180 }}
      onSearch={(text) => of.narrow({ [at]: text.trim() || undefined })}
    />
  )
  return (
    <FilterBar name={say(WORDS.filters)}>
      <Filter name={say(WORDS.action)}>
        <Select<AuditAction>
          aria-label={say(WORDS.action)}
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          placeholder={say(COMMON.all)}
          {...(action ? { value: action } : {})}
          style={{ width: 200 }}
          onChange={(chosen: AuditAction | undefined) => of.narrow({ action: chosen })}
          options={(Object.keys(AUDIT_ACTIONS) as AuditAction[]).map((value) => ({
            value,
            label: say(AUDIT_ACTIONS[value]),
          }))}
        />
      </Filter>
      {words('actor', actor)}
      {words('about', about)}
      <Filter name={say(WORDS.from)}>
        <DayInput name={say(WORDS.from)} value={from} change={(day) => of.narrow({ from: day })} />
      </Filter>
      <Filter name={say(WORDS.to)}>
        <DayInput name={say(WORDS.to)} value={to} change={(day) => of.narrow({ to: day })} />
      </Filter>
      {(from ?? to ?? actor ?? action ?? about) !== undefined && (
        <Button size="small" onClick={() => of.narrow(NO_FILTERS)}>
          {say(WORDS.clear)}
        </Button>
      )}
    </FilterBar>
  )
}

function OneEntry({ entry }: { entry: Entry }): ReactNode {
  const say = useSay()
  const language = useLanguage()
  return (
    <Facts
      facts={[
        { name: say(WORDS.when), value: instantText(entry.at, language) },
        { name: say(WORDS.who), value: `${say(entry.actor.name)} (${entry.actor.id})` },
        { name: say(WORDS.action), value: say(entry.actionName) },
        { name: say(WORDS.whom), value: say(aboutText(entry.about)) },
        ...valueLines(entry.action, entry.values).map(({ name, value }) => ({
          name: say(name),
          value: say(value),
        })),
        { name: say(WORDS.hash), value: <span className={css.hash}>{entry.hash}</span> },
      ]}
    />
  )
}
