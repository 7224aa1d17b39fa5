import type { WriteStream } from 'node:tty'
import type { Language } from '#contract/language.ts'
import type { Progress } from '#platform/works.ts'

const QUIET_MS = 2000
const REDRAW_MS = 100
const LINE_MS = 5000

/**
 * Tells progress on `stream`: nothing in the first two seconds of a phase, then a bar that is drawn
 * over on a terminal, and a line every five seconds elsewhere.
 */
export function progressOn(
  stream: WriteStream,
  language: Language,
  clock: () => number = () => performance.now(),
): (progress: Progress) => void {
  let phase = ''
  let since = 0
  let drawn = 0
  return (progress) => {
    const now = clock()
    if (progress.phase.en !== phase) {
      if (stream.isTTY && drawn > since) stream.write('\n')
      phase = progress.phase.en
      since = now
      drawn = 0
    }
    const pause = stream.isTTY ? REDRAW_MS : LINE_MS
    if (now - since < QUIET_MS || now - drawn < pause) return
    drawn = now
    const line = lineOf(progress, (now - since) / 1000, language)
    stream.write(stream.isTTY ? `\r\u001b[K${line}` : `${line}\n`)
  }
}

/** `Reading 45 % [#########···········] 120,000/266,000 · 60,000/s · 3 s left` */
export function lineOf(progress: Progress, seconds: number, language: Language): string {
  const { phase, done, total } = progress
  const rate = seconds > 0 ? done / seconds : 0
  const speed = rate > 0 ? ` · ${Math.round(rate).toLocaleString('en')}/s` : ''
  if (total === null) return `${phase[language]} ${done.toLocaleString('en')}${speed}`
  const share = total > 0 ? Math.min(1, done / total) : 1
  const bar = '#'.repeat(Math.round(share * 20)).padEnd(20, '·')
  const left = rate > 0 && total > done ? Math.ceil((total - done) / rate) : 0
  const rest = left > 0 ? { zh: ` · 约剩 ${left} 秒`, en: ` · ${left} s left` }[language] : ''
  const count = `${done.toLocaleString('en')}/${total.toLocaleString('en')}`
  return `${phase[language]} ${Math.floor(share * 100)} % [${bar}] ${count}${speed}${rest}`
}
