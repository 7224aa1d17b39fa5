import { addMonths, type Day, iso } from './days.ts'
import { type Draws, stream, weighted } from './draws.ts'
import type { Traits } from './life.ts'
import { csv } from './line-writer.ts'
import type { Staff, StaffMember } from './staff.ts'
import type { Subscriber } from './subscriber.ts'
import { reasonOf } from './truth.ts'

/** So many days of past contacts are written: enough that some refusals still stand and some are over. */
const CONTACT_DAYS = 130
const SPAN = 26
/** Share of subscribers who are contacted in each span of days. */
const CONTACTED = 0.06

const CONTACT = stream('contact')
const CHANNEL = stream('contact channel')
const RESULT = stream('contact result')

export const CONTACT_HEADER =
  'contact_id,subscriber_id,household_id,at,channel,direction,purpose,staff_id,result,reason,scope,until,note'

type Channel = 'door' | 'hall' | 'call_in' | 'call_out' | 'sms' | 'wecom' | 'installer' | 'online'
const CHANNELS: readonly (readonly [Channel, number])[] = [
  ['door', 38],
  ['call_out', 24],
  ['sms', 18],
  ['hall', 8],
  ['call_in', 5],
  ['installer', 3],
  ['wecom', 3],
  ['online', 1],
]
const PURPOSES: Record<Channel, readonly (readonly [string, number])[]> = {
  door: [
    ['renewal', 50],
    ['marketing', 38],
    ['collection', 12],
  ],
  call_out: [
    ['renewal', 50],
    ['marketing', 32],
    ['survey', 8],
    ['retention', 10],
  ],
  sms: [
    ['renewal', 60],
    ['marketing', 40],
  ],
  hall: [
    ['renewal', 60],
    ['service', 40],
  ],
  call_in: [['service', 100]],
  installer: [['service', 100]],
  wecom: [
    ['marketing', 60],
    ['service', 40],
  ],
  online: [
    ['renewal', 70],
    ['service', 30],
  ],
}
const HOURS: Record<Channel, readonly number[]> = {
  door: [7, 17, 18, 19],
  call_out: [10, 15, 16, 19],
  sms: [10],
  hall: [9, 10, 14, 16],
  call_in: [9, 11, 14, 20],
  installer: [9, 14, 16],
  wecom: [12, 19],
  online: [8, 13, 21],
}
const NOTES: Record<string, string> = {
  done: '已办理',
  promised: '答应月底前到营业部办理',
  refused: '明确拒绝，请勿再推销',
  not_reached: '家中无人，改日再访',
  moved: '已搬走，邻居告知',
  competitor: '已装其他运营商宽带，到期再谈',
  wrong_data: '地址与系统不符',
}

/** The rows of one subscriber’s contacts up to the evening of `date`, oldest first. */
export function contactsOf(date: Day, chance: Draws, staff: Staff, of: Subscriber): string[] {
  const { life } = of
  const until = of.status === 'terminated' ? Math.min(date, of.since) : date
  const rows: string[] = []
  const first = date - CONTACT_DAYS + 1
  for (let span = Math.floor(first / SPAN); span <= Math.floor(until / SPAN); span++) {
    if (!chance.happens(CONTACTED, CONTACT, life.key, span)) continue
    const on = span * SPAN + chance.below(SPAN, CONTACT, life.key, span + 100_000)
    if (on < first || on > until || on < life.activatedOn) continue
    rows.push(contact(on, chance, staff, of))
  }
  return rows
}

function contact(on: Day, chance: Draws, staff: Staff, of: Subscriber): string {
  const { key } = of.life
  const channel = weighted(CHANNELS, chance.share(CHANNEL, key, on))
  const purpose = weighted(PURPOSES[channel], chance.share(CHANNEL, key, on + 100_000))
  // By what never changes about the subscriber only: what was said once stays said.
  const result = resultOf(channel, of.life.traits, chance.share(RESULT, key, on))
  const refused = result === 'refused'
  const scope = weighted(
    [
      ['offer', 25],
      ['channel', 50],
      ['all', 25],
    ],
    chance.share(RESULT, key, on + 100_000),
  )
  const hours = HOURS[channel]
  const hour = hours[chance.below(hours.length, CHANNEL, key, on + 200_000)] ?? 10
  const minute = chance.below(60, CHANNEL, key, on + 300_000)
  const staffId = pick(who(channel, purpose, staff, of), chance.share(CHANNEL, key, on + 400_000))
  const longer = refused && chance.happens(0.1, RESULT, key, on + 200_000)
  return csv([
    `C${iso(on).replaceAll('-', '')}${of.id}`,
    of.id,
    '',
    `${iso(on)}T${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}:00+08:00`,
    channel,
    channel === 'hall' || channel === 'call_in' || channel === 'online' ? 'in' : 'out',
    purpose,
    staffId,
    result,
    refused || result === 'competitor' ? reasonOf(chance, of.life.traits, key, on) : '',
    refused ? scope : '',
    longer ? iso(addMonths(on, 6)) : '',
    purpose === 'service' ? '' : (NOTES[result] ?? ''),
  ])
}

const pick = (of: readonly StaffMember[], at: number): string =>
  of[Math.floor(at * of.length)]?.staffId ?? ''

/** Who may have made the contact; nobody where a machine did. */
function who(
  channel: Channel,
  purpose: string,
  staff: Staff,
  of: Subscriber,
): readonly StaffMember[] {
  const { grid, hall } = of.household.home
  if (channel === 'door') return staff.sellersOf(grid)
  if (channel === 'hall') return staff.clerksOf(hall)
  if (channel === 'installer') return staff.installersOf(hall)
  if (purpose === 'retention') return staff.retention
  if (channel === 'call_in' || channel === 'call_out') return staff.hotline
  return []
}

function resultOf(channel: Channel, traits: Traits, at: number): string {
  if (channel === 'sms') return 'delivered'
  if (channel !== 'door' && channel !== 'call_out' && channel !== 'wecom') return 'done'
  const reached = at * 1.35
  if (reached > 1) return channel === 'door' ? 'not_reached' : 'no_answer'
  const willing = traits.courtedByRival || traits.troubled || traits.unused ? 0.35 : 0.65
  if (reached < willing / 2) return 'done'
  if (reached < willing) return 'promised'
  if (reached > 0.97) return 'wrong_data'
  if (reached > 0.94) return 'moved'
  return traits.courtedByRival && reached > 0.7 ? 'competitor' : 'refused'
}
