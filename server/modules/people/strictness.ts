import type { Refusal } from '#platform/refusal.ts'

/** How far a unit may go with a value, and who says so: the law, or a unit above. */
export type Limit<Name extends string = string> = Readonly<{
  setting: Name
  limit: number | boolean
  by: Readonly<{ zh: string; en: string }>
}>

/** What it means for a setting to be too loose. */
export type Strictness<Setting, Name extends string> = Readonly<{
  /** How far a unit may go, by what each unit above it has saved, the nearest first. */
  limits(above: readonly Readonly<{ name: string; setting: Setting }>[]): readonly Limit<Name>[]
  isLooser(setting: Setting, limit: Limit<Name>): boolean
  /** The setting, as strict as the limit. */
  tightened(setting: Setting, limit: Limit<Name>): Setting
  /** What refuses a setting that is looser than the limit. */
  tooLoose(limit: Limit<Name>, wanted: Setting): Refusal
}>

/** By name, which of two values is the stricter one: of a switch, off is less than on. */
type Stricter<Name extends string> = Readonly<Record<Name, { stricter: 'less' | 'more' }>>

/**
 * Strictness value by value: of each, the strictest that the law and the units above say is the
 * limit, and of equals the law or the nearest unit. A switch is limited to the strict side alone.
 */
export function strictnessOf<
  Name extends string,
  Setting extends Readonly<Record<Name, number | boolean>>,
>(of: {
  values: Stricter<Name>
  law?: readonly Limit<Name>[]
  tooLoose: Strictness<Setting, Name>['tooLoose']
}): Strictness<Setting, Name> {
  const names = Object.keys(of.values) as Name[]
  const isStricter = (name: Name, value: number | boolean, than: number | boolean) =>
    of.values[name].stricter === 'less' ? value < than : value > than
  const binds = ({ setting, limit }: Limit<Name>) =>
    typeof limit === 'number' || isStricter(setting, limit, !limit)
  return {
    limits: (above) =>
      names.flatMap((name) => {
        const law = (of.law ?? []).filter(({ setting }) => setting === name)
        const units = above.map((unit) => ({
          ...{ setting: name, limit: unit.setting[name] },
          by: { zh: unit.name, en: unit.name },
        }))
        const [strictest] = [...law, ...units]
          .filter(binds)
          .toSorted(
            (a, b) =>
              Number(isStricter(name, b.limit, a.limit)) -
              Number(isStricter(name, a.limit, b.limit)),
          )
        return strictest ? [strictest] : []
      }),
    isLooser: (setting, { setting: name, limit }) => isStricter(name, limit, setting[name]),
    tightened: (setting, { setting: name, limit }) => ({ ...setting, [name]: limit }),
    tooLoose: of.tooLoose,
  }
}
