import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pinyin } from 'pinyin-pro'
import { type LakeSession, question } from '#platform/duckdb/lake.ts'

type Part = Readonly<{ kind: 'letter' | 'surname'; part: string }>

/**
 * Puts work.initials into the session: the sounds that the names of
 * work.fresh begin with.
 * A surname is read as a surname (单 is shan); each character is looked up once, however many names
 * have it.
 */
export async function learnInitials(session: LakeSession, folder: string): Promise<void> {
  const parts = await session.rows<Part>(question(import.meta.url, '../queries/letters.sql'))
  const lines = parts.flatMap(({ kind, part }) => {
    const initials = kind === 'letter' ? soundOf(part) : surnameOf(part)
    return initials === null ? [] : [JSON.stringify({ kind, part, initials })]
  })
  const file = join(folder, 'sounds.ndjson')
  await writeFile(file, lines.join('\n'))
  await session.run(question(import.meta.url, '../queries/sounds.sql'), { file })
  await session.run(question(import.meta.url, '../queries/initials.sql'))
}

/** The same of one name: the sounds it begins with, 张某三 → zms. Must agree with initials.sql. */
export function initialsOf(name: string): string {
  const letters = [...name].slice(0, 8)
  const two = letters.length > 2 ? surnameOf(letters.slice(0, 2).join('')) : null
  const [first = ''] = letters
  const surname = two ?? surnameOf(first) ?? ''
  return (
    surname +
    letters
      .slice(two === null ? 1 : 2)
      .map(soundOf)
      .join('')
  )
}

/** The letter that a character begins with; itself when it is a letter or a digit. */
function soundOf(letter: string): string {
  if (/^[\x20-\x7e]$/.test(letter)) return /[a-z0-9]/i.test(letter) ? letter.toLowerCase() : ''
  const [sound = ''] = pinyin(letter, { pattern: 'first', toneType: 'none', type: 'array' })
  return /^[a-z]$/i.test(sound) ? sound.toLowerCase() : ''
}

/** The letters of a surname of one or two characters; null for two that are not one surname. */
function surnameOf(part: string): string | null {
  const letters = [...part]
  if (letters.length === 1) {
    const [sound = ''] = pinyin(part, { mode: 'surname', toneType: 'none', type: 'array' })
    return /^[a-z]/i.test(sound) ? sound.slice(0, 1).toLowerCase() : soundOf(part)
  }
  return COMPOUND.has(part) ? letters.map(soundOf).join('') : null
}
const COMPOUND = new Set(
  '欧阳 司马 上官 诸葛 夏侯 东方 皇甫 尉迟 公孙 慕容 令狐 宇文 长孙 司徒 司空 端木 独孤 南宫 西门 轩辕 呼延'.split(
    ' ',
  ),
)
