import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { BulletinPicture } from './BulletinPicture.tsx'
import { type Layout, type Line, layoutOf, MOST_ROWS, WIDTH } from './layout.ts'
import { widthOf } from './text.ts'
import type { Told } from './told.ts'

type Language = 'zh' | 'en'
const sayIn =
  (language: Language): Parameters<typeof layoutOf>[1] =>
  (sentence, values = {}) =>
    sentence[language].replaceAll(/\{(\w+)\}/g, (_, name: string) => String(values[name]))

const many = 999_999
const LARGE = {
  ...{ planned: many, done: many, promised: many, refused: many, notAtHome: many },
  ...{ otherwise: many, left: 0, takenBack: many, orders: many },
}
const LONG = {
  zh: '栖霞市桃村镇国路夼片区营业厅网格'.repeat(3),
  en: 'Whitewater Maple Zone '.repeat(5),
}

function toldWith(rows: number, language: Language): Told {
  const name = LONG[language]
  return {
    ...{ date: '2026-11-22', unitName: name, asOf: '2026-11-22T10:05:00.000Z', below: 0 },
    closed: { closedAt: '2026-11-22T10:40:00.000Z', closedByName: { zh: name, en: name } },
    ...{ total: LARGE, level: name, people: { all: many, withOrder: 400_000 } },
    rows: Array.from({ length: rows }, (_, nth) => ({ ...LARGE, key: `${nth}`, rowName: name })),
    best: ['a', 'b', 'c'].map((key) => ({ key, name, unitName: name, orders: many })),
    madeBy: { name, account: 'jingli' },
  }
}

const drawn = (told: Told, language: Language) => layoutOf(told, sayIn(language), language)

function boxOf({ x, y, text, size, anchor }: Line) {
  const width = widthOf(text, size)
  const left = anchor === 'start' ? x : anchor === 'end' ? x - width : x - width / 2
  return { left, right: left + width, top: y - size * 0.9, bottom: y + size * 0.25, text }
}

function overlaps({ lines }: Layout): string[] {
  const boxes = lines.filter(({ text }) => text !== '').map(boxOf)
  return boxes.flatMap((a, nth) =>
    boxes
      .slice(nth + 1)
      .filter((b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
      .map((b) => `${a.text} / ${b.text}`),
  )
}

test.each(['zh', 'en'] as const)('long names and large numbers never touch (%s)', (language) => {
  const layout = drawn(toldWith(MOST_ROWS, language), language)
  expect(overlaps(layout)).toEqual([])
  for (const line of layout.lines) {
    const { left, right, top, bottom, text } = boxOf(line)
    expect(left, text).toBeGreaterThanOrEqual(0)
    expect(right, text).toBeLessThanOrEqual(WIDTH)
    expect(top, text).toBeGreaterThanOrEqual(0)
    expect(bottom, text).toBeLessThanOrEqual(layout.height)
  }
  expect(layout.lines.filter(({ text }) => text === '999,999').length).toBeGreaterThan(200)
})

test('rows beyond the thirtieth are counted', () => {
  const texts = (rows: number) => drawn(toldWith(rows, 'zh'), 'zh').lines.map(({ text }) => text)
  expect(texts(MOST_ROWS + 7)).toContain('另有 7 行')
  expect(texts(MOST_ROWS).join()).not.toContain('另有')
})

test('the head says who closed the day and when, or that it is open', () => {
  const short = {
    ...toldWith(1, 'zh'),
    closed: { closedAt: '2026-11-22T10:40:00Z', closedByName: { zh: '林', en: '林' } },
  }
  const texts = (told: Told) => drawn(told, 'zh').lines.map(({ text }) => text)
  expect(texts(short)).toContain('18:40 由林完成日清日结')
  expect(texts({ ...short, closed: null })).toContain('截至 18:05，尚未日清日结')
  expect(texts({ ...short, closed: null, below: 2 })).toContain(
    '截至 18:05，下级已日清日结 2 个单位',
  )
})

test('the same numbers draw the same picture, and others another', () => {
  const textOf = (told: Told) =>
    renderToStaticMarkup(
      createElement(BulletinPicture, { name: 'x', layout: drawn(told, 'zh'), language: 'zh' }),
    )
  const told = toldWith(3, 'zh')
  expect(textOf(structuredClone(told))).toBe(textOf(told))
  expect(textOf({ ...told, people: { all: 3, withOrder: 1 } })).not.toBe(textOf(told))
})
