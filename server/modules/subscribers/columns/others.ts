import { column } from './column.ts'

const key = { personal: 'key', reject: true } as const
const capacity = (channel: string) => ({ aliases: [`${channel}产能`, `${channel}能力`] })

const UNIT_KINDS = {
  省: 'province',
  省公司: 'province',
  市: 'city',
  市公司: 'city',
  县: 'branch',
  分公司: 'branch',
  县分公司: 'branch',
  片区: 'zone',
  营业厅: 'hall',
  营业部: 'hall',
  网格: 'grid',
}
const ROLE_WORDS = '角色'

/** `organisation.csv` */
export const ORGANISATION_COLUMNS = [
  column('unit_id', '单位编号', 'Unit', 'text', {
    reject: true,
    aliases: ['机构编码', '单位编码', '组织编码', '机构编号'],
  }),
  column('parent_id', '上级编号', 'Belongs to', 'text', {
    aliases: ['上级单位', '上级编码', '上级机构编码', '父级编号', '上级单位编号'],
  }),
  column('kind', '单位类型', 'Kind', 'code', {
    reject: true,
    aliases: ['类型', '机构类型', '级别', '层级'],
    values: UNIT_KINDS,
    oneOf: ['province', 'city', 'branch', 'zone', 'hall', 'grid'],
  }),
  column('name', '名称', 'Name', 'text', { reject: true, aliases: ['单位名称', '机构名称'] }),
  column('division_code', '行政区划代码', 'Division code', 'region', {
    aliases: ['区划代码', '行政区划'],
  }),
  column('head_staff_id', '负责人工号', 'Head', 'text', { personal: 'staff', aliases: ['负责人'] }),
  column('valid_from', '生效日期', 'Valid from', 'date', {}),
  column('valid_to', '失效日期', 'Valid to', 'date', {}),
]

/** `places.csv` */
export const PLACES_COLUMNS = [
  column('division_code', '行政区划代码', 'Division code', 'region', {
    reject: true,
    aliases: ['区划代码', '地点编码', '编码', '行政区划'],
  }),
  column('name', '名称', 'Name', 'text', { reject: true, aliases: ['地点名称', '区划名称'] }),
  column('kind', '类型', 'Kind', 'code', {
    reject: true,
    aliases: ['地点类型', '级别'],
    values: {
      镇: 'town',
      乡: 'town',
      街道: 'town',
      乡镇: 'town',
      村: 'village',
      行政村: 'village',
      社区: 'community',
      居委会: 'community',
      小区: 'compound',
      楼栋: 'building',
      楼宇: 'building',
    },
    oneOf: ['town', 'village', 'community', 'compound', 'building'],
  }),
  column('grid_id', '网格编号', 'Grid', 'text', {
    aliases: ['网格', '所属网格', '网格编码', 'unit_id'],
  }),
]

/** `staff.csv` */
export const STAFF_COLUMNS = [
  column('staff_id', '工号', 'Staff number', 'text', {
    ...key,
    personal: 'staff',
    aliases: ['员工编号', '人员编号', '员工工号'],
  }),
  column('name', '姓名', 'Name', 'text', {
    personal: 'staff',
    reject: true,
    aliases: ['员工姓名'],
  }),
  column('phone', '电话', 'Phone', 'phone', {
    personal: 'staff',
    aliases: ['手机号', '手机', '联系电话', '手机号码'],
  }),
  column('account', '账号', 'Account', 'text', {
    personal: 'staff',
    aliases: ['登录账号', '用户名'],
  }),
  column('roles', ROLE_WORDS, 'Roles', 'list', { reject: true, aliases: ['岗位', '职务'] }),
  column('unit_id', '所属单位', 'Unit', 'text', {
    reject: true,
    aliases: ['单位编号', '所属单位编号', '机构编码', '单位编码'],
  }),
  column('skills', '技能', 'Skills', 'list', {}),
  column('capacity_door', '上门产能', 'Door visits a day', 'int', capacity('上门')),
  column('capacity_call', '外呼产能', 'Calls a day', 'int', capacity('外呼')),
  column('capacity_hall', '营业厅产能', 'Hall talks a day', 'int', capacity('营业厅')),
  column('capacity_install', '装维产能', 'Installations a day', 'int', capacity('装维')),
  column('days', '工作日', 'Working weekdays', 'text', { aliases: ['上班日', '工作星期'] }),
  column('valid_from', '生效日期', 'Valid from', 'date', { aliases: ['入职日期'] }),
  column('valid_to', '失效日期', 'Valid to', 'date', { aliases: ['离职日期'] }),
  column('agency', '代理单位', 'Agency', 'text', { aliases: ['代理商', '外包单位'] }),
  column('extension', '分机号', 'Extension', 'text', {
    personal: 'staff',
    aliases: ['分机', '分机号码', '座席分机'],
  }),
]

/** `competitors.csv` */
export const COMPETITORS_COLUMNS = [
  column('household_id', '家庭编号', 'Household', 'text', {
    personal: 'key',
    aliases: ['家庭id', '家庭标识', '户编号'],
  }),
  column('address', '地址', 'Address', 'text', {
    personal: 'direct',
    aliases: ['装机地址', '详细地址', '住址', 'install_address'],
  }),
  column('operator', '异网运营商', 'Operator', 'code', {
    reject: true,
    aliases: ['运营商', '异网宽带运营商', '竞争对手', 'rival_operator'],
  }),
  column('monthly_fee', '异网月租', 'Monthly fee', 'fen', {
    unit: '元',
    aliases: ['月租', '月费', '异网宽带月租', '资费'],
  }),
  column('expires_on', '异网到期日期', 'Ends on', 'date', {
    aliases: ['到期日期', '异网宽带到期时间', '到期时间', '异网到期时间'],
  }),
  column('seen_at', '采集时间', 'Seen', 'datetime', {
    aliases: ['发现时间', '采集日期', '登记时间'],
  }),
  column('staff_id', '采集人工号', 'Seen by', 'text', {
    personal: 'staff',
    aliases: ['工号', '采集人', '登记人工号'],
  }),
]
