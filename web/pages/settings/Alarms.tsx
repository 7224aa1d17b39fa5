import { getRouteApi, Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { listAlarms } from '#contract/personal.ts'
import { useAnswer } from '../../ask.ts'
import { dateText, instantText } from '../../format/day.ts'
import { useLanguage, useSay } from '../../language.ts'
import { usePlace } from '../../place.ts'
import { RecordsPage } from '../../RecordsPage.tsx'
import { LookInto } from './LookInto.tsx'

const WORDS = {
  title: { zh: '个人信息提醒', en: 'Alarms about personal data' },
  note: {
    zh: '每人每天每种情形一行，最近的在前',
    en: 'One line a person, day and reason, the latest first',
  },
  when: { zh: '最近一次', en: 'Last' },
  day: { zh: '日期', en: 'Day' },
  who: { zh: '人员', en: 'Who' },
  unit: { zh: '单位', en: 'Unit' },
  reason: { zh: '情形', en: 'What' },
  looked: { zh: '核查', en: 'Looked into' },
  trail: { zh: '审计日志', en: 'Audit trail' },
  none: { zh: '没有异常', en: 'Nothing unusual' },
  noneStep: {
    zh: '清单外、深夜或过多查看明文时，会在这里提醒。',
    en: 'Looks in clear text outside the own list, at night or too many are told here.',
  },
} as const

const route = getRouteApi('/console/settings/alarms')

/** What was unusual about reading personal data, for managers and auditors of the unit. */
export function Alarms(): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const go = route.useNavigate()
  const { branchId } = usePlace()
  const { cursor, page } = route.useSearch()
  const list = useAnswer(listAlarms, { params: { branchId }, query: { cursor, limit: 50 } })
  return (
    <RecordsPage
      list="alarms"
      words={WORDS}
      asked={list}
      at={{ cursor, page }}
      go={(step) => void go({ search: (before) => ({ ...before, ...step }) })}
      keyOf={({ staffId, day, reason }) => `${staffId} ${day} ${reason.code}`}
      columns={[
        {
          id: 'when',
          nowrap: true,
          title: say(WORDS.when),
          render: ({ lastAt }) => instantText(lastAt, language),
        },
        {
          id: 'who',
          nowrap: true,
          title: say(WORDS.who),
          render: ({ staffName, unitName }) => `${say(staffName)} · ${unitName}`,
        },
        {
          id: 'reason',
          width: 240,
          title: say(WORDS.reason),
          render: ({ reason }) => say(reason.text),
        },
        {
          id: 'day',
          nowrap: true,
          title: say(WORDS.day),
          render: ({ day }) => dateText(day, language),
        },
        {
          id: 'looked',
          width: 200,
          title: say(WORDS.looked),
          render: (alarm) =>
            alarm.looked ? (
              <>
                {say(alarm.looked.staffName)} · {instantText(alarm.looked.at, language)}
                <br />
                {alarm.looked.note}
              </>
            ) : (
              <LookInto branchId={branchId} alarm={alarm} />
            ),
        },
        {
          id: 'trail',
          nowrap: true,
          title: '',
          render: ({ staffId, day }) => (
            <Link
              to="/settings/audit"
              search={{ actor: staffId, action: 'personal.unmasked', from: day, to: day }}
            >
              {say(WORDS.trail)}
            </Link>
          ),
        },
      ]}
    />
  )
}
