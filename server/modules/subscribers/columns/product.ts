import { column, inGroup } from './column.ts'

/** Group C: product, contract and renewal. */
export const PRODUCT = inGroup('C', [
  column('brand', '品牌', 'Brand', 'code', { aliases: ['品牌名称'] }),
  column('main_plan_name', '主套餐名称', 'Plan', 'text', {
    aliases: ['套餐名称', '主套餐', '主资费', '主资费名称', '资费名称'],
  }),
  column('main_plan_id', '主套餐编码', 'Plan code', 'text', { aliases: ['套餐编码', '套餐id'] }),
  column('product_type', '主产品细类', 'Product', 'code', {
    aliases: ['产品类型', '业务类型', '产品名称', '主产品', '产品细类'],
  }),
  column('plan_monthly_fee', '套餐月费', 'Monthly fee', 'fen', {
    unit: '元',
    aliases: ['套餐月费(档位)', '月费', '档位', '套餐档位', '月租', '月租费', '套餐费'],
  }),
  column('offer_id', '销售品ID', 'Offer code', 'text', {
    aliases: ['优惠id', '销售品/优惠id', '销售品编码', '优惠编码'],
  }),
  column('offer_name', '销售品名称', 'Offer', 'text', { aliases: ['优惠名称', '优惠活动'] }),
  column('offer_type', '优惠类型', 'Type of offer', 'code', {}),
  column('offer_eff_date', '生效日期', 'Offer valid from', 'date', {
    aliases: ['优惠生效日期', '优惠生效时间', '销售品生效日期', '生效时间'],
  }),
  column('offer_exp_date', '失效日期', 'Offer ends', 'date', {
    aliases: ['到期日期', '到期/失效日期', '优惠失效日期', '优惠到期日期', '销售品失效日期'],
  }),
  column('order_date', '订购日期', 'Ordered', 'date', { aliases: ['订购时间'] }),
  column('product_status', '产品状态', 'Product status', 'code', {}),
  column('contract_type', '合约类型', 'Contract type', 'code', { aliases: ['合约名称'] }),
  column('contract_months', '合约时长', 'Contract in months', 'int', {
    counts: 'months',
    aliases: ['合约时长(月)', '合约期', '合约期(月)', '合约月数'],
  }),
  column('contract_start', '合约生效时间', 'Contract began', 'datetime', {
    aliases: ['合约开始时间', '合约生效日期', '合约开始日期'],
  }),
  column('contract_expire_date', '合约失效时间', 'Contract ends', 'date', {
    aliases: ['contract_end', '合约到期时间', '合约结束时间', '合约到期日', '合约失效日期'],
  }),
  column('is_min_spend', '是否承诺低消', 'Minimum spend', 'bool', { aliases: ['承诺低消'] }),
  column('is_fusion', '是否融合业务', 'Bundle', 'bool', { aliases: ['是否融合', '融合标识'] }),
  column('fusion_mobile_count', '融合手机数', 'Mobile lines in the bundle', 'int', {
    counts: 'items',
    aliases: ['融合在网移动+副卡数', '融合在网移动副卡数'],
  }),
  column('fusion_tv_count', '融合电视数', 'TV boxes in the bundle', 'int', {
    counts: 'items',
    aliases: ['融合在网智慧产品(电视)数', '融合在网智慧产品数'],
  }),
  column('is_main_card', '主副卡标识', 'Main card', 'bool', {
    aliases: ['主副卡', '是否主卡'],
    values: { 主卡: 'true', 副卡: 'false' },
  }),
  column('broadband_speed_mbps', '宽带速率', 'Broadband Mbit/s', 'int', {
    counts: 'speed',
    aliases: ['宽带速率(m)', '宽带速率(mbps)', '宽带带宽', '带宽', '速率', '宽带速率(兆)'],
  }),
  column('broadband_expire_date', '宽带到期时间', 'Broadband ends', 'date', {
    aliases: ['宽带到期日', '宽带到期日期', '宽带到期'],
  }),
  column('broadband_renewal_date', '宽带续费时间', 'Broadband renewed', 'date', {
    aliases: ['宽带续费日期'],
  }),
  column('renewal_type', '续费类型名称', 'Type of renewal', 'code', { aliases: ['续费类型'] }),
  column('yearly_pay_offer', '年付销售品名称', 'Yearly offer', 'text', { aliases: ['年付销售品'] }),
  column('tv_expire_date', '电视盒到期时间', 'TV ends', 'date', {
    aliases: ['电视到期时间', '电视到期日期', '电视盒到期日', '收视费到期时间', '收视到期日期'],
  }),
  column('is_5g_plan', '是否5G套餐', '5G plan', 'bool', { aliases: ['5g套餐'] }),
  column('network_type', '网络口径', 'Network', 'code', {
    aliases: ['网络口径(2g/3g/4g/5g)', '网络制式'],
  }),
  column('vas_count', '增值产品数', 'Value-added products', 'int', {
    counts: 'items',
    aliases: ['增值业务数'],
  }),
  column('terminal_model', '终端型号', 'Terminal', 'text', {
    aliases: ['机顶盒型号', '终端型号名称'],
  }),
  column('is_volte', '是否VoLTE', 'VoLTE', 'bool', {}),
])
