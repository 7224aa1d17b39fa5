import { parseDocument, stringify } from 'yaml'
import { Campaign } from '#contract/campaigns.ts'

/** A campaign as the YAML that files hold. */
export function textOf(campaign: Campaign): string {
  return stringify(campaign, { lineWidth: 100 })
}

export type Read = Readonly<
  { campaign: Campaign } | { wrong: Readonly<{ line: number | null; at: string; text: string }> }
>

/** What a text says, or the first thing that is wrong with it and where; the server has the last word. */
export function readText(text: string): Read {
  const document = parseDocument(text, { stringKeys: true })
  const [error] = document.errors
  if (error) {
    const [first = ''] = error.message.split('\n')
    return { wrong: { line: error.linePos?.[0].line ?? null, at: '', text: first } }
  }
  const read = Campaign.safeParse(document.toJS({ maxAliasCount: 0 }))
  if (read.success) return { campaign: read.data }
  const [issue] = read.error.issues
  return {
    wrong: {
      line: lineOf(document, issue?.path ?? [], text),
      at: issue?.path.join('.') ?? '',
      text: issue?.message ?? '',
    },
  }
}

/** The line of what a path names, or of the nearest thing around it; null where nothing is. */
function lineOf(
  document: ReturnType<typeof parseDocument>,
  path: readonly PropertyKey[],
  text: string,
): number | null {
  for (let depth = path.length; depth > 0; depth--) {
    const node = document.getIn(path.slice(0, depth), true)
    if (typeof node !== 'object' || node === null || !('range' in node)) continue
    const [start] = (node.range ?? []) as readonly number[]
    if (start !== undefined) return text.slice(0, start).split('\n').length
  }
  return null
}
