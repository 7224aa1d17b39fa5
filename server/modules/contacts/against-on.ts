import { type Day, instantOf } from '#platform/day.ts'
import type { Unit } from '#platform/unit.ts'
import type { Works } from '#platform/works.ts'
import { type Against, type Intent, mayTouch } from './gate.ts'
import { contactRules, knownOf } from './known.ts'

/** What is over by the hour at which they go, which is theirs to see to. */
type OfAnHour = 'quiet-hours' | 'held'
const OF_AN_HOUR: ReadonlySet<string> = new Set<OfAnHour>(['quiet-hours', 'held'])

/** A reason that stands against a visit or a call for a whole day. */
export type AgainstOn = Readonly<{
  code: Exclude<Against['code'], OfAnHour>
  values: Against['values']
  /** From when on, by what is known today, nothing stands against it; null where nobody can tell. */
  opens: Date | null
}>

/**
 * The gate as it is asked when somebody is put on a list of a day: what stands against a touch of
 * each of these subscribers then, first of all, or nothing. Only those in scope may be asked about.
 */
export async function againstOn(
  unit: Unit,
  works: Works,
  of: Readonly<{ branchId: string; day: Day; subscriberIds: readonly string[] }>,
): Promise<(subscriberId: string, intent: Omit<Intent, 'at'>) => AgainstOn | undefined> {
  const { branchId, day, subscriberIds } = of
  const rules = await contactRules(unit, branchId)
  const known = await knownOf(unit, works, { branchId, subscriberIds, policy: rules.policy })
  const at = instantOf(day, '10:00')
  return (subscriberId, intent) => {
    const household = known.get(subscriberId)
    if (!household) return { code: 'terminated', values: {}, opens: null }
    const { against, opens } = mayTouch({ ...intent, at }, household, rules)
    return against.flatMap(({ code, values }) =>
      isForDays(code) ? [{ code, values, opens }] : [],
    )[0]
  }
}

const isForDays = (code: Against['code']): code is AgainstOn['code'] => !OF_AN_HOUR.has(code)
