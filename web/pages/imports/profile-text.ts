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

/** How a text file is read; null: as its content tells. */
export type Reading = Readonly<{ encoding: string | null; delimiter: string | null }>

/** The profile with `reading` in it; what is null there is left to the content of the file. */
export function readAs(yaml: string, reading: Partial<Reading>): string {
  const document = parseDocument(yaml)
  const wanted = Object.entries(reading)
  if (wanted.every(([key, value]) => (document.getIn(['file', key]) ?? null) === value)) return yaml
  if (!isMap(document.get('file'))) document.set('file', document.createNode({}))
  for (const [key, value] of wanted)
    if (value === null) document.deleteIn(['file', key])
    else document.setIn(['file', key], value)
  const file = document.get('file')
  if (isMap(file) && file.items.length === 0) document.delete('file')
  return document.toString()
}

/** What the profile says of how its files are read. */
export function readingOf(yaml: string): Reading {
  const document = parseDocument(yaml)
  const said = (key: string) => {
    const value = document.getIn(['file', key])
    return typeof value === 'string' ? value : null
  }
  return { encoding: said('encoding'), delimiter: said('delimiter') }
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
