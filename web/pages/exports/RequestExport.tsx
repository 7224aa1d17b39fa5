import { Checkbox, Form, Input, Modal, Segmented, Select } from 'antd'
import { type ReactNode, useState } from 'react'
import { ExportColumn, type ExportOrder, listExports, requestExport } from '#contract/exports.ts'
import { listWorklists } from '#contract/plans.ts'
import { SubscriberStatus } from '#contract/subscribers.ts'
import { ActionButton } from '../../ActionButton.tsx'
import { useAnswer, useCommand } from '../../ask.ts'
import { useSay } from '../../language.ts'
import { usePlace } from '../../place.ts'
import { ProblemNotice } from '../../ui/Notices.tsx'
import { COMMON, STATUSES } from '../../words.ts'
import { filtersOf, SPANS } from '../base/contract-filter.ts'
import { COLUMNS, KINDS } from './words.ts'

const WORDS = {
  ask: { zh: '申请导出', en: 'Ask for an export' },
  about: {
    zh: '须由另一人批准；批准后生成，只有您可以下载，24 小时后删除。每张表都印有您的姓名、帐号、时间和导出编号。',
    en: 'Somebody else has to approve. The file is then made for you alone and deleted after 24 hours; each sheet carries your name, account, the time and the number.',
  },
  what: { zh: '导出什么', en: 'What' },
  unit: { zh: '范围', en: 'Of' },
  unitHint: { zh: '在页面上方换单位。', en: 'Another unit is chosen on top of the page.' },
  status: { zh: '状态', en: 'Status' },
  contract: { zh: '合约', en: 'Contract' },
  days: { zh: '{days} 天内到期', en: 'Ends within {days} days' },
  why: { zh: '为什么需要', en: 'Why it is needed' },
  whyHint: {
    zh: '写给审批人看，至少 4 个字。',
    en: 'For whoever approves; four characters at least.',
  },
  columns: { zh: '列', en: 'Columns' },
  format: { zh: '格式', en: 'Format' },
  noList: { zh: '今天没有已发布的清单。', en: 'There is no published list today.' },
} as const

/** What the rows of an import that were left out are asked for by. */
export type OfImport = Readonly<{ importId: string; what: 'rejects' | 'duplicates' }>
type Status = keyof typeof STATUSES
const KEPT: ExportColumn[] = ['subscriberId', 'name', 'phone', 'address', 'contractEnd']

/** A request for a file in clear text; `of` is named where the page was opened for an import. */
export function RequestExport({ of }: { of: OfImport | undefined }): ReactNode {
  const say = useSay()
  const { branchId, path, me, today } = usePlace()
  const [open, setOpen] = useState(of !== undefined)
  const [what, setWhat] = useState<'subscribers' | 'worklists'>('subscribers')
  const [why, setWhy] = useState('')
  const [status, setStatus] = useState<Status | null>(null)
  const [span, setSpan] = useState<number | null>(null)
  const [columns, setColumns] = useState<ExportColumn[]>(KEPT)
  const [format, setFormat] = useState<'xlsx' | 'csv'>('xlsx')
  const unit = path.at(-1)?.unitId ?? me.unit.unitId
  const lists = useAnswer(
    listWorklists,
    { params: { branchId }, query: { date: today, by: 'zone', limit: 1 } },
    { when: open },
  )
  const planId = lists.data?.planId ?? null
  const request = useCommand(requestExport, {
    renews: [listExports],
    onDone: () => {
      setOpen(false)
      setWhy('')
    },
  })
  const order = (): ExportOrder | null => {
    if (of) return { ...of, why }
    if (what === 'worklists') return planId === null ? null : { what, why, unit, planId }
    const { endsFrom = null, endsTo = null } = span ? filtersOf(String(span), today) : {}
    return { what, why, unit, columns, format, status, endsFrom, endsTo }
  }
  const asked = order()
  const incomplete = why.trim().length < 4 || columns.length === 0 || asked === null
  return (
    <>
      <ActionButton needs="export:personal" type="primary" onClick={() => setOpen(true)}>
        {say(WORDS.ask)}
      </ActionButton>
      <Modal
        open={open}
        title={say(WORDS.ask)}
        okText={say(WORDS.ask)}
        cancelText={say(COMMON.cancel)}
        okButtonProps={{ disabled: incomplete, loading: request.isPending }}
        onCancel={() => setOpen(false)}
        onOk={() => asked && request.mutate({ params: { branchId }, body: asked })}
      >
        <p>{say(WORDS.about)}</p>
        <Form layout="vertical" requiredMark={false}>
          <Form.Item label={say(WORDS.what)}>
            {of ? (
              say(KINDS[of.what])
            ) : (
              <Segmented
                aria-label={say(WORDS.what)}
                value={what}
                onChange={setWhat}
                options={(['subscribers', 'worklists'] as const).map((value) => ({
                  value,
                  label: say(KINDS[value]),
                }))}
              />
            )}
          </Form.Item>
          {!of && (
            <Form.Item label={say(WORDS.unit)} extra={say(WORDS.unitHint)}>
              {path.at(-1)?.name ?? me.unit.name}
            </Form.Item>
          )}
          {!of && what === 'subscribers' && (
            <>
              <Form.Item label={say(WORDS.status)}>
                <Select<Status>
                  aria-label={say(WORDS.status)}
                  allowClear
                  placeholder={say(COMMON.all)}
                  value={status}
                  onChange={(chosen: Status | undefined) => setStatus(chosen ?? null)}
                  options={SubscriberStatus.options.map((value) => ({
                    value,
                    label: say(STATUSES[value]),
                  }))}
                />
              </Form.Item>
              <Form.Item label={say(WORDS.contract)}>
                <Select<number>
                  aria-label={say(WORDS.contract)}
                  allowClear
                  placeholder={say(COMMON.all)}
                  value={span}
                  onChange={(chosen: number | undefined) => setSpan(chosen ?? null)}
                  options={SPANS.map((days) => ({ value: days, label: say(WORDS.days, { days }) }))}
                />
              </Form.Item>
              <Form.Item label={say(WORDS.columns)}>
                <Checkbox.Group
                  value={columns}
                  onChange={setColumns}
                  options={ExportColumn.options.map((value) => ({
                    value,
                    label: say(COLUMNS[value]),
                  }))}
                />
              </Form.Item>
              <Form.Item label={say(WORDS.format)}>
                <Segmented
                  aria-label={say(WORDS.format)}
                  value={format}
                  onChange={setFormat}
                  options={[
                    { value: 'xlsx', label: 'Excel' },
                    { value: 'csv', label: 'CSV' },
                  ]}
                />
              </Form.Item>
            </>
          )}
          {!of && what === 'worklists' && lists.data && planId === null && (
            <p>{say(WORDS.noList)}</p>
          )}
          <Form.Item label={say(WORDS.why)} extra={say(WORDS.whyHint)}>
            <Input.TextArea
              aria-label={say(WORDS.why)}
              value={why}
              maxLength={400}
              showCount
              onChange={({ target }) => setWhy(target.value)}
            />
          </Form.Item>
        </Form>
        {request.error && <ProblemNotice sentence={request.error.message} />}
      </Modal>
    </>
  )
}
