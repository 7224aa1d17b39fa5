import { z } from 'zod'

/** What is wrong with one member of what was sent, by zod’s sentences; `path` from the root. */
export type Fault = Readonly<{ path: readonly PropertyKey[]; zh: string; en: string }>

const ZH = z.locales.zhCN().localeError
/** The Chinese of zod, which does not say what may stand where one of several forms is chosen. */
const CHINESE: z.core.$ZodErrorMap = (issue) =>
  issue.code === 'invalid_union' && Array.isArray(issue.options) && issue.options.length > 0
    ? `无效选项：期望以下之一 ${issue.options.map((option) => `"${String(option)}"`).join('|')}`
    : ZH(issue)

/** Each thing that a schema finds wrong with a value, in its order; `error` is what it found. */
export function faultsOf(schema: z.ZodType, value: unknown, error: z.ZodError): Fault[] {
  const chinese = schema.safeParse(value, { error: CHINESE }).error?.issues ?? []
  return error.issues.map(({ path, message }, nth) => ({
    ...{ path, en: message, zh: chinese[nth]?.message ?? message },
  }))
}

/** What was sent to an endpoint is not as its contract says. */
export class Malformed extends Error {
  override name = 'Malformed'
  readonly faults: readonly Fault[]
  constructor(faults: readonly Fault[]) {
    super(detailsOf(faults).detailEn)
    this.faults = faults
  }
}

/** As the values of `malformed-request`: each member with what is wrong with it. */
export function detailsOf(faults: readonly Fault[]) {
  const told = (language: 'zh' | 'en') =>
    faults.map((fault) => `${pathOf(fault)} ${fault[language]}`).join('; ')
  return { detailZh: told('zh'), detailEn: told('en') }
}

/** `/` is the whole. */
export const pathOf = ({ path }: Fault): string => `/${path.map(String).join('/')}`

/** The code of the error that refuses an address of too many characters. */
export const ADDRESS_TOO_LONG = 'address-too-long'

/** What is said of a call that cannot even be read, by the code of its error. */
const UNREAD: Readonly<Record<string, string>> = {
  [ADDRESS_TOO_LONG]: '地址过长',
  FST_ERR_CTP_EMPTY_JSON_BODY: '内容为空，应为 JSON',
  FST_ERR_CTP_INVALID_JSON_BODY: '内容不是有效的 JSON',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: '不接受这种内容类型（Content-Type）',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: '内容长度与 Content-Length 不符',
}

/** The same of what could not even be read; the sentence of the server where there is none of ours. */
export function unreadDetails(error: unknown) {
  const detailEn = error instanceof Error ? error.message : ''
  const code = (error as { code?: unknown } | null)?.code
  return { detailZh: (typeof code === 'string' && UNREAD[code]) || detailEn, detailEn }
}
