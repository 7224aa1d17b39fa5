import { useState } from 'react'
import type { Campaign } from '#contract/campaigns.ts'
import { readText, textOf } from './campaign-text.ts'
import { campaignOf, type Draft, draftOf, type Gap } from './draft.ts'
import { dropKept, type Kept, keep, readKept } from './kept-draft.ts'

type Written = Readonly<{ draft: Draft; text: string | null }>

export type Editing = Readonly<{
  draft: Draft
  /** The campaign as text; undefined while the form is unfinished. */
  text: string | undefined
  /** What the form still lacks; none while the text is what was edited last. */
  gaps: readonly Gap[]
  /** Whether something was typed since the version that is saved. */
  dirty: boolean
  /** Typed before on another version, and not taken over. */
  stranded: Kept | undefined
  change: (part: Partial<Draft>) => void
  changeText: (text: string) => void
  takeOver: (kept: Kept) => void
  discard: () => void
  /** What is sent to be saved; undefined while there are gaps. */
  toSave: () => { campaign: Campaign } | { yaml: string } | undefined
}>

/**
 * A campaign while it is written, as a form and as a text that follow each other: the one edited
 * last counts. What is typed is kept in the browser until it is saved or discarded.
 */
export function useEditing(of: {
  branchId: string
  /** `new` while it has none of its own. */
  keptAs: string
  version: number
  start: Draft
  /** The text that was saved, with its comments; shown until something is changed. */
  startText: string | undefined
}): Editing {
  const { branchId, keptAs, version, start, startText } = of
  const [kept] = useState(() => readKept(branchId, keptAs))
  const fits = kept?.version === version
  const [written, setWritten] = useState<Written>(
    fits ? { draft: kept.draft, text: kept.text } : { draft: start, text: null },
  )
  const [dirty, setDirty] = useState(fits)
  const [stranded, setStranded] = useState(fits ? undefined : kept)
  const put = (next: Written) => {
    setWritten(next)
    setDirty(true)
    setStranded(undefined)
    keep(branchId, keptAs, { version, ...next })
  }
  const said = campaignOf(written.draft)
  const ofForm = 'campaign' in said ? textOf(said.campaign) : undefined
  return {
    draft: written.draft,
    text: written.text ?? (dirty ? ofForm : (startText ?? ofForm)),
    gaps: written.text === null && 'gaps' in said ? said.gaps : [],
    dirty,
    stranded,
    change: (part) => put({ draft: { ...written.draft, ...part }, text: null }),
    changeText: (text) => {
      const read = readText(text)
      put({ draft: 'campaign' in read ? draftOf(read.campaign) : written.draft, text })
    },
    takeOver: ({ draft, text }) => put({ draft, text }),
    discard: () => {
      dropKept(branchId, keptAs)
      setWritten({ draft: start, text: null })
      setDirty(false)
      setStranded(undefined)
    },
    toSave: () => {
      if (written.text !== null) return { yaml: written.text }
      return 'campaign' in said ? { campaign: said.campaign } : undefined
    },
  }
}
