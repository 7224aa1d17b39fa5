import { order } from './crews.ts'

export type Named = Readonly<{ zh: string; en: string }>
/** What a plan lost to one reason, largest first in every list of them. */
export type Loss = Readonly<{ reason: string; text: { zh: string; en: string }; count: number }>

/** What the reasons of a funnel are called; the sentence with its values stands with the decision. */
const LOSSES: Readonly<Record<string, Named>> = {
  terminated: { zh: '已离网', en: 'Terminated' },
  'port-out-request': { zh: '已申请携出', en: 'Asked to port out' },
  refused: { zh: '拒绝营销期内', en: 'Refused, still within the time to leave alone' },
  'opted-out': { zh: '已退订或未同意', en: 'Opted out, or did not consent' },
  capped: { zh: '近期接触过多', en: 'Touched often enough' },
  'follow-up-due': { zh: '已有后续走访', en: 'Somebody comes already' },
  'no-offer-fits': { zh: '没有适合的产品', en: 'No offer fits' },
  no_sender: {
    zh: '只能发消息，尚无发送通道',
    en: 'Only messages are left, and nothing sends them',
  },
  no_owner: { zh: '无人负责', en: 'Nobody is responsible' },
  no_skill: { zh: '无人具备所需技能', en: 'Nobody has the skill it needs' },
  nobody_works: { zh: '责任人员当日不上班', en: 'Nobody responsible works that day' },
  no_window: { zh: '当日没有可走访时段', en: 'No visit window that day' },
  no_capacity: { zh: '责任人员当日已排满', en: 'Everybody responsible is full' },
}

export const nameOfLoss = (reason: string): { zh: string; en: string } => ({
  ...(LOSSES[reason] ?? { zh: reason, en: reason }),
})

export function lossesOf(tallies: readonly Readonly<{ reason: string; count: number }>[]): Loss[] {
  const counts = new Map<string, number>()
  for (const { reason, count } of tallies) counts.set(reason, (counts.get(reason) ?? 0) + count)
  return [...counts]
    .map(([reason, count]) => ({ reason, text: nameOfLoss(reason), count }))
    .sort((a, b) => b.count - a.count || order(a.reason, b.reason))
}
