import { MaskedAddress, MaskedPhone } from '#contract/personal.ts'

// What identifies a person leaves the server masked; these say how much of it may be seen.

const COMPOUND_SURNAMES = new Set(
  '欧阳 司马 上官 诸葛 夏侯 东方 皇甫 尉迟 公孙 慕容 令狐 宇文 长孙 司徒 司空 端木 独孤 南宫 西门 轩辕 呼延 闻人 澹台 公冶 宗政 濮阳 太史 申屠 钟离 鲜于 闾丘 赫连 拓跋'.split(
    ' ',
  ),
)
const FIRM = /(?:公司|集团|中心|学校|医院|局|厂|店|银行|合作社|委员会|村委会|酒店|宾馆|幼儿园)$/

/** 王某三 → 王**, 欧阳某 → 欧阳*; of a firm the first two characters stay. */
export function maskName(name: string | null): string | null {
  if (name === null) return null
  const letters = [...name.trim()]
  const open = FIRM.test(name) || COMPOUND_SURNAMES.has(letters.slice(0, 2).join('')) ? 2 : 1
  return letters.slice(0, open).join('') + '*'.repeat(Math.max(1, letters.length - open))
}

/**
 * 10000123456 → 100****3456. A landline keeps its area code and two digits, 053512345 → 0535***45;
 * of any other number only the last two stay.
 */
export function maskPhone(phone: string | null): string | null {
  if (phone === null) return null
  const digits = digitsOf(phone)
  if (/^1\d{10}$/.test(digits)) return `${digits.slice(0, 3)}****${digits.slice(-4)}`
  const area = /^0(?:10|2\d|[3-9]\d\d)(?=\d{5,}$)/.exec(digits)?.[0] ?? ''
  const hidden = Math.max(1, digits.length - area.length - 2)
  return area + '*'.repeat(hidden) + digits.slice(area.length + hidden)
}

/** The digits of a number, of a mobile one without the code of the country. */
export const digitsOf = (phone: string): string =>
  phone.replaceAll(/\D/g, '').replace(/^86(?=1\d{10}$)/, '')

/** A number that was masked before, by whatever rule: what today’s would hide is hidden. */
export function stillMasked(phone: string | null): string | null {
  return phone === null || MaskedPhone.safeParse(phone).success ? phone : '****'
}

const BUILDING = /^(.*?[\d０-９〇一二三四五六七八九十百]+(?:号楼|栋|幢|座))(.+)$/s

/** The place stays, the door goes: …国路夼村12号 → …国路夼村**, …3号楼2单元501室 → …3号楼****. */
export function maskAddress(address: string | null): string | null {
  if (address === null) return null
  const shown = shownOf(address)
  const hasDoor = shown !== '' && !BUILDING.test(address) && DOOR.test(address)
  return shown + (hasDoor ? '**' : '****')
}

/** How much of an address is shown. Must agree with `subscribers.shown_of`, by which it is found. */
export function shownOf(address: string): string {
  const shown = BUILDING.exec(address)?.[1] ?? withoutDoor(address)
  return MaskedAddress.safeParse(`${shown}****`).success ? shown : ''
}
const DOOR = /[\d０-９]/

function withoutDoor(address: string): string {
  const door = address.search(DOOR)
  const letters = [...address]
  if (door < 0) return letters.length > 6 ? letters.slice(0, -4).join('') : ''
  return address.slice(0, door)
}

/**
 * A value of which nobody knows what it is: letters and digits behind the first two are hidden, of
 * one that is as short as a name behind the first.
 */
export function maskFreely(value: string): string {
  const letters = [...value]
  const open = letters.length < 5 ? 1 : 2
  return letters
    .map((letter, at) => (at < open || !/[\p{L}\p{N}]/u.test(letter) ? letter : '*'))
    .join('')
}

/** What was noted, without the numbers in it, by which somebody could be rung up or looked for. */
export const withoutNumbers = (text: string): string =>
  text.replaceAll(/\d(?:[\s-]?\d){4,}/g, '****')
