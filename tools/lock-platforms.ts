/**
 * Completes package-lock.json after `npm install`: a registry that mirrors only part of npm lets
 * packages for other platforms drop out of the lockfile, and `npm ci` then refuses it everywhere.
 * Each missing optional dependency is entered with the version its parent names and the platform
 * its name says; it has no hash, since nobody here has seen it. Changes nothing when all are there.
 */
import { readFileSync, writeFileSync } from 'node:fs'

type Entry = Readonly<{
  dev?: boolean
  optional?: boolean
  version?: string
  optionalDependencies?: Readonly<Record<string, string>>
}>
type Lockfile = Readonly<{ packages: Readonly<Record<string, Entry>> }>

const file = new URL('../package-lock.json', import.meta.url)
const lockfile = JSON.parse(readFileSync(file, 'utf8')) as Lockfile // as npm wrote it
const missing = missingIn(lockfile.packages)
const packages = { ...lockfile.packages, ...missing }
const sorted = Object.fromEntries(
  Object.entries(packages).sort(([a], [b]) => a.localeCompare(b, 'en')), // npm’s order
)
if (Object.keys(missing).length > 0)
  writeFileSync(file, `${JSON.stringify({ ...lockfile, packages: sorted }, null, 2)}\n`)
for (const path of Object.keys(missing)) console.log(`entered ${path}`)

function missingIn(packages: Readonly<Record<string, Entry>>): Record<string, Entry> {
  const missing: Record<string, Entry> = {}
  for (const [parent, { dev, optionalDependencies = {} }] of Object.entries(packages))
    for (const [name, version] of Object.entries(optionalDependencies)) {
      const nested = `${parent}/node_modules/${name}`
      const path = `node_modules/${name}`
      if (packages[path] || packages[nested] || !/^\d/.test(version)) continue
      missing[path] = {
        version,
        ...platformOf(name),
        ...(dev && { dev }),
        optional: true,
      }
    }
  return missing
}

/** `@scope/name-linux-arm64-musl` → what npm writes of such a package’s platform. */
function platformOf(name: string) {
  const words = name.split(/[-/]/)
  const of = (known: readonly string[]) => known.filter((word) => words.includes(word)).slice(0, 1)
  const os = of(['linux', 'darwin', 'win32', 'android', 'freebsd', 'openharmony'])
  const cpu = of(['x64', 'arm64', 'arm', 'ia32', 'ppc64', 'riscv64', 's390x'])
  const libc = words.some((word) => word.startsWith('musl'))
    ? ['musl']
    : words.some((word) => word.startsWith('gnu')) && os[0] === 'linux'
      ? ['glibc']
      : []
  if (os.length === 0 || cpu.length === 0) throw new Error(`${name} does not name its platform`)
  return { cpu, ...(libc.length && { libc }), os }
}
