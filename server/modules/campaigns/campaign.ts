import { type Document, isNode, LineCounter, parseDocument, stringify } from 'yaml'
import { z } from 'zod'
import { Campaign as Shape } from '#contract/campaigns.ts'
import { isDay } from '#platform/day.ts'
import { Refusal } from '#platform/refusal.ts'

/** Whom, what, through which touchpoint, when and how urgently: a campaign as data. */
export type Campaign = z.infer<typeof Shape>

/**
 * A campaign whose text is kept beside it. `placeOf` tells where in a text that somebody typed a
 * part stands, named as conditions name it: `$.conditions.all[1]`.
 */
export type Written = Readonly<{
  campaign: Campaign
  yaml: string
  placeOf?: (at: string) => { line: number; col: number } | undefined
}>

/**
 * Reads a campaign from YAML. @throws Refusal `campaign-invalid` with the line and column of the
 * first fault, in both languages; unknown keys are faults.
 */
export function parseCampaign(yaml: string, name = 'YAML'): Written {
  const lines = new LineCounter()
  const document = parseDocument(yaml, { lineCounter: lines, uniqueKeys: true })
  const [broken] = document.errors
  if (broken) {
    const { line, col } = lines.linePos(broken.pos[0])
    const what = broken.message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '')
    throw invalid(name, { line, column: col, zh: `YAML 写法有误（${what}）`, en: `${what}` })
  }
  const value = plainOf(document, name)
  const where = (path: readonly PropertyKey[]) => {
    for (let length = path.length; length >= 0; length--) {
      const node = length ? document.getIn(path.slice(0, length), true) : document.contents
      const start = isNode(node) ? node.range?.[0] : undefined
      if (start !== undefined) return lines.linePos(start)
    }
    return { line: 1, col: 1 }
  }
  const campaign = readCampaign(value, name, where)
  return { campaign, yaml, placeOf: (at) => where(pathOf(at)) }
}

/** What the text says. @throws Refusal `campaign-invalid` where aliases lead nowhere, or too far. */
function plainOf(document: Document, name: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 20 })
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error
    const what = error.message
    throw invalid(name, { line: 1, column: 1, zh: `YAML 写法有误（${what}）`, en: what })
  }
}

/** `$.conditions.all[1]` as the steps from the root. */
const pathOf = (at: string): (string | number)[] =>
  [...at.matchAll(/\.([a-zA-Z]+)|\[(\d+)\]/g)].map(([, name, nth]) => name ?? Number(nth))

/** Reads a campaign that came as data; its text is made from it. */
export function writeCampaign(value: unknown): Written {
  const campaign = readCampaign(value, 'campaign', () => undefined)
  return { campaign, yaml: stringify(campaign, { lineWidth: 100 }) }
}

type Where = (path: readonly PropertyKey[]) => { line: number; col: number } | undefined

function readCampaign(value: unknown, name: string, where: Where): Campaign {
  const read = Shape.safeParse(value)
  const called = read.success ? read.data.id : idOf(value, name)
  if (!read.success) {
    const { path, zh, en } = firstFault(value, read.error)
    const at = path.map(String).join('.')
    const spot = where(path)
    throw invalid(called, {
      ...(spot ? { line: spot.line, column: spot.col } : {}),
      zh: at ? `“${at}”：${zh}` : zh,
      en: at ? `“${at}”: ${en}` : en,
    })
  }
  for (const { path, fails, zh, en } of RULES)
    if (fails(read.data)) {
      const spot = where(path)
      const at = spot ? { line: spot.line, column: spot.col } : {}
      throw invalid(called, { ...at, zh, en })
    }
  return read.data
}

/** What the shape alone cannot say. */
const RULES: readonly Readonly<{
  path: readonly string[]
  fails(campaign: Campaign): boolean
  zh: string
  en: string
}>[] = [
  {
    path: ['touchpoints'],
    fails: ({ touchpoints }) => new Set(touchpoints).size < touchpoints.length,
    zh: '“touchpoints” 中有重复的触点',
    en: '“touchpoints” names one twice',
  },
  {
    path: ['offers'],
    fails: ({ offers }) => new Set(offers.map(({ id }) => id)).size < offers.length,
    zh: '“offers” 中有重复的编号',
    en: '“offers” has an id twice',
  },
  {
    path: ['deadline', 'ladder'],
    fails: ({ deadline }) =>
      deadline?.ladder.some((days, nth) => nth > 0 && days >= (deadline.ladder[nth - 1] ?? 0)) ??
      false,
    zh: '“deadline.ladder” 应由远到近排列，例如 30、15、7、5、3、1',
    en: '“deadline.ladder” must fall, such as 30, 15, 7, 5, 3, 1',
  },
  {
    path: ['valid'],
    fails: ({ valid: { from, to } }) => !isDay(from) || (to !== null && (!isDay(to) || to < from)),
    zh: '“valid” 的起止日期不成立',
    en: '“valid” has days that do not exist or are turned round',
  },
  {
    path: ['holdOutShare'],
    fails: ({ purpose, holdOutShare }) =>
      holdOutShare > 0 && (purpose === 'collection' || purpose === 'service'),
    zh: '催缴与服务类活动不设对照组，“holdOutShare” 应为 0',
    en: 'nobody is held out of collection or service; “holdOutShare” must be 0',
  },
]

function firstFault(value: unknown, error: z.ZodError) {
  const deepest = deepestOf(error.issues)
  const read = (language: typeof ZH) =>
    deepestOf(Shape.safeParse(value, { error: language.localeError }).error?.issues ?? [])
  const chinese = read(ZH)
  return { path: deepest.path, zh: chinese.message, en: deepest.message }
}
const ZH = z.locales.zhCN()

type Fault = Readonly<{ path: readonly PropertyKey[]; message: string }>

/** The fault that says most: of a union the branch that came farthest. */
function deepestOf(issues: readonly z.core.$ZodIssue[], above: readonly PropertyKey[] = []): Fault {
  const [issue] = issues
  if (!issue) return { path: above, message: '' }
  const path = [...above, ...issue.path]
  if (issue.code !== 'invalid_union') return { path, message: issue.message }
  // The branch meant is one whose keys all fit; of several the one that came farthest.
  const branches = issue.errors.map((branch) => ({
    fault: deepestOf(branch, path),
    strange: branch.some(({ code }) => code === 'unrecognized_keys') ? 1 : 0,
  }))
  const [meant] = branches.toSorted(
    (a, b) => a.strange - b.strange || b.fault.path.length - a.fault.path.length,
  )
  return meant && meant.fault.path.length > path.length
    ? meant.fault
    : { path, message: issue.message }
}

function idOf(value: unknown, name: string): string {
  const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : undefined
  return typeof id === 'string' && id ? id : name
}

function invalid(
  campaign: string,
  { line, column, zh, en }: { line?: number; column?: number; zh: string; en: string },
): Refusal {
  const at =
    line === undefined
      ? ''
      : { zh: `第 ${line} 行第 ${column} 列，`, en: `line ${line}, column ${column}: ` }
  return new Refusal('invalid', 'campaign-invalid', {
    campaign,
    detailZh: at ? at.zh + zh : zh,
    detailEn: at ? at.en + en : en,
  })
}
