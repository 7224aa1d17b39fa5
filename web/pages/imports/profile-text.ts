import { isMap, isSeq, parseDocument, type YAMLMap } from 'yaml'

/** What a delivered column becomes: a standard column, one of the branch’s own, or nothing. */
export type Meaning = Readonly<{ target: string } | { custom: true } | { ignore: true }>

/**
 * The profile with the delivered column `source` meaning something else. A standard column has one
 * source: whichever other column was mapped to it is left out from then on.
 */
export function remapped(yaml: string, source: string, meaning: Meaning): string {
  const document = parseDocument(yaml)
  if (!isSeq(document.get('columns'))) document.set('columns', document.createNode([]))
  const columns = document.get('columns')
  if (!isSeq<YAMLMap>(columns)) return yaml
  const mapped = columns.items.filter((item) => isMap(item))
  if ('target' in meaning)
    for (const other of mapped)
      if (other.get('target') === meaning.target && other.get('source') !== source)
        become(other, { ignore: true })
  const entry = mapped.find((item) => item.get('source') === source)
  if (entry) become(entry, meaning)
  else columns.add(document.createNode({ source, ...written(source, meaning) }) as YAMLMap)
  return document.toString()
}

/** The profile under the name it is saved by. */
export function renamed(yaml: string, name: string): string {
  const document = parseDocument(yaml)
  document.set('name', name)
  return document.toString()
}

/** What belonged to the meaning before (its unit, its value map) goes with it. */
function become(entry: YAMLMap, meaning: Meaning): void {
  const source = String(entry.get('source'))
  for (const key of entry.items.map((pair) => String(pair.key)))
    if (key !== 'source') entry.delete(key)
  for (const [key, value] of Object.entries(written(source, meaning))) entry.set(key, value)
}

function written(source: string, meaning: Meaning): Record<string, string | true> {
  if ('target' in meaning) return { target: meaning.target }
  if ('ignore' in meaning) return { ignore: true }
  return { custom: source.replaceAll(/[^\p{L}\p{N}_]+/gu, '_').slice(0, 40) || 'column' }
}
