import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ServedCounty, serveCounty } from './served.ts'

let county: ServedCounty
beforeAll(async () => {
  county = await serveCounty({}, '2026-11-22T12:05:00+08:00')
})
afterAll(() => county?.[Symbol.asyncDispose]())

test('the bulletin of a day is one picture, saved as a PNG that is not blank', async () => {
  await using visit = await county.open({ width: 1440, language: 'zh' })
  const { page } = visit
  await visit.signIn('jingli', '/work/board')
  await page.getByRole('link', { name: '战报' }).first().click()
  const picture = page.getByRole('img', { name: /^战报/ })
  await picture.waitFor()
  expect(await picture.locator('text').count()).toBeGreaterThan(30)
  await visit.picture('bulletin')
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '存为图片' }).click(),
  ])
  expect(download.suggestedFilename()).toBe('战报-栖霞分公司-2026-11-22.png')
  const png = await readFile(await download.path())
  await download.saveAs('out/pictures/bulletin-saved.png')
  expect(png.subarray(1, 4).toString()).toBe('PNG')
  expect(png.readUInt32BE(16), 'pixels wide').toBe(1080)
  const drawn = await page.evaluate(
    async (src) => {
      const image = new Image()
      image.src = src
      await image.decode()
      const canvas = document.createElement('canvas')
      ;[canvas.width, canvas.height] = [image.width, image.height]
      const pen = canvas.getContext('2d')
      pen?.drawImage(image, 0, 0)
      const pixels = pen?.getImageData(0, 0, image.width, image.height).data ?? []
      const colours = new Set<number>()
      for (let at = 0; at < pixels.length; at += 4)
        colours.add(
          ((pixels[at] ?? 0) << 16) | ((pixels[at + 1] ?? 0) << 8) | (pixels[at + 2] ?? 0),
        )
      return colours.size
    },
    `data:image/png;base64,${png.toString('base64')}`,
  )
  expect(drawn, 'colours').toBeGreaterThan(20)
  expect(visit.errors).toEqual([])
})

test('the bulletin fits a phone and reads in English, and says where there is none', async () => {
  await using visit = await county.open({ width: 390, language: 'en' })
  const { page } = visit
  await visit.signIn('tingzhang01', '/work/bulletin')
  await page.getByRole('img', { name: /^Bulletin/ }).waitFor()
  const [width, inside] = await page.evaluate(() => [document.body.scrollWidth, innerWidth])
  expect(width, 'nothing runs off the side').toBeLessThanOrEqual(inside ?? 0)
  await visit.picture('bulletin')
  await page.goto(`${county.url}/work/bulletin?date=2026-11-25`)
  await page.getByText('No published list on').waitFor()
  expect(visit.errors).toEqual([])
})
