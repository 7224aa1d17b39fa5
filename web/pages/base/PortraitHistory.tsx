import type { ReactNode } from 'react'
import type { Sentence } from '#contract/language.ts'
import type { readPortrait } from '#contract/subscribers.ts'
import type { Answer } from '../../api.ts'
import { dateText, dayText, instantText } from '../../format/day.ts'
import { moneyText } from '../../format/money.ts'
import { type Say, useLanguage, useSay } from '../../language.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { EmptyState, Mark } from '../../ui/Notices.tsx'
import { Part } from '../../ui/PageTitle.tsx'
import { CHANNELS, PURPOSES } from '../../words.ts'
import { RESULTS } from './touch-words.ts'

const WORDS = {
  contacts: { zh: '接触记录', en: 'Contacts' },
  noContacts: { zh: '没有接触记录', en: 'No contact is recorded' },
  noContactsStep: {
    zh: '走访、外呼、短信等接触都会记在这里。',
    en: 'Visits, calls and messages are recorded here.',
  },
  at: { zh: '时间', en: 'When' },
  channel: { zh: '渠道', en: 'Channel' },
  purpose: { zh: '目的', en: 'Purpose' },
  result: { zh: '结果', en: 'Result' },
  staff: { zh: '人员', en: 'By' },
  until: { zh: '免打扰到', en: 'Not before' },
  next: { zh: '{day} 再联系', en: 'again on {day}' },
  rivals: { zh: '异网信息', en: 'Rivals' },
  operator: { zh: '运营商', en: 'Operator' },
  fee: { zh: '月租', en: 'Fee' },
  expires: { zh: '到期', en: 'Expires' },
  seen: { zh: '采集日期', en: 'Seen' },
  changes: { zh: '最近变化', en: 'Recent changes' },
  noChanges: { zh: '没有变化记录', en: 'No change is recorded' },
  noChangesStep: {
    zh: '有两天以上的数据后显示。',
    en: 'They appear once there are two days of data.',
  },
  date: { zh: '日期', en: 'Day' },
  column: { zh: '列', en: 'Column' },
  before: { zh: '之前', en: 'Before' },
  after: { zh: '之后', en: 'After' },
} as const

type Known = Answer<typeof readPortrait>

/** What was tried on every channel, latest first; a refusal shows until when it holds. */
export function Contacts({ rows }: { rows: Known['contacts'] }): ReactNode {
  const say = useSay()
  const language = useLanguage()
  return (
    <Part title={say(WORDS.contacts)}>
      <DataTable
        name={say(WORDS.contacts)}
        dense
        cards
        rows={rows}
        keyOf={({ contactId }) => contactId}
        empty={<EmptyState title={say(WORDS.noContacts)} step={say(WORDS.noContactsStep)} />}
        columns={[
          { id: 'at', title: say(WORDS.at), render: ({ at }) => instantText(at, language) },
          {
            id: 'channel',
            title: say(WORDS.channel),
            render: ({ channel }) => worded(CHANNELS, channel, say),
          },
          {
            id: 'purpose',
            title: say(WORDS.purpose),
            render: ({ purpose }) => worded(PURPOSES, purpose, say),
          },
          {
            id: 'result',
            title: say(WORDS.result),
            render: ({ result, reason, nextOn }) => (
              <>
                <Mark tone={result === 'refused' ? 'late' : 'plain'}>
                  {worded(RESULTS, result, say)}
                </Mark>{' '}
                {reason} {nextOn && say(WORDS.next, { day: dayText(nextOn, language) })}
              </>
            ),
          },
          { id: 'staff', title: say(WORDS.staff), render: ({ staffName }) => staffName ?? '–' },
          {
            id: 'until',
            title: say(WORDS.until),
            render: ({ until }) => (until ? dateText(until, language) : '–'),
          },
        ]}
      />
    </Part>
  )
}

/** What other operators offer the household; absent when nothing is known. */
export function Rivals({ rows }: { rows: Known['rivals'] }): ReactNode {
  const say = useSay()
  const language = useLanguage()
  if (rows.length === 0) return null
  const day = (on: string | null) => (on ? dateText(on, language) : '–')
  return (
    <Part title={say(WORDS.rivals)}>
      <DataTable
        name={say(WORDS.rivals)}
        dense
        cards
        rows={rows}
        keyOf={({ operator, seenOn }) => `${operator} ${seenOn}`}
        empty={null}
        columns={[
          { id: 'operator', title: say(WORDS.operator), render: ({ operator }) => operator },
          {
            id: 'fee',
            title: say(WORDS.fee),
            numeric: true,
            render: ({ monthlyFeeFen }) =>
              monthlyFeeFen === null ? '–' : moneyText(monthlyFeeFen),
          },
          { id: 'expires', title: say(WORDS.expires), render: ({ expiresOn }) => day(expiresOn) },
          { id: 'seen', title: say(WORDS.seen), render: ({ seenOn }) => day(seenOn) },
        ]}
      />
    </Part>
  )
}

/** What the extracts said differently from one data date to the next. */
export function Changes({ rows }: { rows: Known['changes'] }): ReactNode {
  const say = useSay()
  const language = useLanguage()
  return (
    <Part title={say(WORDS.changes)}>
      <DataTable
        name={say(WORDS.changes)}
        dense
        cards
        rows={rows}
        keyOf={({ date, column }) => `${date} ${column}`}
        empty={<EmptyState title={say(WORDS.noChanges)} step={say(WORDS.noChangesStep)} />}
        columns={[
          { id: 'date', title: say(WORDS.date), render: ({ date }) => dateText(date, language) },
          { id: 'column', title: say(WORDS.column), render: ({ label }) => say(label) },
          {
            id: 'before',
            title: say(WORDS.before),
            render: ({ before }) => (before ? say(before) : '–'),
          },
          {
            id: 'after',
            title: say(WORDS.after),
            render: ({ after }) => (after ? say(after) : '–'),
          },
        ]}
      />
    </Part>
  )
}

/** The word for a code; a code without one is shown as it is. */
function worded(words: Readonly<Record<string, Sentence>>, code: string, say: Say): string {
  const word = words[code]
  return word ? say(word) : code
}
