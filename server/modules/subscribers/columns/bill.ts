import { column, inGroup } from './column.ts'

const yuan = (...aliases: string[]) => ({ unit: '元', aliases }) as const

/** Group D: bills, payments, arrears. Corrections of a bill may be below zero, and so may balances. */
export const BILL = inGroup('D', [
  column('bill_month', '账期年月', 'Bill month', 'month', {
    aliases: ['账期(年月)', '账单月', '账单月份', '账期月', '出账月份'],
  }),
  column('receivable_fee', '应收金额', 'Receivable', 'fen', yuan('应收', '应收费用')),
  column('discount_fee', '优惠金额', 'Discount', 'fen', yuan('优惠', '优惠费用')),
  column(
    'bill_fee',
    '账单当月总费用',
    'Bill',
    'fen',
    yuan('当月总费用', '出账金额', '账单金额', '当月出账费用'),
  ),
  column(
    'bill_fee_m1',
    '近1月出账费用',
    'Bill a month ago',
    'fen',
    yuan('上月出账费用', '前1月出账费用'),
  ),
  column('bill_fee_m2', '近2月出账费用', 'Bill two months ago', 'fen', yuan('前2月出账费用')),
  column('bill_fee_m3', '近3月出账费用', 'Bill three months ago', 'fen', yuan('前3月出账费用')),
  column('bill_fee_m4', '近4月出账费用', 'Bill four months ago', 'fen', yuan('前4月出账费用')),
  column(
    'avg_fee_6m',
    '近6个月平均消费',
    'Average bill',
    'fen',
    yuan('近6个月平均消费(ARPU)', 'arpu', 'arpu值', '月均消费'),
  ),
  column('voice_fee', '语音费', 'Voice charges', 'fen', yuan('语音费用')),
  column('data_fee', '流量费', 'Data charges', 'fen', yuan('流量费用')),
  column(
    'broadband_fee',
    '宽带费',
    'Broadband charges',
    'fen',
    yuan('宽带月租', '宽带费/宽带月租', '宽带费用'),
  ),
  column('is_over_bill', '是否连续超套', 'Above plan again and again', 'bool', {
    aliases: ['连续超套'],
  }),
  column('balance', '账户余额', 'Balance', 'fen', { ...yuan('余额', '当前余额'), min: -1e12 }),
  column(
    'arrears_fee',
    '欠费金额',
    'Arrears',
    'fen',
    yuan('欠费', '欠费总额', '累计欠费', '当前欠费'),
  ),
  column('soon_arrears_fee', '即将欠费金额', 'About to be in arrears', 'fen', yuan()),
  column('is_arrears', '当前是否欠费', 'In arrears', 'bool', { aliases: ['是否欠费'] }),
  column('pay_times', '交费次数', 'Payments', 'int', { counts: 'times', aliases: ['缴费次数'] }),
  column('pay_amount', '交费金额', 'Paid', 'fen', yuan('缴费金额')),
  column('months_since_pay', '最近缴费距今', 'Months since the last payment', 'int', {
    counts: 'months',
    aliases: ['最近缴费距今(月)'],
  }),
  column('fee_sensitivity', '话费敏感度', 'Sensitivity to price', 'code', { personal: 'quasi' }),
  column('credit_value', '用户信用度', 'Credit', 'int', { personal: 'quasi', aliases: ['信用度'] }),
  column('refund_months_left', '剩余返款月份数', 'Months of refund left', 'int', {
    counts: 'months',
  }),
  column('payment_method', '缴费方式', 'Payment method', 'code', {
    aliases: ['缴费方式/托收', '支付方式', '交费方式'],
  }),
])
