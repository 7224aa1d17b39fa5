import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BROKEN, decodeGb18030 } from './gb18030.ts'

function decode(bytes: Uint8Array): Uint8Array {
  const to = new Uint8Array(bytes.length * 3 + 4)
  const { read, written } = decodeGb18030(bytes, 0, bytes.length, to, 0, true)
  expect(read).toBe(bytes.length)
  return to.subarray(0, written)
}

const standard = new TextDecoder('gb18030')
const utf8 = (text: string) => new Uint8Array(Buffer.from(text))

/** Whether `code` is one character to the standard's decoder, and not its mark of the unknown. */
function isCharacter(code: readonly number[]): boolean {
  const text = standard.decode(Uint8Array.from(code))
  return !text.includes('\uFFFD') && [...text].length === 1
}

describe('our GB18030', () => {
  test('is the standard’s for each of the two-byte codes', () => {
    const wrong: string[] = []
    let characters = 0
    for (let a = 0x80; a <= 0xff; a++) {
      for (let b = 0; b <= 0xff; b++) {
        const code = Uint8Array.of(a, b)
        const ours = decode(code)
        const known = isCharacter([a, b])
        if (known) characters++
        const same = known
          ? Buffer.compare(ours, utf8(standard.decode(code))) === 0
          : ours.includes(BROKEN) === standard.decode(code).includes('\uFFFD')
        if (!same) wrong.push(`${a.toString(16)} ${b.toString(16)}`)
      }
    }
    expect(wrong).toEqual([])
    expect(characters).toBeGreaterThan(23_000)
  })

  test('is the standard’s for each of the four-byte codes of the basic plane', () => {
    for (let linear = 0; linear < 39_420; linear++) {
      const code = fourBytes(linear)
      expect(Buffer.from(decode(code)).toString()).toBe(standard.decode(code))
    }
  })

  test('is the standard’s for random sequences of four bytes', () => {
    const lead = fc.integer({ min: 0x81, max: 0xfe })
    const digit = fc.integer({ min: 0x30, max: 0x39 })
    fc.assert(
      fc.property(lead, digit, lead, digit, (...bytes) => {
        const code = Uint8Array.from(bytes)
        const ours = decode(code)
        const theirs = standard.decode(code)
        if (theirs.includes('\uFFFD') && bytes[0] !== 0x84) expect(ours).toContain(BROKEN)
        else if (!ours.includes(BROKEN)) expect(Buffer.from(ours).toString()).toBe(theirs)
        else expect(theirs).toContain('\uFFFD')
      }),
      { numRuns: 5000, seed: 1 },
    )
  })

  test('finds broken bytes where the standard does, and reads on after them', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        const ours = decode(bytes)
        const theirs = standard.decode(bytes)
        if (theirs.includes('\uFFFD')) return
        expect(Buffer.from(ours).toString()).toBe(theirs.replace(/^\uFEFF/, ''))
      }),
      { numRuns: 3000, seed: 2 },
    )
    expect(decode(Uint8Array.of(0x41, 0xff, 0x2c, 0x81, 0x2c))).toEqual(
      Uint8Array.of(0x41, BROKEN, 0x2c, BROKEN, 0x2c),
    )
  })

  test('leaves a sequence that a chunk cuts for the next chunk', () => {
    const whole = Uint8Array.of(0x41, 0x81, 0x30, 0x81, 0x30)
    const to = new Uint8Array(20)
    for (let cut = 2; cut < whole.length; cut++) {
      expect(decodeGb18030(whole, 0, cut, to, 0, false)).toEqual({ read: 1, written: 1 })
    }
  })
})

function fourBytes(linear: number): Uint8Array {
  return Uint8Array.of(
    0x81 + Math.floor(linear / 12_600),
    0x30 + (Math.floor(linear / 1_260) % 10),
    0x81 + (Math.floor(linear / 10) % 126),
    0x30 + (linear % 10),
  )
}
