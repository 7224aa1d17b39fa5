import type { Language } from '#contract/language.ts'
import { countText } from '../../../format/count.ts'
import { clockText, dateText, dayText, instantText } from '../../../format/day.ts'
import { shareOf, shareText } from '../../../format/share.ts'
import type { Say } from '../../../language.ts'
import { LIGHT } from '../../../ui/tokens.ts'
import { PARTS } from '../parts.ts'
import { fitted } from './text.ts'
import type { Counts, Told } from './told.ts'
import { PICTURE_WORDS as WORDS } from './words.ts'

/** Pixels: what a group chat shows without making it smaller. */
export const WIDTH = 1080
/** How many rows the table has before the rest is only counted. */
export const MOST_ROWS = 30
const EDGE = 48
const INNER = WIDTH - 2 * EDGE
const HEAD = 176
const ROW = 44
const NAME = 256

export type Box = Readonly<{ x: number; y: number; width: number; height: number; fill: string }>
/** `y` is the line that the letters stand on; `x` is where the line starts, has its middle, or ends. */
export type Line = Readonly<{
  x: number
  y: number
  text: string
  size: number
  fill: string
  anchor: 'start' | 'middle' | 'end'
  bold: boolean
}>
export type Layout = Readonly<{ height: number; boxes: readonly Box[]; lines: readonly Line[] }>

type Place = Readonly<{ x: number; y: number; width: number; size: number }>
type Look = Readonly<{ fill?: string; anchor?: Line['anchor']; bold?: boolean; least?: number }>

/** What is drawn so far, and how far down that reaches. */
class Sheet {
  readonly boxes: Box[] = []
  readonly lines: Line[] = []
  y = 0

  box(x: number, y: number, width: number, height: number, fill: string): void {
    this.boxes.push({ x, y, width, height, fill })
  }

  write(words: string, { x, y, width, size }: Place, look: Look = {}): void {
    const { fill = LIGHT.text, anchor = 'start', bold = false, least = 14 } = look
    this.lines.push({ x, y, ...fitted(words, width, size, least), fill, anchor, bold })
  }
}

/** Where everything of the picture stands, in pixels from the upper left corner. */
export function layoutOf(told: Told, say: Say, language: Language): Layout {
  const sheet = new Sheet()
  drawHead(sheet, told, say, language)
  drawTotals(sheet, told.total, say)
  drawOrders(sheet, told, say)
  drawTable(sheet, told, say)
  drawMaker(sheet, told, say, language)
  const { boxes, lines, y: height } = sheet
  return { height, boxes: [{ ...PAPER, height }, ...boxes], lines }
}

const PAPER: Box = { x: 0, y: 0, width: WIDTH, height: 0, fill: LIGHT.surface }

function drawHead(sheet: Sheet, told: Told, say: Say, language: Language): void {
  sheet.box(0, 0, WIDTH, HEAD, LIGHT.accent)
  const white = { fill: LIGHT.surface }
  const title = say(WORDS.title, { unit: told.unitName })
  sheet.write(
    title,
    { x: EDGE, y: 78, width: INNER, size: 46 },
    { ...white, bold: true, least: 24 },
  )
  const day = `${dateText(told.date, language)} ${weekdayText(told.date, language)}`
  sheet.write(day, { x: EDGE, y: 138, width: 340, size: 26 }, white)
  const end = { x: WIDTH - EDGE, y: 138, width: INNER - 360, size: 26 }
  sheet.write(standingOf(told, say), end, { ...white, anchor: 'end' })
  sheet.y = HEAD
}

/** `周日` · `Sun`. */
function weekdayText(day: string, language: Language): string {
  const words = dayText(day, language).split(' ')
  return (language === 'zh' ? words.at(-1) : words[0]) ?? ''
}

function standingOf({ closed, below, asOf }: Told, say: Say): string {
  if (closed)
    return say(WORDS.closed, { at: clockText(closed.closedAt), name: say(closed.closedByName) })
  const at = clockText(asOf)
  return below > 0 ? say(WORDS.openBelow, { at, count: countText(below) }) : say(WORDS.open, { at })
}

/** Three figures that matter, and below them what the planned tasks came to. */
function drawTotals(sheet: Sheet, total: Counts, say: Say): void {
  const share = shareText(shareOf(total.planned - total.left, total.planned))
  const large = [
    [say(WORDS.planned), countText(total.planned)],
    [say(WORDS.share), share],
    [say(WORDS.orders), countText(total.orders)],
  ] as const
  drawTiles(sheet, large, { height: 132, size: 56, least: 30 })
  const parts = PARTED.map((part) => [say(PARTS[part]), countText(total[part])] as const)
  drawTiles(sheet, parts, { height: 96, size: 34, least: 20 })
}

const PARTED = ['done', 'promised', 'refused', 'notAtHome', 'otherwise', 'left'] as const
const GAP = 16

