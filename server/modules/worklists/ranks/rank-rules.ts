import type { SettingKind } from '#people'
import { Refusal } from '#platform/refusal.ts'
import { RANK_VERSIONS, type RankRules } from './rank-store.ts'

type Shown = RankRules['showRank']

/** From those who are shown least to those who are shown most. */
const WIDTHS = ['none', 'crew', 'hall'] as const satisfies readonly Shown[]
const widthOf = (shown: Shown): number => WIDTHS.indexOf(shown)

/** Among whom people are shown their place; nobody below is shown it among more than the units above let them. */
export const RANK_RULES: SettingKind<RankRules, Shown> = {
  id: 'ranks',
  versions: RANK_VERSIONS,
  usual: { showRank: 'none' },
  strictness: {
    limits: (above) =>
      WIDTHS.flatMap((width) => {
        const hides = above.find(({ setting }) => widthOf(setting.showRank) < widthOf(width))
        if (!hides) return []
        return [{ setting: width, limit: false, by: { zh: hides.name, en: hides.name } }]
      }),
    isLooser: ({ showRank }, { setting: hidden }) => widthOf(showRank) >= widthOf(hidden),
    tightened: (_, { setting: hidden }) => ({ showRank: WIDTHS[widthOf(hidden) - 1] ?? 'none' }),
    tooLoose: ({ by }) => new Refusal('invalid', 'rank-rules-too-loose', { level: by.zh }),
  },
}
