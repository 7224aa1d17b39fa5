import { column, inGroup } from './column.ts'

const staff = { personal: 'staff' } as const

/** Groups G and H: who looks after the subscriber, and what retention and marketing know. */
export const MARKETING = [
  ...inGroup('G', [
    column('develop_dept', '发展部门', 'Won by department', 'text', {}),
    column('develop_staff_id', '发展员工', 'Won by', 'text', {
      ...staff,
      aliases: ['发展员工/揽装人工号', '揽装人工号', '揽装人', '发展人编码', '发展人'],
    }),
    column('channel_type', '渠道类型', 'Channel', 'code', {
      aliases: ['渠道大类', '渠道大类/小类', '渠道小类', '发展渠道'],
    }),
    column('customer_manager', '客户经理', 'Account manager', 'text', staff),
    column('channel_manager', '渠道经理', 'Channel manager', 'text', staff),
    column('retention_manager', '维挽服务经理', 'Retention manager', 'text', {
      ...staff,
      aliases: ['维系经理'],
    }),
  ]),
  ...inGroup('H', [
    column('is_target', '是否目标客户', 'Target subscriber', 'bool', {
      aliases: ['是否目标客户/维挽拍照用户', '维挽拍照用户', '拍照用户', '目标客户'],
    }),
    column('rival_operator', '异网宽带运营商', 'Rival’s broadband', 'code', {
      aliases: ['异网运营商', '竞争对手', '友商', '异网宽带'],
    }),
    column('rival_expire_date', '异网宽带到期时间', 'Rival’s contract ends', 'date', {
      aliases: ['异网到期时间', '异网宽带到期日期', '异网到期日期', '异网宽带到期日'],
    }),
    column('rival_monthly_fee', '异网宽带月租', 'Rival’s monthly fee', 'fen', {
      unit: '元',
      aliases: ['异网月租', '异网月费'],
    }),
    column('house_type', '住房类型', 'Housing', 'code', { personal: 'quasi' }),
    column('churn_score', '离网概率', 'Probability of leaving', 'share', { aliases: ['流失概率'] }),
    column('churn_reason', '离网原因', 'Reason for leaving', 'code', { aliases: ['流失原因'] }),
    column('recommended_offer', '推荐销售品', 'Recommended offer', 'text', {}),
    column('last_contact_time', '最近接触时间', 'Last contact', 'datetime', {
      aliases: ['最近联系时间', '最近外呼时间'],
    }),
    column('last_contact_result', '接触结果', 'Result of the contact', 'code', {
      aliases: ['最近接触结果', '外呼结果'],
    }),
    column('consent_sms', '短信营销同意', 'Consent to SMS', 'bool', {
      aliases: ['是否同意短信营销', '同意短信营销', '短信营销授权'],
    }),
    column('consent_call', '外呼营销同意', 'Consent to calls', 'bool', {
      aliases: ['是否同意外呼营销', '同意外呼营销', '外呼营销授权'],
    }),
    column('do_not_personalise', '拒绝个性化', 'No personalised offers', 'bool', {
      aliases: ['拒绝个性化推荐', '是否拒绝个性化'],
    }),
    column('unsubscribe_time', '退订时间', 'Unsubscribed', 'datetime', {
      aliases: ['营销退订时间'],
    }),
    column('wecom_external_id', '企业微信外部联系人', 'WeCom contact', 'text', {
      personal: 'direct',
      aliases: ['企业微信', '企微外部联系人'],
    }),
  ]),
]