function drawTiles(
  sheet: Sheet,
  tiles: readonly (readonly [name: string, figure: string])[],
  { height, size, least }: Readonly<{ height: number; size: number; least: number }>,
): void {
  const top = sheet.y + 24
  const width = (INNER - GAP * (tiles.length - 1)) / tiles.length
  for (const [nth, [name, figure]] of tiles.entries()) {
    const left = EDGE + nth * (width + GAP)
    sheet.box(left, top, width, height, LIGHT.accentSoft)
    const [x, room] = [left + width / 2, width - 16]
    const look = { anchor: 'middle' } as const
    sheet.write(name, { x, y: top + 32, width: room, size: 20 }, { ...look, fill: LIGHT.quiet })
    const place = { x, y: top + height - 20, width: room, size }
    sheet.write(figure, place, { ...look, bold: true, least, fill: LIGHT.accentText })
  }
  sheet.y = top + height
}

/** Who has an order of those who have tasks, and the names with most; nobody is named as last. */
function drawOrders(sheet: Sheet, { people, best }: Told, say: Say): void {
  const { all, withOrder } = people
  drawTitle(sheet, say(WORDS.orderADay), {
    text: say(WORDS.withOrder, { with: countText(withOrder), all: countText(all) }),
  })
  sheet.box(EDGE, sheet.y, INNER, 14, LIGHT.line)
  if (withOrder > 0) sheet.box(EDGE, sheet.y, (INNER * withOrder) / all, 14, LIGHT.accent)
  sheet.y += 14
  const y = sheet.y + 40
  const quiet = { fill: LIGHT.quiet }
  sheet.write(say(WORDS.best), { x: EDGE, y, width: 140, size: 22 }, quiet)
  if (best.length === 0)
    sheet.write(say(WORDS.noBest), { x: EDGE + 160, y, width: 400, size: 22 }, quiet)
  for (const [nth, { name, unitName, orders }] of best.entries()) {
    const at = { y: y + nth * 38, size: 24 }
    sheet.write(name, { ...at, x: EDGE + 160, width: 300 }, { bold: true })
    sheet.write(unitName ?? '', { ...at, x: EDGE + 480, width: 340, size: 20 }, quiet)
    const count = say(WORDS.ordersOf, { count: countText(orders) })
    sheet.write(count, { ...at, x: WIDTH - EDGE, width: 140 }, { bold: true, anchor: 'end' })
  }
  sheet.y = y + Math.max(0, best.length - 1) * 38
}

function drawTitle(sheet: Sheet, words: string, right?: Readonly<{ text: string }>): void {
  const y = sheet.y + 60
  sheet.write(words, { x: EDGE, y, width: 460, size: 28 }, { bold: true })
  if (right)
    sheet.write(right.text, { x: WIDTH - EDGE, y, width: 480, size: 24 }, { anchor: 'end' })
  sheet.y = y + 18
}

const COLUMNS = ['planned', ...PARTED, 'orders'] as const
const CELL = (INNER - NAME) / COLUMNS.length

function drawTable(sheet: Sheet, { level, rows, total }: Told, say: Say): void {
  const top = sheet.y + 40
  sheet.box(EDGE, top, INNER, ROW, LIGHT.ground)
  const y = top + 29
  const quiet = { fill: LIGHT.quiet }
  sheet.write(level, { x: EDGE + 12, y, width: NAME - 24, size: 20 }, quiet)
  for (const [nth, column] of COLUMNS.entries()) {
    const named =
      column === 'planned' ? WORDS.planned : column === 'orders' ? WORDS.orders : PARTS[column]
    const place = { x: endOf(nth), y, width: CELL - 8, size: 20 }
    sheet.write(say(named), place, { ...quiet, anchor: 'end', least: 12 })
  }
  sheet.y = top + ROW
  drawRow(sheet, { ...total, rowName: say(WORDS.total) }, true)
  for (const row of rows.slice(0, MOST_ROWS)) drawRow(sheet, row, false)
  const more = rows.length - MOST_ROWS
  if (more > 0) {
    const place = { x: EDGE + 12, y: sheet.y + 30, width: INNER - 24, size: 20 }
    sheet.write(say(WORDS.more, { count: countText(more) }), place, quiet)
    sheet.y += ROW
  }
}

const endOf = (column: number) => EDGE + NAME + (column + 1) * CELL - 6

function drawRow(sheet: Sheet, row: Counts & { rowName: string }, bold: boolean): void {
  const y = sheet.y + 30
  sheet.write(row.rowName, { x: EDGE + 12, y, width: NAME - 24, size: 22 }, { bold })
  for (const [nth, column] of COLUMNS.entries()) {
    const fill = row[column] === 0 ? LIGHT.lost : LIGHT.text
    const place = { x: endOf(nth), y, width: CELL - 8, size: 22 }
    sheet.write(countText(row[column]), place, { bold, fill, anchor: 'end', least: 10 })
  }
  sheet.y += ROW
  sheet.box(EDGE, sheet.y - 1, INNER, 1, LIGHT.line)
}

/** Who made the picture, when and of what, so that a copy of it tells where it comes from. */
function drawMaker(sheet: Sheet, told: Told, say: Say, language: Language): void {
  const { madeBy, asOf, unitName } = told
  const at = instantText(asOf, language)
  const quiet = { fill: LIGHT.quiet }
  const y = sheet.y + 52
  const made = say(WORDS.madeBy, { ...madeBy, at })
  sheet.write(made, { x: EDGE, y, width: INNER, size: 20 }, quiet)
  const place = { x: EDGE, y: y + 32, width: INNER, size: 20 }
  sheet.write(say(WORDS.inside, { unit: unitName }), place, quiet)
  sheet.y = y + 68
}
