import { execFileSync } from 'node:child_process'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { MODULES } from '../modules.ts'

/** The modules, lowest first, and whom each may import. What is not written here is forbidden. */
const MAY_IMPORT: Record<string, string> = {
  people: '',
  calendar: 'people',
  subscribers: 'people',
  contacts: 'people calendar subscribers',
  territory: 'people subscribers',
  insight: 'people subscribers contacts territory',
  campaigns: 'people calendar subscribers contacts insight territory',
  worklists: 'people calendar subscribers contacts insight campaigns',
  renewals: 'people calendar subscribers contacts worklists',
  field: 'people calendar subscribers contacts worklists',
  events: 'people calendar campaigns worklists',
}
const mayImport = (module: string) => MAY_IMPORT[module]?.split(' ').filter(Boolean) ?? []
const ROOT = join(import.meta.dirname, '../..')
const tracked = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], {
  cwd: ROOT,
  encoding: 'utf8',
})
  .split('\n')
  .filter((path) => path && existsSync(join(ROOT, path)))
const sources = tracked.filter((path) => /\.(ts|tsx|mjs|js)$/.test(path))
const inModules = globSync('*/**/*.{ts,sql}', {
  cwd: join(ROOT, 'server/modules'),
  exclude: ['**/*.test.ts'],
})
const textOf = (path: string) => readFileSync(join(ROOT, path), 'utf8')
const found = (text: string, what: RegExp) => [...text.matchAll(what)].map(([, hit = '']) => hit)

/** Files that may write SQL for the ledger, and those that may for the lake. */
const LEDGER = /(^|[-/])store\.ts$/
const LAKE = /\/queries\/|(^|[-/])compile\.ts$|\/publish[^/]*\.ts$|-lake\.ts$|\/lake[^/]*\.ts$/

test('the test looks at the whole house', () => {
  expect(sources.length).toBeGreaterThan(100)
  expect(inModules.length).toBeGreaterThan(50)
})

test('modules are listed lowest first, so imports cannot run in a circle', () => {
  expect(Object.keys(MAY_IMPORT)).toEqual([...MODULES])
  for (const [place, module] of MODULES.entries())
    for (const other of mayImport(module)) expect(MODULES.slice(0, place)).toContain(other)
})

test('every module has a README and a face', () => {
  for (const module of MODULES)
    for (const file of ['README.md', 'index.ts'])
      expect(existsSync(join(ROOT, 'server/modules', module, file)), `${module}/${file}`).toBe(true)
})

test.each(inModules)('%s keeps to its place', (path) => {
  const text = textOf(join('server/modules', path))
  const module = path.split('/')[0] ?? ''
  expect(MODULES, 'a module has its line in the table').toContain(module)
  for (const target of found(text, /\b(?:from|import) '([^']+)'/g)) {
    const other = target.slice(1)
    expect(target, 'a relative import stays inside the module').not.toMatch(/^\.\.\/\.\.\//)
    if (target.startsWith('#') && MAY_IMPORT[other] !== undefined)
      expect(mayImport(module), `${module} may import ${other}`).toContain(other)
    if (target === 'kysely') expect(path, 'only a store speaks Kysely').toMatch(LEDGER)
    if (target === 'pg' || target === 'pg-copy-streams') expect(path, 'the platform’s').toBe('')
  }
  const ownSchemas = LEDGER.test(path) || path.includes('/migrations/') ? [module, 'platform'] : []
  for (const schema of found(text, SCHEMA_IN_SQL))
    expect([...ownSchemas, ...schemasOf(path)], `SQL in ${path} names ${schema}`).toContain(schema)
})
const SCHEMA_IN_SQL = /(?<!distinct )\b(?:from|join|into|update|references)\s+([a-z_]+)\.[a-z_]+/g

/** The lake’s schemas are open to questions; the scope functions of people to every migration. */
function schemasOf(path: string): string[] {
  const lake = ['published', 'work', 'information_schema', 'pg_catalog']
  if (path.endsWith('.sql') && path.includes('/migrations/')) return ['people', 'pg_catalog']
  return LAKE.test(path) || !LEDGER.test(path) ? lake : []
}

test.each(
  inModules.filter((path) => path.endsWith('.ts') && !LEDGER.test(path) && !LAKE.test(path)),
)('%s writes no SQL', (path) => {
  const text = textOf(join('server/modules', path))
  for (const literal of found(
    text,
    /[`'"]\s*((?:select|insert into|update|delete from|create (?:or replace )?(?:temp )?(?:table|view))\s[^`]*)/gi,
  ))
    expect.fail(`SQL stands in a store, a query file or a compiler: ${literal.slice(0, 80)}`)
})

test.each(sources)('%s has at most 400 lines', (path) => {
  expect(textOf(path).split('\n').length).toBeLessThanOrEqual(401)
})

test('the platform knows no module, and nobody but faces reaches into one', () => {
  for (const path of sources) {
    const text = textOf(path)
    const targets = found(text, /\bfrom '([^']+)'/g)
    if (path.startsWith('server/platform/'))
      for (const target of targets) expect(MAY_IMPORT[target.slice(1)], path).toBeUndefined()
    if (!path.startsWith('server/modules/'))
      for (const target of targets)
        expect(target, path).not.toMatch(/modules\/[a-z]+\/(?!index\.ts)/)
    if (path.startsWith('web/') && !path.startsWith('web/test/'))
      for (const target of targets) expect(target, path).not.toMatch(/server\/|^#(?!contract)/)
  }
})

test('only the edges of the process ask the clock', () => {
  const clocks = sources.filter(
    (path) =>
      path.startsWith('server/modules/') &&
      !path.endsWith('.test.ts') &&
      /\bnew Date\(\)|\bDate\.now\(\)|\bMath\.random\(\)/.test(textOf(path)),
  )
  expect(clocks).toEqual([])
})

test('nothing in the tree names a machine, a registry host or unfinished work', () => {
  const bad = [/["' (=](?:\/home|\/root|\/Users)\//, /https?:\/\/(?:registry|deb|security)\./]
  for (const path of tracked) {
    if (/\.(png|woff2|parquet|xlsx|gz|ico)$/.test(path) || path.endsWith('architecture.test.ts'))
      continue
    const text = textOf(path)
    for (const pattern of bad) expect(pattern.test(text), `${path} has ${pattern}`).toBe(false)
  }
})
