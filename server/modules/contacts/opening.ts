import { clockOf } from '#calendar'
import { dayOf } from '#platform/day.ts'
import { Refusal } from '#platform/refusal.ts'
import { sayDay } from '#platform/say-day.ts'
import type { Unit } from '#platform/unit.ts'
import type { Works } from '#platform/works.ts'
import type { Card, Ringing } from '#subscribers'
import type { Intent, Verdict } from './gate.ts'
import { takeHold } from './holds.ts'
import { judgeOf, shown } from './judge.ts'

type Opening = Readonly<{ card: Card; intent: Omit<Intent, 'at'> }>

/**
 * Asks the gate before the actor, whom the caller let do it, goes or rings; where it is open, the
 * household is kept for them. A closed one is answered with its reasons, and kept for nobody.
 */
export async function openDoor(unit: Unit, works: Works, of: Opening) {
  const { verdict, heldUntil } = await open(unit, works, of)
  return { ...shown(verdict, unit.now), heldUntil: heldUntil?.toISOString() ?? null }
}

/** The same for a call, which is refused where it is closed. @throws Refusal `touch-closed` */
export async function openLine(
  unit: Unit,
  works: Works,
  { card, purpose, offer }: Ringing & Readonly<{ card: Card }>,
): Promise<void> {
  const intent = { touchpoint: 'call_out', purpose, offer } as const
  const { verdict } = await open(unit, works, { card, intent })
  if (!verdict.may) throw closed(verdict, unit.now)
}

async function open(unit: Unit, works: Works, { card, intent }: Opening) {
  const judge = await judgeOf(unit, works, { ...card, staffId: unit.actor.id, at: unit.now })
  const verdict = judge(intent)
  const { touchpoint } = intent
  return { verdict, heldUntil: verdict.may ? await takeHold(unit, { ...card, touchpoint }) : null }
}

function closed(verdict: Verdict, now: Date): Refusal {
  const { against } = shown(verdict, now)
  const { opens } = verdict
  const when = (language: 'zh' | 'en') =>
    opens && `${sayDay(dayOf(opens), language, dayOf(now))} ${clockOf(opens)}`
  return new Refusal('conflict', 'touch-closed', {
    reasons: against.map(({ code }) => code).join(' '),
    becauseZh: against.map(({ text }) => text.zh).join('；'),
    becauseEn: against.map(({ text }) => text.en).join('; '),
    opens: opens?.toISOString() ?? '',
    opensZh: opens ? `${when('zh')} 起可以。` : '须用户另行同意或主动联系我们。',
    opensEn: opens ? `From ${when('en')}.` : 'Only once they agree, or turn to us.',
  })
}
