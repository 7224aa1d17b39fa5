import type { Draft } from './draft.ts'

/** What somebody has typed and not saved: on which version it rests, the form and the edited text. */
export type Kept = Readonly<{ version: number; draft: Draft; text: string | null }>

/** Drafts of an older form of the editor are not read. */
const FORM = 1
const keyOf = (branchId: string, campaignId: string) =>
  `gridkeeper.campaign.${FORM}.${branchId}.${campaignId}`

/** What was typed before the page was left or loaded again; undefined: nothing. */
export function readKept(branchId: string, campaignId: string): Kept | undefined {
  const text = localStorage.getItem(keyOf(branchId, campaignId))
  return text === null ? undefined : (JSON.parse(text) as Kept)
}

export function keep(branchId: string, campaignId: string, kept: Kept): void {
  localStorage.setItem(keyOf(branchId, campaignId), JSON.stringify(kept))
}

export function dropKept(branchId: string, campaignId: string): void {
  localStorage.removeItem(keyOf(branchId, campaignId))
}
