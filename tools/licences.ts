/**
 * Under which licences the locked packages stand. Run, it writes `docs/licences.md` anew; the check
 * compares the page with the lockfile, and fails on a licence that is not on the list.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const ROOT = join(import.meta.dirname, '..')
export const LICENCES_FILE = join(ROOT, 'docs/licences.md')

const Lockfile = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      license: z.string().optional(),
      dev: z.boolean().optional(),
    }),
  ),
})

export type Locked = Readonly<{
  name: string
  version: string
  licence: string | undefined
  isForDevelopment: boolean
}>

/** Licences that ask for no more than their own text. */
const ALLOWED: ReadonlySet<string> = new Set([
  ...['MIT', 'Apache-2.0', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'BlueOak-1.0.0'],
  ...['CC0-1.0', 'Unlicense', 'Python-2.0'],
])

/** What is allowed all the same, and why; a name that ends in `*` stands for all that begin so. */
const EXCEPTIONS: Readonly<Record<string, Readonly<{ licence: string; why: string }>>> = {
  'lightningcss*': { licence: 'MPL-2.0', why: 'builds the web app; nothing of it is in there' },
  '@expo-google-fonts/noto-sans-sc': {
    licence: 'MIT AND OFL-1.1',
    why: 'a type face for the browser tests; not delivered',
  },
  pako: { licence: '(MIT AND Zlib)', why: 'reads workbooks in tests; Zlib is as free as MIT' },
  chainsaw: { licence: 'MIT/X11', why: 'an old name of MIT' },
  // Packages for other platforms, whose entry in the lockfile says nothing: as their siblings.
  '@biomejs/cli-*': { licence: 'MIT OR Apache-2.0', why: 'as @biomejs/biome' },
  '@oxc-parser/binding-*': { licence: 'MIT', why: 'as oxc-parser' },
  buffers: { licence: 'not stated', why: 'it says nothing; comes with exceljs, for tests alone' },
  '@duckdb/node-bindings-*': { licence: 'MIT', why: 'as @duckdb/node-bindings' },
}

/** All packages of the lockfile, by name. */
export function lockedPackages(text: string): Locked[] {
  return Object.entries(Lockfile.parse(JSON.parse(text)).packages)
    .filter(([path]) => path !== '')
    .map(([path, { version = '', license, dev = false }]) => ({
      name: path.split('node_modules/').at(-1) ?? path,
      version,
      licence: license,
      isForDevelopment: dev,
    }))
    .sort((a, b) => (`${a.name} ${a.version}` < `${b.name} ${b.version}` ? -1 : 1))
}

/** The packages whose licence nobody has allowed, each with what it stands under. */
export function notAllowed(packages: readonly Locked[]): string[] {
  return packages
    .filter((each) => !isFree(licenceOf(each)) && exceptionOf(each)?.licence !== licenceOf(each))
    .map((each) => `${each.name}@${each.version}: ${licenceOf(each)}`)
}

const exceptionOf = ({ name }: Locked) =>
  Object.entries(EXCEPTIONS).find(([known]) =>
    known.endsWith('*') ? name.startsWith(known.slice(0, -1)) : name === known,
  )?.[1]

const licenceOf = (locked: Locked): string =>
  locked.licence ?? exceptionOf(locked)?.licence ?? 'not stated'

/** Whether one of a choice is on the list, or all of what holds together. */
function isFree(licence: string): boolean {
  const plain = licence.replaceAll(/[()]/g, '')
  return plain.includes(' AND ')
    ? plain.split(' AND ').every((part) => ALLOWED.has(part))
    : plain.split(' OR ').some((part) => ALLOWED.has(part))
}

export function licencesPage(packages: readonly Locked[]): string {
  const table = (title: string, rows: readonly Locked[]) => {
    const lines = new Set(
      rows.map((each) => `| ${each.name} | ${each.version} | ${licenceOf(each)} |`),
    )
    return `## ${title}\n\n| package | version | licence |\n|---|---|---|\n${[...lines].join('\n')}\n`
  }
  const exceptions = Object.entries(EXCEPTIONS)
    .map(([name, { licence, why }]) => `- \`${name}\`: ${licence} (${why})`)
    .join('\n')
  return `# Licences of what is locked · 依赖许可证

Written by \`node tools/licences.ts\` from \`package-lock.json\`; \`npm run check\` compares the two and refuses a licence that is not on the list: ${[...ALLOWED].join(', ')}.

Exceptions:

${exceptions}

${table(
  'In use · 运行时',
  packages.filter(({ isForDevelopment }) => !isForDevelopment),
)}
${table(
  'For tests and checks · 仅用于测试与检查',
  packages.filter(({ isForDevelopment }) => isForDevelopment),
)}`
}

export const readLockfile = (): Locked[] =>
  lockedPackages(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'))

if (import.meta.main) writeFileSync(LICENCES_FILE, licencesPage(readLockfile()))
