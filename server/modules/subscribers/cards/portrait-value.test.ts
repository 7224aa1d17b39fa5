import { expect, test } from 'vitest'
import { columnOf } from '../columns/catalogue.ts'
import { shownOf } from './portrait-value.ts'

test.each([
  { id: 'tenure_months', value: 46, zh: '46 个月', en: '46 months' },
  { id: 'tenure_months', value: 1, zh: '1 个月', en: '1 month' },
  { id: 'stop_duration', value: 3, zh: '3 天', en: '3 days' },
  { id: 'complaint_count', value: 0, zh: '0 次', en: '0 times' },
  { id: 'broadband_speed_mbps', value: 300, zh: '300 Mbit/s', en: '300 Mbit/s' },
  { id: 'fusion_tv_count', value: 2, zh: '2 个', en: '2' },
  { id: 'credit_value', value: 80, zh: '80', en: '80' },
  { id: 'voice_min', value: '128.500', zh: '128.5 分钟', en: '128.5 min' },
  { id: 'data_mb', value: 512, zh: '512 MB', en: '512 MB' },
  { id: 'data_mb', value: 20992, zh: '20.5 GB', en: '20.5 GB' },
  { id: 'bb_online_hours', value: 12, zh: '12 小时', en: '12 h' },
  { id: 'plan_monthly_fee', value: 9900, zh: '99.00 元', en: '¥99.00' },
])('$id of $value reads $zh · $en', ({ id, value, zh, en }) => {
  const column = columnOf(id)
  if (!column) throw new Error(`${id} is in the catalogue`)
  expect(shownOf(column, value)).toEqual({ zh, en })
})
