import type { ReactNode } from 'react'
import {
  putContactPolicy,
  putDormancy,
  putPlanRules,
  putPrivacyRules,
  readContactPolicy,
  readDormancy,
  readPlanRules,
  readPrivacyRules,
} from '#contract/settings.ts'
import { useSay } from '../../language.ts'
import { usePlace } from '../../place.ts'
import { PageTitle } from '../../ui/PageTitle.tsx'
import { Rule } from './Rule.tsx'
import { SignInRule } from './SignInRule.tsx'

const WORDS = {
  title: { zh: '规则', en: 'Rules' },
  note: {
    zh: '每次保存是一个新版本；下级只能更严，不能放宽上级的规定。',
    en: 'Each save is a new version; a unit below may be stricter than the one above, never looser.',
  },
  contacts: { zh: '接触规则', en: 'Rules of contact' },
  perChannel: { zh: '同一渠道最多营销次数', en: 'Marketing touches on one channel, at most' },
  perChannelDays: { zh: '……在多少天内', en: '… within so many days' },
  inTotal: { zh: '全部渠道最多营销次数', en: 'Marketing touches on all channels, at most' },
  totalDays: { zh: '……在多少天内', en: '… within so many days' },
  refusalMonths: { zh: '明确拒绝后停止营销（个月）', en: 'Months without marketing after a “no”' },
  renewalIsMarketing: { zh: '续约提醒也算营销', en: 'A renewal counts as marketing' },
  plans: { zh: '计划规则', en: 'Rules of plans' },
  mayOverflow: {
    zh: '班组排满后，可转给同厅、同片区的其他班组',
    en: 'Full crews hand over to others of the same hall, then zone',
  },
  privacy: { zh: '个人信息', en: 'Personal data' },
  unmaskLimit: {
    zh: '本人清单之外，每人每天最多查看多少户明文',
    en: 'Subscribers a person may see in clear text a day, outside the own list',
  },
  dormancy: { zh: '休眠用户', en: 'Dormant subscribers' },
  dormantDays: { zh: '多少天没有使用算休眠', en: 'Days without use until somebody is dormant' },
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
          perChannel: { label: WORDS.perChannel, max: 100 },
          perChannelDays: { label: WORDS.perChannelDays, max: 366 },
          inTotal: { label: WORDS.inTotal, max: 100 },
          totalDays: { label: WORDS.totalDays, max: 366 },
          refusalMonths: { label: WORDS.refusalMonths, max: 60 },
          renewalIsMarketing: { label: WORDS.renewalIsMarketing },
        }}
      />
      <Rule
        key={`plans-${unitId}`}
        title={WORDS.plans}
        read={readPlanRules}
        put={putPlanRules}
        unitId={unitId}
        fields={{ mayOverflow: { label: WORDS.mayOverflow } }}
      />
      <Rule
        key={`privacy-${unitId}`}
        title={WORDS.privacy}
        read={readPrivacyRules}
        put={putPrivacyRules}
        unitId={unitId}
        fields={{ unmaskLimit: { label: WORDS.unmaskLimit, max: 1000 } }}
      />
      <Rule
        key={`dormancy-${unitId}`}
        title={WORDS.dormancy}
        read={readDormancy}
        put={putDormancy}
        unitId={unitId}
        fields={{ dormantDays: { label: WORDS.dormantDays, max: 1000 } }}
      />
      <SignInRule key={`sign-in-${unitId}`} unitId={unitId} />
    </>
  )
}
