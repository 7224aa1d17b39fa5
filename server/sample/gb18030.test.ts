import { expect, test } from 'vitest'
import { writeGb18030 } from './gb18030.ts'

const written = (text: string) => {
  const bytes = new Uint8Array(text.length * 4)
  return bytes.subarray(0, writeGb18030(text, bytes, 0))
}
const read = (bytes: Uint8Array) => new TextDecoder('gb18030', { fatal: true }).decode(bytes)

/** Private characters that GB18030-2022 moved elsewhere, and the mark for what cannot be read. */
const CODELESS = /[\ue5e5\ue78d-\ue796\ue81e\ue826\ue82b\ue82c\ue832\ue843\ue854\ue864\ufffd]/g

test('every character of every plane comes back as it was written', () => {
  const blocks: string[] = []
  for (let from = 0; from <= 0x10ffff; from += 0x800) {
    if (from === 0xd800) continue // surrogates are no characters
    blocks.push(String.fromCodePoint(...Array.from({ length: 0x800 }, (_, at) => from + at)))
  }
  for (const block of blocks) expect(read(written(block))).toBe(block.replaceAll(CODELESS, '?'))
})

test.each([
  { text: '栖霞', bytes: 'c6dccfbc', because: 'common characters take two bytes' },
  { text: '€', bytes: 'a2e3', because: 'GB18030 has the euro sign among the pairs' },
  { text: '㐀', bytes: '8139ee39', because: 'rare characters of the first plane take four' },
  { text: '𠀀', bytes: '95328236', because: 'characters of the other planes take four' },
  { text: 'a\ud800b', bytes: '613f62', because: 'half a character is a question mark' },
])('$text is $bytes: $because', ({ text, bytes }) => {
  expect(Buffer.from(written(text)).toString('hex')).toBe(bytes)
})
