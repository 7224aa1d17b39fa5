import { column, inGroup } from './column.ts'

export const STATUSES = [
  'active',
  'suspended_by_user',
  'suspended_for_arrears',
  'pending',
  'terminated',
] as const

const STATUS_WORDS = {
  active: ['正常', '在用', '有效', '在网', '开通', '正常在用', '使用中', '正常使用'],
  suspended_by_user: [
    '主动暂停',
    '主动停机',
    '报停',
    '暂停',
    '停机保号',
    '用户报停',
    '用户要求停机',
    '申请停机',
    '主动报停',
  ],
  suspended_for_arrears: [
    '欠费停机',
    '欠停',
    '欠费',
    '欠费单停',
    '欠费双停',
    '强停',
    '单停',
    '双停',
    '停机',
    '到期停机',
  ],
  pending: ['预开通', '待装', '未激活', '在途', '待开通', '预约', '未开通', '待激活'],
  terminated: [
    '销号',
    '拆机',
    '离网',
    '注销',
    '销户',
    '已销户',
    '退网',
    '预销户',
    '预拆机',
    '已拆机',
  ],
} satisfies Record<(typeof STATUSES)[number], readonly string[]>

const STATUS_VALUES = Object.fromEntries(
  Object.entries(STATUS_WORDS).flatMap(([status, words]) => words.map((word) => [word, status])),
)

/** Group B: where the subscriber stands between joining and leaving. */
export const LIFE = inGroup('B', [
  column('status', '用户状态', 'Status', 'code', {
    reject: true,
    aliases: ['user_status', '状态', '主产品状态', '用户状态名称', '业务状态'],
    values: STATUS_VALUES,
    oneOf: STATUSES,
  }),
  column('status_start_time', '当前状态开始时间', 'In this status since', 'datetime', {
    aliases: ['状态时间', '状态变更时间', '停机时间'],
  }),
  column('stop_type', '停机类型', 'Type of suspension', 'code', {}),
  column('activation_time', '入网时间', 'Joined', 'datetime', {
    aliases: ['开户时间', '入网时间/开户时间', '入网日期', '开户日期', '竣工时间', '激活时间'],
  }),
  column('tenure_months', '在网时长', 'Tenure in months', 'int', {
    counts: 'months',
    aliases: ['在网时长(月)', '网龄', '网龄(月)', '在网月数'],
  }),
  column('termination_time', '离网时间', 'Left', 'datetime', {
    aliases: ['拆机时间', '销号时间', '离网日期', '销户时间'],
  }),
  column('stop_duration', '停机时长', 'Days suspended', 'int', {
    counts: 'days',
    aliases: ['停机天数'],
  }),
  column('is_year_new', '当年新增用户', 'New this year', 'bool', { aliases: ['是否当年新增'] }),
  column('is_year_off', '当年离网用户', 'Left this year', 'bool', { aliases: ['是否当年离网'] }),
  column('is_prepaid', '预付费', 'Prepaid', 'bool', {
    aliases: ['预付/后付', '付费方式', '付费类型', '是否预付费'],
    values: { 预付: 'true', 预付费: 'true', 后付: 'false', 后付费: 'false' },
  }),
  column('is_blacklist', '是否黑名单', 'Blacklisted', 'bool', {
    personal: 'quasi',
    aliases: ['黑名单'],
  }),
  column('is_student', '是否校园', 'Student', 'bool', {
    personal: 'quasi',
    aliases: ['是否校园/大学生', '是否大学生', '校园用户'],
  }),
  column('is_port_in', '是否携入', 'Ported in', 'bool', { aliases: ['携入', '是否携号转入'] }),
  column('has_port_request', '已申请携出', 'Asked to port out', 'bool', {
    aliases: ['是否申请携出', '申请携出', '携出申请', '是否查询携出', '携转申请'],
  }),
])
