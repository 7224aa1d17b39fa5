import { column, inGroup } from './column.ts'

const GENDERS = {
  男: 'male',
  '01': 'male',
  '1': 'male',
  M: 'male',
  male: 'male',
  女: 'female',
  '02': 'female',
  '2': 'female',
  F: 'female',
  female: 'female',
  '00': 'unknown',
  '0': 'unknown',
  未知: 'unknown',
}
const direct = { personal: 'direct' } as const
const quasi = { personal: 'quasi' } as const

/** Group A: who the subscriber is and where the service ends. */
export const IDENTITY = inGroup('A', [
  column('data_date', '数据日期', 'Data date', 'date', {
    aliases: ['账期', '账期日', '统计日期', '数据日期/账期', 'acct_day', 'acct_date'],
  }),
  column('city_code', '归属地市', 'City', 'region', { aliases: ['地市', '地市编码', '所属地市'] }),
  column('county_code', '区县', 'County', 'region', {
    aliases: ['区县编码', '归属区县', '所属区县', '县区', '县市'],
  }),
  column('branch_name', '分公司', 'Branch', 'text', {
    aliases: ['所属分公司', '县分公司', '分局'],
  }),
  column('service_center', '营服中心', 'Service centre', 'text', {
    aliases: ['营服', '营业部', '营业厅', '所属营业厅', '营服中心名称'],
  }),
  column('grid_code', '网格', 'Grid', 'text', {
    aliases: ['网格编码', '网格/划小局向', '划小局向', '网格编号', '所属网格', 'grid_id'],
  }),
  column('customer_id', '客户编号', 'Customer number', 'text', {
    personal: 'key',
    aliases: ['客户id', '客户编码', '客户标识', 'cust_id'],
  }),
  column('customer_name', '客户名称', 'Customer name', 'text', {
    ...direct,
    aliases: ['客户姓名', '姓名', '用户名称', '用户姓名', '机主姓名', '户主姓名', 'cust_name'],
  }),
  column('customer_level', '客户等级', 'Customer level', 'code', { aliases: ['客户级别', '星级'] }),
  column('customer_type', '客户类型', 'Customer type', 'code', {
    aliases: ['客户类型(公众/政企)', '客户类别', '客户性质'],
  }),
  column('id_card_type', '证件类型', 'Type of identity document', 'code', {}),
  column('id_card_no', '身份证号', 'Identity number', 'text', {
    personal: 'sensitive',
    aliases: ['证件号码', '身份证号码', '证件号'],
  }),
  column('is_real_name', '实名制是否通过核实', 'Real name verified', 'bool', {
    aliases: ['是否实名', '实名制'],
  }),
  column('gender', '性别', 'Gender', 'code', {
    ...quasi,
    values: GENDERS,
    oneOf: ['male', 'female', 'unknown'],
  }),
  column('age', '年龄', 'Age', 'int', { ...quasi, counts: 'years' }),
  column('contact_name', '主要联系人姓名', 'Contact person', 'text', {
    ...direct,
    aliases: ['联系人', '联系人姓名', '主要联系人'],
  }),
  column('contact_phone', '联系电话', 'Contact phone', 'phone', {
    ...direct,
    aliases: ['联系号码', '联系手机', '手机号', '手机号码', '移动电话', '联系方式', '电话'],
  }),
  column('account_id', '账户标识', 'Account', 'text', {
    personal: 'key',
    aliases: ['账户编号', '账户id', '合同号', '账户编码', 'acct_id'],
  }),
  column('account_name', '账户名称', 'Account name', 'text', direct),
  column('subscriber_id', '用户编号', 'Subscriber number', 'text', {
    personal: 'key',
    reject: true,
    aliases: ['user_id', '用户id', '用户标识', '用户编码', 'subs_id', '产品实例标识'],
  }),
  column('service_number', '服务号码', 'Service number', 'phone', {
    ...direct,
    aliases: ['接入号', '服务号码/接入号', '业务号码', '产品号码', '用户号码', 'serv_no'],
  }),
  column('broadband_account', '宽带账号', 'Broadband account', 'text', {
    ...direct,
    aliases: ['宽带账户', '宽带用户名', '宽带接入号'],
  }),
  column('terminal_no', '终端号', 'Terminal number', 'text', {
    ...direct,
    aliases: ['终端号(机顶盒/智能卡)', '机顶盒号', '智能卡号', '终端编号'],
  }),
  column('install_address', '装机地址', 'Installation address', 'text', {
    ...direct,
    aliases: ['安装地址', '地址', '用户地址', '标准地址', '详细地址', '装机标准地址'],
  }),
  column('address_level', '标准地址级别', 'Address level', 'code', {}),
  column('community_name', '小区', 'Community', 'text', {
    ...quasi,
    aliases: ['小区名称', '社区', '小区/村', '村/小区', '村庄', '行政村'],
  }),
  column('building_name', '楼宇名称', 'Building', 'text', {
    ...quasi,
    aliases: ['楼栋', '楼宇名称/楼栋', '楼号', '楼宇'],
  }),
  column('unit_no', '单元', 'Stairwell', 'text', { ...direct, aliases: ['单元号'] }),
  column('house_no', '门牌号', 'Door number', 'text', {
    ...direct,
    aliases: ['房号', '门牌', '室'],
  }),
  column('division_code', '村居编码', 'Division code', 'region', {
    aliases: ['行政区划代码', '区划代码', '村居代码', '行政村编码', '地点编码'],
  }),
  column('exchange_name', '局站名', 'Exchange', 'text', { aliases: ['局站', '局站名称'] }),
  column('access_type', '接入方式', 'Access type', 'code', { aliases: ['接入类型'] }),
  column('household_id', '家庭编号', 'Household', 'text', {
    personal: 'key',
    aliases: ['家庭id', '家庭标识', '户编号'],
  }),
])
