import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { browserToStart } from '../../server/test/browser.ts'
import { MORNING } from './served.ts'

/** A browser of its own process and folder, as on a phone: what it keeps outlives it. */
export type PhoneBrowser = AsyncDisposable &
  Readonly<{
    context: BrowserContext
    page: Page
    /** Ends the process at once, as when the battery is taken out. */
    kill(): Promise<void>
  }>

/** Opens the browser that keeps everything in `folder`, 390 px wide, its clock at the morning. */
export async function openPhoneBrowser(folder: string): Promise<PhoneBrowser> {
  const { executablePath, args, env } = await browserToStart()
  const process = spawn(
    executablePath,
    [
      ...args,
      `--user-data-dir=${folder}`,
      '--remote-debugging-port=0',
      '--no-default-browser-check',
      '--lang=zh-CN',
      'about:blank',
    ],
    { env, detached: true, stdio: ['ignore', 'ignore', 'pipe'] },
  )
  const { pid } = process
  if (pid === undefined) throw new Error('the browser did not start')
  const ended = once(process, 'exit')
  const lines = createInterface({ input: process.stderr })
  const address = await new Promise<string>((resolve, reject) => {
    lines.on('line', (line) => {
      const [, found] = /^DevTools listening on (ws:\S+)/.exec(line) ?? []
      if (found) resolve(found)
    })
    lines.once('close', () => reject(new Error('the browser ended before it listened')))
  })
  const browser: Browser = await chromium.connectOverCDP(address)
  const [context] = browser.contexts()
  if (!context) throw new Error('a browser has a context')
  await context.clock.install({ time: MORNING })
  const page = context.pages()[0] ?? (await context.newPage())
  await page.setViewportSize({ width: 390, height: 844 })
  page.setDefaultTimeout(45_000)

  async function kill(): Promise<void> {
    if (process.exitCode === null && process.signalCode === null)
      globalThis.process.kill(-(pid ?? 0), 'SIGKILL')
    await ended
    await browser.close()
  }
  return { context, page, kill, [Symbol.asyncDispose]: kill }
}
