import { totalText } from './format/count.ts'
import { useSay } from './language.ts'
import type { Paging } from './ui/DataTable.tsx'
import { COMMON } from './words.ts'

/** Cursors of pages seen, by list and number; a page opened from a link goes back to the first. */
const seen = new Map<string, string>()

/** Which page to go to. */
export type Step = { cursor: string | undefined; page: number | undefined }

/**
 * Keyset pages as 上一页 and 下一页. `list` names the list with its filters; `go` writes the step
 * into the address.
 */
export function usePaging(
  list: string,
  { cursor, page = 1 }: { cursor?: string | undefined; page?: number | undefined },
  answer: Readonly<{ next: string | null; total: number }> | undefined,
  go: (step: Step) => void,
): Paging | undefined {
  const say = useSay()
  if (!answer) return undefined
  const { next } = answer
  if (cursor) seen.set(`${list} ${page}`, cursor)
  const back = seen.get(`${list} ${page - 1}`)
  return {
    text: say(COMMON.pageOf, { total: totalText(answer.total), page }),
    previous: {
      name: say(COMMON.previous),
      run: cursor
        ? () => go({ cursor: back, page: back && page > 2 ? page - 1 : undefined })
        : undefined,
    },
    next: {
      name: say(COMMON.next),
      run: next === null ? undefined : () => go({ cursor: next, page: page + 1 }),
    },
  }
}
