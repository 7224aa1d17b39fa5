import type { FieldKind, Source, Words } from './field.ts'

/**
 * A field that no extract delivers: it follows from delivered columns, from the places, the
 * competitors or the resources. It counts as delivered if one of `from` is; an empty `from` means
 * always.
 */
type Derived = FieldKind & Readonly<{ from: readonly string[] }>

const DAYS = { zh: '天', en: 'days' }
const code = (value: string, zh: string, en: string) => ({ value, label: { zh, en } })

function derived(
  field: string,
  label: Words,
  type: FieldKind['type'],
  more: Partial<Derived> = {},
): Derived {
  return {
    field,
    label,
    type,
    group: 'derived',
    unit: type === 'fen' ? { zh: '分', en: 'fen' } : null,
    values: null,
    source: 'own',
    from: [],
    ...more,
  }
}

const ENDS = ['offer_exp_date', 'contract_expire_date', 'broadband_expire_date', 'tv_expire_date']
const USES = ['tv_last_watch_time', 'tv_watch_minutes', 'bb_online_hours', 'data_mb', 'voice_min']

export const DERIVED_FIELDS: readonly Derived[] = [
  derived('contract_end', { zh: '合约到期日', en: 'contract end' }, 'date', { from: ENDS }),
  derived('contract_end_source', { zh: '到期日来源', en: 'what ends' }, 'code', {
    from: ENDS,
    values: [
      code('offer_exp_date', '优惠到期', 'the offer'),
      code('contract_expire_date', '合约到期', 'the contract'),
      code('broadband_expire_date', '宽带到期', 'broadband'),
      code('tv_expire_date', '电视到期', 'TV'),
    ],
  }),
  derived('days_to_end', { zh: '距到期天数', en: 'days to contract end' }, 'int', {
    from: ENDS,
    unit: DAYS,
  }),
  derived('is_lapsed', { zh: '是否到期未续', en: 'lapsed' }, 'bool', { from: ENDS }),
  derived('days_lapsed', { zh: '到期未续天数', en: 'days since it lapsed' }, 'int', {
    from: ENDS,
    unit: DAYS,
  }),
  derived('last_use_on', { zh: '最近使用日', en: 'day last used' }, 'date', {
    from: ['tv_last_watch_time'],
  }),
  derived('is_dormant', { zh: '是否休眠', en: 'dormant' }, 'bool', { from: USES }),
  derived('product_kind', { zh: '产品大类', en: 'kind of product' }, 'code', {
    values: [
      code('tv', '电视', 'TV'),
      code('broadband', '宽带', 'broadband'),
      code('mobile', '移动', 'mobile'),
      code('other', '其他', 'other'),
    ],
  }),
  derived('is_standard_box', { zh: '是否标清机顶盒', en: 'standard-definition box' }, 'bool', {
    from: ['terminal_model'],
  }),
  derived('household_size', { zh: '家庭用户数', en: 'subscribers of the household' }, 'int', {
    source: 'household',
  }),
  derived('has_tv', { zh: '家中有电视', en: 'household has TV' }, 'bool', { source: 'household' }),
  derived('has_broadband', { zh: '家中有宽带', en: 'household has broadband' }, 'bool', {
    source: 'household',
  }),
  derived('has_mobile', { zh: '家中有移动', en: 'household has mobile' }, 'bool', {
    source: 'household',
  }),
  derived('has_high_definition', { zh: '家中有高清', en: 'household has HD' }, 'bool', {
    source: 'household',
    from: ['terminal_model', 'main_plan_name'],
  }),
  derived('two_way_available', { zh: '可开通双向业务', en: 'two-way service possible' }, 'bool', {
    source: 'place',
    from: ['resources'],
  }),
  derived('ports_free', { zh: '空闲端口数', en: 'free ports' }, 'int', {
    source: 'place',
    from: ['resources'],
  }),
  derived('max_mbps', { zh: '可达速率', en: 'fastest speed there' }, 'int', {
    source: 'place',
    from: ['resources'],
    unit: { zh: 'Mbps', en: 'Mbps' },
  }),
  derived('unit_id', { zh: '网格编号', en: 'grid' }, 'code', { source: 'place' }),
  derived('hall_id', { zh: '营业厅编号', en: 'hall' }, 'code', { source: 'unit' }),
  derived('zone_id', { zh: '片区编号', en: 'zone' }, 'code', { source: 'unit' }),
  derived('place_code', { zh: '地点代码', en: 'place code' }, 'text'),
  derived('place_name', { zh: '村居', en: 'place' }, 'text', { source: 'place' }),
  derived('town_code', { zh: '乡镇代码', en: 'town code' }, 'text'),
  derived('town_name', { zh: '乡镇', en: 'town' }, 'text', { source: 'place' }),
]

/** Delivered fields of which others can know more than the extract: who saw a rival, who heard a “no”. */
export const JOINED_COLUMNS: ReadonlyMap<string, Extract<Source, 'rival' | 'consent'>> = new Map([
  ['rival_operator', 'rival'],
  ['rival_expire_date', 'rival'],
  ['rival_monthly_fee', 'rival'],
  ['consent_sms', 'consent'],
  ['consent_call', 'consent'],
  ['unsubscribe_time', 'consent'],
  ['do_not_personalise', 'consent'],
  ['has_port_request', 'consent'],
])
