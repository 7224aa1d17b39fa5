import { expect, test } from 'vitest'
import { openBrowser, SOURCES } from './browser.ts'

/** Three characters that differ in every face that has them, and are one box in a face without. */
const PAGE = (text: string) =>
  `<!doctype html><meta charset="utf-8"><title>守网</title>
   <body style="font: 48px sans-serif; margin: 20px">${text}</body>`

test('there is a browser to look at pages with', () => {
  expect(SOURCES).not.toEqual([])
})

test.each(SOURCES)('the %s browser writes Chinese', { timeout: 120_000 }, async (source) => {
  const browser = await openBrowser(source)
  try {
    const page = await browser.newPage({ viewport: { width: 390, height: 120 } })
    const picture = async (text: string) => {
      await page.setContent(PAGE(text))
      return (await page.screenshot()).toString('base64')
    }
    const [net, field, none] = [await picture('守网'), await picture('田野'), await picture('')]
    expect(new Set([net, field, none]).size).toBe(3)
    expect(await page.title()).toBe('守网')
  } finally {
    await browser.close()
  }
})
