/** What the values of rules are called. */
export const RULE_NAMES = {
  perChannel: { zh: '同一渠道最多营销次数', en: 'Marketing touches on one channel, at most' },
  perChannelDays: { zh: '……在多少天内', en: '… within so many days' },
  inTotal: { zh: '全部渠道最多营销次数', en: 'Marketing touches on all channels, at most' },
  totalDays: { zh: '……在多少天内', en: '… within so many days' },
  refusalMonths: { zh: '明确拒绝后停止营销（个月）', en: 'Months without marketing after a “no”' },
  renewalIsMarketing: { zh: '续约提醒也算营销', en: 'A renewal counts as marketing' },
  mayOverflow: {
    zh: '班组排满后，可转给同厅、同片区的其他班组',
    en: 'Full crews hand over to others of the same hall, then zone',
  },
  attempts: {
    zh: '未遇时最多上门几次',
    en: 'Attempts to meet a household, at most',
  },
  takeBack: {
    zh: '到期没人动过的任务自动收回',
    en: 'Tasks that nobody has touched are taken back',
  },
  takeBackDays: { zh: '……几天以后（含当天）', en: '… after so many days, the first included' },
  unmaskLimit: {
    zh: '本人清单之外，每人每天最多查看多少户明文',
    en: 'Subscribers a person may see in clear text a day, outside the own list',
  },
  perWeek: {
    zh: '每厅每周至少几场（村、企业、小区、集市）',
    en: 'Events a week and hall, at least (village, firm, community, market)',
  },
  fromMonth: {
    zh: '旺季从几月开始（7 月以后为节前一年）',
    en: 'Month in which the season begins (from July on: of the year before)',
  },
  fromDate: { zh: '……几日', en: '… on which day of it' },
  daysBeforeFestival: {
    zh: '最后一天是春节前几天（1 为除夕）',
    en: 'Its last day is so many days before the spring festival (1: New Year’s Eve)',
  },
  dormantDays: { zh: '多少天没有使用算休眠', en: 'Days without use until somebody is dormant' },
} as const
