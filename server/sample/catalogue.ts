/** What the branch sells: the plans and prices of the documents, in fen. */
export type Plan = Readonly<{
  name: string
  monthlyFen: number
  /** Paid once a year. */
  yearly?: true
  /** Broadband and mobile in one. */
  fusion?: true
  mbps?: number
}>
type Offered = readonly (readonly [Plan, number])[]

export const TV_PLANS: Offered = [
  [{ name: '数字电视基本收视费(城镇)', monthlyFen: 23_00 }, 34],
  [{ name: '数字电视基本收视费(农村)', monthlyFen: 18_00 }, 30],
  [{ name: '数字电视年付216', monthlyFen: 18_00, yearly: true }, 14],
  [{ name: '高清互动电视26', monthlyFen: 26_00 }, 14],
  [{ name: '高清互动电视34含点播', monthlyFen: 34_00 }, 8],
]
export const SINGLE_BROADBAND_PLANS: Offered = [
  [{ name: '单宽带98', monthlyFen: 98_00, mbps: 200 }, 34],
  [{ name: '单宽带89', monthlyFen: 89_00, mbps: 100 }, 18],
  [{ name: '单宽带79', monthlyFen: 79_00, mbps: 100 }, 8],
  [{ name: '单宽带78', monthlyFen: 78_00, mbps: 100 }, 10],
  [{ name: '宽带129不含电视', monthlyFen: 129_00, mbps: 300 }, 10],
  [{ name: '宽带年付360', monthlyFen: 30_00, yearly: true, mbps: 100 }, 20],
]
export const FUSION_BROADBAND_PLANS: Offered = [
  [{ name: '融合169', monthlyFen: 169_00, fusion: true, mbps: 1000 }, 22],
  [{ name: '融合129', monthlyFen: 129_00, fusion: true, mbps: 500 }, 32],
  [{ name: '融合109', monthlyFen: 109_00, fusion: true, mbps: 300 }, 26],
  [{ name: '融合99', monthlyFen: 99_00, fusion: true, mbps: 300 }, 20],
]
export const MOBILE_PLANS: Offered = [
  [{ name: '移动语音19', monthlyFen: 19_00 }, 24],
  [{ name: '任性卡39', monthlyFen: 39_00 }, 30],
  [{ name: '移动套餐59', monthlyFen: 59_00 }, 26],
  [{ name: '移动套餐99', monthlyFen: 99_00 }, 14],
  [{ name: '移动套餐129', monthlyFen: 129_00 }, 6],
]
/** Mobile lines inside a bundle pay through the bundle. */
export const FUSION_MOBILE_PLAN: Plan = { name: '融合副卡10', monthlyFen: 10_00, fusion: true }

export const STANDARD_BOXES = ['标清机顶盒SD200,单向', '标清机顶盒SD310,单向']
export const HD_BOXES = ['高清机顶盒HD500,双向', '高清机顶盒HD620,双向', '4K智能机顶盒UHD900,双向']
export const MODEMS = ['光猫GPON-1', '光猫XGPON-2', '同轴终端EOC-4']
export const RIVALS = ['移动', '联通', '电信'] as const
