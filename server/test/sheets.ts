import { text } from 'node:stream/consumers'
import { openPromise } from 'yauzl'

/** The sheets of a workbook, as XML. */
export async function sheetsOf(path: string): Promise<string[]> {
  const zip = await openPromise(path, { autoClose: false, lazyEntries: true })
  const sheets: string[] = []
  for await (const entry of zip.eachEntry())
    if (entry.fileName.startsWith('xl/worksheets/'))
      sheets.push(await text(await zip.openReadStreamPromise(entry)))
  zip.close()
  return sheets
}
