/** A statement is prepared once it was sent so often: what is asked once is not worth it. */
const SENT_BEFORE = 2
/** So many are at the most, for each connection keeps all of them; and so many texts are counted. */
const MOST = 300
const COUNTED = 3_000

const sent = new Map<string, number>()
const names = new Map<string, string>()

/** A page of a list is planned for what it is asked for: how many rows, of what. */
const IS_LIST = /\blimit \$\d/

/**
 * The name under which a connection keeps a statement parsed and planned; undefined for one that it
 * is to forget. The same text has the same name on every connection of this process.
 */
export function statementName(text: string): string | undefined {
  const known = names.get(text)
  if (known !== undefined || names.size >= MOST || IS_LIST.test(text)) return known
  const times = (sent.get(text) ?? 0) + 1
  if (times > SENT_BEFORE) {
    const name = `gridkeeper_${names.size}`
    sent.delete(text)
    names.set(text, name)
    return name
  }
  if (times > 1 || sent.size < COUNTED) sent.set(text, times)
  return undefined
}
