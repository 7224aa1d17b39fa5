import { Campaign } from '#contract/campaigns.ts'
import type { Sentence } from '#contract/language.ts'
import { type Branch, conditionOf, leavesOf, plant } from './condition-tree.ts'

type Offer = Campaign['offers'][number]

/** An offer as it is written; `key` tells it apart while its id is edited. */
export type DraftOffer = Readonly<
  Omit<Offer, 'conditions'> & { key: number; who: Branch | undefined }
>

/** A campaign as it is written: conditions as trees, figures that may be empty meanwhile. */
export type Draft = Readonly<
  Omit<Campaign, 'conditions' | 'offers' | Figure> & {
    who: Branch
    offers: readonly DraftOffer[]
  } & {
    [key in Figure]: number | null
  }
>
type Figure = 'valueFen' | 'propensity' | 'lever' | 'holdOutShare'
const FIGURES: readonly Figure[] = ['valueFen', 'propensity', 'lever', 'holdOutShare']

/** Days before the contract’s end on which people are reminded, where nothing else is said. */
export const USUAL_LADDER: readonly number[] = [30, 15, 7, 5, 3, 1]

export function draftOf({ conditions, offers, ...campaign }: Campaign): Draft {
  return {
    ...campaign,
    who: plant(conditions),
    offers: offers.map(({ conditions: who, ...offer }, key) => ({
      ...offer,
      key,
      who: who && plant(who),
    })),
  }
}

/** A campaign of nobody and nothing yet, off until somebody turns it on. */
export function blankDraft(of: { ownerUnit: string; today: string }): Draft {
  return {
    id: '',
    name: { zh: '', en: '' },
    purpose: 'marketing',
    touchpoints: ['door'],
    who: plant({ all: [{ field: 'status', op: 'eq', value: 'active' }] }),
    needs: [],
    deadline: null,
    offers: [blankOffer(0)],
    script: { zh: '', en: '' },
    valueFen: 0,
    propensity: 0.1,
    lever: 1,
    holdOutShare: 0,
    windows: [],
    valid: { from: of.today, to: null },
    ownerUnit: of.ownerUnit,
    enabled: false,
  }
}

function blankOffer(key: number): DraftOffer {
  return {
    key,
    id: '',
    name: { zh: '', en: '' },
    monthlyFeeFen: null,
    oneOffFen: null,
    terms: { zh: '', en: '' },
    who: undefined,
  }
}

/** The draft with one more offer at the end. */
export function withOffer(draft: Draft): Draft {
  const key = 1 + Math.max(-1, ...draft.offers.map((offer) => offer.key))
  return { ...draft, offers: [...draft.offers, blankOffer(key)] }
}

/** Something that keeps a draft from being saved: at which field, and why. */
export type Gap = Readonly<{ at: string; text: Sentence }>

const GAPS = {
  needed: { zh: '请填写。', en: 'Fill this in.' },
  id: {
    zh: '2–60 个小写字母、数字或 -。',
    en: '2 to 60 lower-case letters, digits or -.',
  },
  touchpoints: { zh: '至少选一个触点。', en: 'Choose one touchpoint at least.' },
  offers: { zh: '至少要有一个优惠。', en: 'There must be one offer at least.' },
  twice: { zh: '优惠编号不能重复。', en: 'Two offers have the same id.' },
  condition: {
    zh: '条件没有写完：请补齐字段和取值，或删去该条。',
    en: 'A condition is unfinished: give its field and value, or remove it.',
  },
  dates: { zh: '结束日期早于开始日期。', en: 'The end is before the start.' },
  malformed: { zh: '内容不符合要求。', en: 'This is not as it has to be.' },
} as const satisfies Record<string, Sentence>

/** Every reason why a draft cannot be saved yet, in the order of the form. */
export function gapsOf(draft: Draft): readonly Gap[] {
  const gaps: Gap[] = []
  const miss = (at: string, text: Sentence = GAPS.needed) => gaps.push({ at, text })
  if (!/^[a-z0-9-]{2,60}$/.test(draft.id)) miss('id', GAPS.id)
  missNamed('name', draft.name, miss)
  if (!draft.ownerUnit) miss('ownerUnit')
  if (draft.valid.to !== null && draft.valid.to < draft.valid.from) miss('valid', GAPS.dates)
  if (conditionOf(draft.who) === undefined) miss('who', GAPS.condition)
  if (draft.offers.length === 0) miss('offers', GAPS.offers)
  draft.offers.forEach((offer, place) => {
    const at = `offers.${offer.key}`
    const before = draft.offers.slice(0, place)
    if (!offer.id.trim()) miss(`${at}.id`)
    else if (before.some(({ id }) => id === offer.id)) miss(`${at}.id`, GAPS.twice)
    missNamed(`${at}.name`, offer.name, miss)
    missNamed(`${at}.terms`, offer.terms, miss)
    if (offer.who && conditionOf(offer.who) === undefined) miss(`${at}.who`, GAPS.condition)
  })
  missNamed('script', draft.script, miss)
  if (draft.touchpoints.length === 0) miss('touchpoints', GAPS.touchpoints)
  for (const figure of FIGURES) if (draft[figure] === null) miss(figure)
  return gaps
}

function missNamed(at: string, { zh, en }: Sentence, miss: (at: string) => void): void {
  if (!zh.trim()) miss(`${at}.zh`)
  if (!en.trim()) miss(`${at}.en`)
}

/** The campaign that a draft says, or why it says none. */
export function campaignOf(
  draft: Draft,
): Readonly<{ campaign: Campaign } | { gaps: readonly Gap[] }> {
  const gaps = gapsOf(draft)
  if (gaps.length > 0) return { gaps }
  const { who, offers, ...rest } = draft
  const read = Campaign.safeParse({
    ...rest,
    conditions: conditionOf(who),
    offers: offers.map(({ key: _, who: fits, ...offer }) => ({
      ...offer,
      ...(fits ? { conditions: conditionOf(fits) } : {}),
    })),
  })
  if (read.success) return { campaign: read.data }
  return {
    gaps: read.error.issues.map(({ path }) => ({ at: path.join('.'), text: GAPS.malformed })),
  }
}

/** The fields that a condition asks about, each once, in the order of the tree. */
export function fieldsAskedBy(who: Branch): string[] {
  return [...new Set(leavesOf(who).flatMap(({ field }) => (field ? [field] : [])))]
}

/** Days of a ladder, most distant first and each once; what is no day in 0–400 is left out. */
export function ladderOf(days: readonly (string | number)[]): number[] {
  const read = days.map(Number).filter((day) => Number.isInteger(day) && day >= 0 && day <= 400)
  return [...new Set(read)].sort((a, b) => b - a).slice(0, 12)
}

/** `0.07` for 7 %: what people give in hundredths, without the noise of division. */
export function shareFromPercent(percent: number | null): number | null {
  return percent === null ? null : Math.round(percent * 100) / 10_000
}

export function percentOf(share: number | null): number | null {
  return share === null ? null : Math.round(share * 10_000) / 100
}
