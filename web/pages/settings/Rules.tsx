import type { ReactNode } from 'react'
import {
  putContactPolicy,
  putDormancy,
  putEventRules,
  putPlanRules,
  putPrivacyRules,
  putTaskRules,
  readContactPolicy,
  readDormancy,
  readEventRules,
  readPlanRules,
  readPrivacyRules,
  readTaskRules,
} from '#contract/settings.ts'
import { useSay } from '../../language.ts'
import { usePlace } from '../../place.ts'
import { PageTitle } from '../../ui/PageTitle.tsx'
import { RankRule } from './RankRule.tsx'
import { Rule } from './Rule.tsx'
import { RULE_NAMES } from './rule-names.ts'
import { SignInRule } from './SignInRule.tsx'

const WORDS = {
  title: { zh: '规则', en: 'Rules' },
  note: {
    zh: '每次保存是一个新版本；下级只能更严，不能放宽上级的规定。',
    en: 'Each save is a new version; a unit below may be stricter than the one above, never looser.',
  },
  contacts: { zh: '接触规则', en: 'Rules of contact' },
  plans: { zh: '计划规则', en: 'Rules of plans' },
  tasks: { zh: '任务规则', en: 'Rules of tasks' },
  events: { zh: '现场活动', en: 'On-site events' },
  privacy: { zh: '个人信息', en: 'Personal data' },
  dormancy: { zh: '休眠用户', en: 'Dormant subscribers' },
} as const

/** How often people are approached, how plans are made, who counts as dormant: of the unit looked at. */
export function Rules(): ReactNode {
  const say = useSay()
  const { branchId, unit } = usePlace()
  const unitId = unit ?? branchId
  return (
    <>
      <PageTitle title={say(WORDS.title)} asOf={say(WORDS.note)} />
      <Rule
        key={`contacts-${unitId}`}
        title={WORDS.contacts}
        read={readContactPolicy}
        put={putContactPolicy}
        unitId={unitId}
        fields={{
          perChannel: { label: RULE_NAMES.perChannel, max: 100 },
          perChannelDays: { label: RULE_NAMES.perChannelDays, max: 366 },
          inTotal: { label: RULE_NAMES.inTotal, max: 100 },
          totalDays: { label: RULE_NAMES.totalDays, max: 366 },
          refusalMonths: { label: RULE_NAMES.refusalMonths, max: 60 },
          renewalIsMarketing: { label: RULE_NAMES.renewalIsMarketing },
        }}
      />
      <Rule
        key={`plans-${unitId}`}
        title={WORDS.plans}
        read={readPlanRules}
        put={putPlanRules}
        unitId={unitId}
        fields={{ mayOverflow: { label: RULE_NAMES.mayOverflow } }}
      />
      <Rule
        key={`tasks-${unitId}`}
        title={WORDS.tasks}
        read={readTaskRules}
        put={putTaskRules}
        unitId={unitId}
        fields={{
          attempts: { label: RULE_NAMES.attempts, max: 9 },
          takeBack: { label: RULE_NAMES.takeBack },
          takeBackDays: { label: RULE_NAMES.takeBackDays, max: 60 },
        }}
      />
      <RankRule key={`ranks-${unitId}`} unitId={unitId} />
      <Rule
        key={`events-${unitId}`}
        title={WORDS.events}
        read={readEventRules}
        put={putEventRules}
        unitId={unitId}
        fields={{
          perWeek: { label: RULE_NAMES.perWeek, max: 14 },
          fromMonth: { label: RULE_NAMES.fromMonth, max: 12 },
          fromDate: { label: RULE_NAMES.fromDate, max: 31 },
          daysBeforeFestival: { label: RULE_NAMES.daysBeforeFestival, max: 60 },
        }}
      />
      <Rule
        key={`privacy-${unitId}`}
        title={WORDS.privacy}
        read={readPrivacyRules}
        put={putPrivacyRules}
        unitId={unitId}
        fields={{ unmaskLimit: { label: RULE_NAMES.unmaskLimit, max: 1000 } }}
      />
      <Rule
        key={`dormancy-${unitId}`}
        title={WORDS.dormancy}
        read={readDormancy}
        put={putDormancy}
        unitId={unitId}
        fields={{ dormantDays: { label: RULE_NAMES.dormantDays, max: 1000 } }}
      />
      <SignInRule key={`sign-in-${unitId}`} unitId={unitId} />
    </>
  )
}
