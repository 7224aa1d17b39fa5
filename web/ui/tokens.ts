/** The colours of a face of the product; console and phone draw from the same table. */
export type Tokens = Readonly<{
  ground: string
  surface: string
  line: string
  text: string
  quiet: string
  lost: string
  accent: string
  accentText: string
  accentSoft: string
  soon: string
  soonSoft: string
  late: string
  lateSoft: string
}>

export const LIGHT: Tokens = {
  ground: '#f6f7f7',
  surface: '#ffffff',
  line: '#e1e5e6',
  text: '#17211f',
  quiet: '#55615f',
  lost: '#aab4b2',
  accent: '#0f766e',
  accentText: '#0f766e',
  accentSoft: '#e5f2f0',
  soon: '#a34c06',
  soonSoft: '#fdf2df',
  late: '#b91c1c',
  lateSoft: '#fcebea',
}

export const DARK: Tokens = {
  ground: '#0f1413',
  surface: '#171d1c',
  line: '#2c3534',
  text: '#e9efee',
  quiet: '#a4b1af',
  lost: '#55625f',
  accent: '#13857b',
  accentText: '#5ccabc',
  accentSoft: '#12312d',
  soon: '#eab35c',
  soonSoft: '#33270f',
  late: '#f58f87',
  lateSoft: '#3a1a19',
}

export type Mode = 'light' | 'dark'
export const tokensOf = (mode: Mode): Tokens => (mode === 'dark' ? DARK : LIGHT)

/** Puts the colours where style sheets find them, as `--accent`, `--line` and so on. */
export function applyTokens(mode: Mode): void {
  const root = document.documentElement
  root.style.colorScheme = mode
  for (const [name, value] of Object.entries(tokensOf(mode)))
    root.style.setProperty(
      `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
      value,
    )
}
