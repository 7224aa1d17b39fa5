import type { Cells } from '../extract.ts'

/** Letters of old books: no sentence, name or place of the product has them. */
export const LETTERS: Readonly<Record<string, string>> = {
  '370686-Z1': '㐂㐃㐄㐅㐆㐇㐈',
  '370686-Z2': '㐉㐊㐋㐌㐍㐎㐏',
  '370685-Z1': '㐐㐑㐒㐓㐔㐕㐖',
  '370685-Z2': '㐗㐘㐙㐚㐛㐜㐝',
}
export const BRANCHES = [
  { branchId: '370686', mark: 'QX', letters: '㐞㐟㐠㐡㐢', webhook: '㐨' },
  { branchId: '370685', mark: 'ZY', letters: '㐣㐤㐥㐦㐧', webhook: '㐩' },
] as const
const SUBSCRIBERS_A_ZONE = 12

/** The words of a zone: names, addresses, unit and place names, staff, notes; its secret numbers. */
export function wordsOf(zoneId: string) {
  const [holder = '', home = '', unit = '', place = '', staff = '', note = '', rejected = ''] =
    LETTERS[zoneId] ?? ''
  const digit = 3 + Object.keys(LETTERS).indexOf(zoneId)
  return { holder, home, unit, place, staff, note, rejected, digit, mark: markOf(zoneId) }
}
const markOf = (zoneId: string) =>
  `${BRANCHES.find(({ branchId }) => zoneId.startsWith(branchId))?.mark}${zoneId.at(-1)}`
export const secretsOf = (zoneId: string) => {
  const { digit, holder, rejected } = wordsOf(zoneId)
  return {
    name: `${holder}密名`,
    phone: (nth: number) => `13${digit}77${digit}${digit}${2400 + nth}`,
    hidden: `13${digit}77${digit}${digit}`,
    idNumber: `3706${digit}1990${digit}${digit}${digit}5`,
    rejected: `${rejected}密名`,
  }
}

export function unitsOf(zoneId: string): Cells[] {
  const { unit } = wordsOf(zoneId)
  const hall = `${zoneId.slice(0, 6)}-H0${zoneId.at(-1)}`
  const of = (unit_id: string, parent_id: string, kind: string, name: string) =>
    ({ unit_id, parent_id, kind, name: `${unit}${name}`, valid_from: '2020-01-01' }) satisfies Cells
  return [
    of(zoneId, zoneId.slice(0, 6), 'zone', '片区'),
    of(hall, zoneId, 'hall', '营业厅'),
    of(`${hall}-G1`, hall, 'grid', '网格'),
  ]
}

export const gridOf = (zoneId: string) => `${zoneId.slice(0, 6)}-H0${zoneId.at(-1)}-G1`
export const placeOf = (zoneId: string) => `${zoneId.slice(0, 6)}00${zoneId.at(-1)}001`

export function placesOf(zoneId: string): Cells[] {
  const { place } = wordsOf(zoneId)
  const code = placeOf(zoneId)
  return [
    {
      division_code: code.slice(0, 9),
      name: `${place}街道`,
      kind: 'town',
      grid_id: gridOf(zoneId),
    },
    { division_code: code, name: `${place}社区`, kind: 'community', grid_id: gridOf(zoneId) },
  ]
}

export function staffOf(zoneId: string): Cells[] {
  const { staff, mark } = wordsOf(zoneId)
  const roles = ['community_manager', 'installer', 'hotline_agent', 'hall_clerk']
  return roles.map((role, nth) => ({
    staff_id: `${mark}-W${nth}`,
    name: `${staff}员工${nth}`,
    phone: `1380000${mark.charCodeAt(0)}${nth}`,
    account: `${mark.toLowerCase()}w${nth}`,
    roles: role,
    unit_id: gridOf(zoneId),
    skills: '',
    capacity_door: 20,
    capacity_call: 20,
    capacity_hall: 20,
    capacity_install: 20,
    days: '1234567',
    valid_from: '2020-01-01',
    valid_to: '',
    agency: `${staff}代理`,
  }))
}

export const idOf = (zoneId: string, nth: number) => `${wordsOf(zoneId).mark}-S${100 + nth}`
const homeOf = (zoneId: string, nth: number) => {
  const { place, home } = wordsOf(zoneId)
  return `${place}社区${home}花园1号楼1单元${101 + nth}室`
}

export function subscribersOf(zoneId: string): Cells[] {
  const secret = secretsOf(zoneId)
  return Array.from({ length: SUBSCRIBERS_A_ZONE }, (_, nth) => ({
    用户编号: idOf(zoneId, nth),
    用户状态: '正常',
    客户名称: secret.name,
    联系电话: secret.phone(nth),
    装机地址: homeOf(zoneId, nth),
    村居编码: placeOf(zoneId),
    网格: gridOf(zoneId),
    套餐月费: 98 + nth,
    账户余额: nth % 3 === 0 ? -120 : 5,
    // The last one of each zone has lapsed.
    合约失效时间:
      nth === SUBSCRIBERS_A_ZONE - 1
        ? '20261001'
        : `202611${String(22 + (nth % 8)).padStart(2, '0')}`,
    身份证号: `${secret.idNumber}${10 + nth}`,
    上门备注: `${wordsOf(zoneId).note}备注`,
  }))
}

/** A row without a key stays outside, in clear text, for whoever may import it again. */
export const rejectedOf = (zoneId: string): Cells => ({
  ...subscribersOf(zoneId)[0],
  用户编号: '',
  客户名称: secretsOf(zoneId).rejected,
})

/** A row that comes twice: one of the two is left out. */
export const repeatedOf = (zoneId: string): Cells => ({ ...subscribersOf(zoneId)[0] })

export const contactsOf = (zoneId: string): Cells[] =>
  [0, 1, 2].map((nth) => ({
    contact_id: `${wordsOf(zoneId).mark}-C${nth}`,
    subscriber_id: idOf(zoneId, nth),
    household_id: '',
    at: '2026-09-01T10:00:00+08:00',
    channel: 'call_out',
    direction: 'out',
    purpose: 'marketing',
    staff_id: `${wordsOf(zoneId).mark}-W0`,
    result: 'done',
    reason: `${wordsOf(zoneId).note}原因`,
    scope: '',
    until: '',
    note: `${wordsOf(zoneId).note}记录`,
  }))

export const rivalOf = (zoneId: string): Cells => ({
  household_id: '',
  address: homeOf(zoneId, 1),
  operator: `${wordsOf(zoneId).note}移动`,
  monthly_fee: '88.00',
  expires_on: '2027-07-04',
  seen_at: '2026-07-16',
  staff_id: `${wordsOf(zoneId).mark}-W0`,
})

export const resourceOf = (zoneId: string): Cells => ({
  division_code: placeOf(zoneId),
  address: `${wordsOf(zoneId).note}机房`,
  access_type: 'FTTH',
  two_way: 'true',
  ports_total: 8,
  ports_free: 2,
  max_mbps: 1000,
  as_of: '2026-11-19',
})
