import type { Sentence } from '#contract/language.ts'
import type { FieldTask } from '../result/form.ts'

const QUIET = {
  zh: '现在是免打扰时段。',
  en: 'These are quiet hours.',
} as const

/**
 * Why a household may not be met now where its task would meet it, as far as the list knows; `opens`
 * is when it may. What was true when the list was taken and has ended since no longer counts, and
 * quiet hours that have begun since do.
 */
export function closedNow(
  { gates, touchpoint }: Pick<FieldTask, 'gates' | 'touchpoint'>,
  now: number,
): Readonly<{ because: readonly Sentence[]; opens: string | null }> | undefined {
  const gate = gates.find((each) => each.touchpoint === touchpoint)
  if (!gate) return undefined
  const still = gate.against.filter(({ opens }) => opens === null || Date.parse(opens) > now)
  const isOpen = ({ from, to }: { from: string; to: string }) =>
    Date.parse(from) <= now && now < Date.parse(to)
  const next = gate.open.find(({ from }) => Date.parse(from) > now)
  if (still.length > 0)
    return {
      because: still.map(({ text }) => text),
      opens: laterOf(still.map(({ opens }) => opens)),
    }
  if (gate.open.length > 0 && !gate.open.some(isOpen))
    return { because: [QUIET], opens: next?.from ?? null }
  return undefined
}

/** Null where one of them never ends. */
function laterOf(instants: readonly (string | null)[]): string | null {
  const known = instants.filter((each) => each !== null).sort()
  return known.length === instants.length ? (known.at(-1) ?? null) : null
}
