import fc from 'fast-check'
import { expect, test } from 'vitest'
import { attribute, xmlReader } from './xml.ts'

function events(pieces: readonly string[]): string[] {
  const seen: string[] = []
  let text = ''
  const flush = () => {
    if (text !== '') seen.push(`"${text}"`)
    text = ''
  }
  const reader = xmlReader({
    open: (name, attributes) => {
      flush()
      seen.push(`<${name}${attributes}`)
    },
    close: (name) => {
      flush()
      seen.push(`/${name}`)
    },
    text: (piece) => {
      text += piece
    },
  })
  for (const piece of pieces) reader.feed(piece)
  reader.end()
  return seen
}

const document =
  '<?xml version="1.0"?><!-- a > b --><x:a b="1>2" c=\'"\'><d/>1 &lt; &#x7f51;&#32593;<![CDATA[<&]]></x:a>\n'
const expected = ['<a b="1>2" c=\'"\'', '<d', '/d', '"1 < 网网<&"', '/a']

test('the reader gives tags and text of what spreadsheet programs write', () => {
  expect(events([document])).toEqual(expected)
})

test('it gives the same however the text is cut into pieces', () => {
  const cuts = fc.array(fc.integer({ min: 1, max: document.length - 1 }), { maxLength: 12 })
  fc.assert(
    fc.property(cuts, (places) => {
      const sorted = [0, ...places.sort((a, b) => a - b), document.length]
      const pieces = sorted.slice(1).map((end, i) => document.slice(sorted[i], end))
      expect(events(pieces)).toEqual(expected)
    }),
    { seed: 3, numRuns: 300 },
  )
})

test.each(['<a>', '</a>', '<a', '<!DOCTYPE a>', '<a>'.repeat(65)])('it refuses %s', (text) => {
  expect(() => events([text])).toThrow()
})

test.each([
  { attributes: ' r="A1" s="2"', name: 's', value: '2', because: 'it is there' },
  {
    attributes: ' spans="1" s = "2"',
    name: 's',
    value: '2',
    because: 'a longer name begins alike',
  },
  { attributes: " t='a&amp;b'", name: 't', value: 'a&b', because: 'either quote will do' },
  { attributes: ' r="A1"', name: 's', value: null, because: 'it is not there' },
])('in$attributes $name is $value: $because', ({ attributes, name, value }) => {
  expect(attribute(attributes, name)).toBe(value)
})
