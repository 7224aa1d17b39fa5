import type { Column } from '#subscribers'

/** The columns of a file of network resources. */
export const RESOURCE_COLUMNS: readonly Column[] = [
  {
    id: 'division_code',
    label: { zh: '区划代码', en: 'Division code' },
    type: 'region',
    aliases: ['地点编码', '小区编码', '楼栋编码'],
    personal: 'none',
  },
  {
    id: 'address',
    label: { zh: '地址', en: 'Address' },
    type: 'text',
    aliases: ['装机地址', '覆盖地址'],
    personal: 'none',
  },
  {
    id: 'access_type',
    label: { zh: '接入方式', en: 'Access' },
    type: 'code',
    aliases: ['接入类型'],
    personal: 'none',
  },
  {
    id: 'two_way',
    label: { zh: '是否双向', en: 'Two-way' },
    type: 'bool',
    aliases: ['双向', '双向网'],
    personal: 'none',
  },
  {
    id: 'ports_total',
    label: { zh: '端口总数', en: 'Ports' },
    type: 'int',
    aliases: ['端口数'],
    personal: 'none',
    min: 0,
  },
  {
    id: 'ports_free',
    label: { zh: '空闲端口', en: 'Free ports' },
    type: 'int',
    aliases: ['空闲端口数', '剩余端口'],
    personal: 'none',
    min: 0,
  },
  {
    id: 'max_mbps',
    label: { zh: '最大速率', en: 'Fastest speed' },
    type: 'int',
    aliases: ['最高速率', '最大带宽'],
    personal: 'none',
    min: 0,
  },
  {
    id: 'as_of',
    label: { zh: '截止日期', en: 'As of' },
    type: 'date',
    aliases: ['数据日期', '更新日期'],
    personal: 'none',
  },
]
