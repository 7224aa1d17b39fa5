import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { writeGb18030 } from './gb18030.ts'

export type WrittenFile = Readonly<{ name: string; rows: number; bytes: number }>

const CHUNK = 1 << 20
/** The longest line that is written at once, in bytes. */
const LONGEST = 1 << 16

/**
 * A text file written line by line in bounded memory. It grows under a temporary name; `finish`
 * gives it its own, so that a file of that name is always whole. `rows` counts calls of `row`.
 */
export class LineWriter {
  readonly #name: string
  readonly #folder: string
  readonly #partial: string
  readonly #fd: number
  readonly #gb18030: boolean
  readonly #chunk = Buffer.alloc(CHUNK + LONGEST)
  #at = 0
  #rows = 0
  #bytes = 0
  #open = true

  constructor(folder: string, name: string, encoding: 'gb18030' | 'utf8' | 'utf8-bom') {
    this.#folder = folder
    this.#name = name
    this.#partial = `${join(folder, name)}.part`
    this.#gb18030 = encoding === 'gb18030'
    this.#fd = openSync(this.#partial, 'w')
    if (encoding === 'utf8-bom') this.#append('\uFEFF')
  }

  /** A line that is no row: a title, a header. */
  line(text: string): void {
    this.#append(text)
    this.#append('\r\n')
  }

  row(text: string): void {
    this.#rows++
    this.line(text)
  }

  /** A row as raw bytes, for what no encoder would write. */
  rawRow(bytes: Uint8Array): void {
    this.#rows++
    this.#chunk.set(bytes, this.#at)
    this.#at += bytes.length
    this.#append('\r\n')
  }

  finish(): WrittenFile {
    this.#flush()
    closeSync(this.#fd)
    this.#open = false
    renameSync(this.#partial, join(this.#folder, this.#name))
    return { name: this.#name, rows: this.#rows, bytes: this.#bytes }
  }

  /** Leaves nothing behind of a file that was not finished. */
  [Symbol.dispose](): void {
    if (!this.#open) return
    closeSync(this.#fd)
    rmSync(this.#partial)
    this.#open = false
  }

  #append(text: string): void {
    this.#at = this.#gb18030
      ? writeGb18030(text, this.#chunk, this.#at)
      : this.#at + this.#chunk.write(text, this.#at)
    if (this.#at >= CHUNK) this.#flush()
  }

  #flush(): void {
    let from = 0
    while (from < this.#at) from += writeSync(this.#fd, this.#chunk, from, this.#at - from)
    this.#bytes += this.#at
    this.#at = 0
  }
}

/** A CSV cell: quoted only where RFC 4180 asks for it. */
const cell = (text: string): string =>
  /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text

/** A CSV row. */
export const csv = (cells: readonly (string | number)[]): string =>
  cells.map((value) => cell(String(value))).join(',')
