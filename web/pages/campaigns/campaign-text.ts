import { parseDocument, stringify } from 'yaml'
import { en, zhCN } from 'zod/v4/locales'
import { Campaign } from '#contract/campaigns.ts'
import type { Sentence } from '#contract/language.ts'

/** A campaign as the YAML that files hold. */
export function textOf(campaign: Campaign): string {
  return stringify(campaign, { lineWidth: 100 })
}

export type Read = Readonly<
  { campaign: Campaign } | { wrong: Readonly<{ line: number | null; at: string; text: Sentence }> }
>

/** What a text says, or the first thing that is wrong with it and where; the server has the last word. */
export function readText(text: string): Read {
  const document = parseDocument(text, { stringKeys: true })
  const [error] = document.errors
  if (error) {
    const [said = ''] = error.message.split('\n')
    const text = { zh: `YAML 格式不正确，请检查缩进、引号和冒号（${error.code}）。`, en: said }
    return { wrong: { line: error.linePos?.[0].line ?? null, at: '', text } }
  }
  const value: unknown = document.toJS({ maxAliasCount: 0 })
  const read = Campaign.safeParse(value, { error: en().localeError })
  if (read.success) return { campaign: read.data }
  const [issue] = read.error.issues
  const [chinese] = Campaign.safeParse(value, { error: zhCN().localeError }).error?.issues ?? []
  return {
    wrong: {
      line: lineOf(document, issue?.path ?? [], text),
      at: issue?.path.join('.') ?? '',
      text: { zh: chinese?.message ?? '', en: issue?.message ?? '' },
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
