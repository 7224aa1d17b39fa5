import { listFields } from '#contract/campaigns.ts'
import type { Answer } from '../../api.ts'
import { useAnswer } from '../../ask.ts'
import type { Say } from '../../language.ts'
import { GROUPS } from './words.ts'

export type Field = Answer<typeof listFields>['fields'][number]

/** What conditions may ask about in a branch, by the name of the field. */
export type Catalogue = ReadonlyMap<string, Field>

export function useFields(branchId: string) {
  return useAnswer(listFields, { params: { branchId } })
}

export function catalogueOf(fields: readonly Field[]): Catalogue {
  return new Map(fields.map((field) => [field.field, field]))
}

type Option = Readonly<{ value: string; label: string; words: string }>
export type OptionGroup = Readonly<{ label: string; options: readonly Option[] }>

/**
 * The fields to choose from, by group and in the order of the catalogue, each findable by its
 * Chinese and English name and by its column. `missing` is said beside what was not delivered.
 */
export function optionsOf(catalogue: Catalogue, say: Say, missing: string): readonly OptionGroup[] {
  const groups = new Map<string, Option[]>(Object.keys(GROUPS).map((group) => [group, []]))
  for (const { field, label, group, delivered } of catalogue.values()) {
    const options = groups.get(group) ?? []
    options.push({
      value: field,
      label: delivered ? say(label) : `${say(label)} · ${missing}`,
      words: `${label.zh} ${label.en} ${field}`.toLowerCase(),
    })
    groups.set(group, options)
  }
  return [...groups]
    .filter(([, options]) => options.length > 0)
    .map(([group, options]) => {
      const name = GROUPS[group]
      return { label: name ? say(name) : group, options }
    })
}

/** Whether an option of `optionsOf` is meant by what was typed. */
export function isMeant(typed: string, option: unknown): boolean {
  const words = (option as Partial<Option> | undefined)?.words
  return words?.includes(typed.trim().toLowerCase()) ?? false
}
