import { execFile, execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type Browser, chromium } from 'playwright-core'

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
const CACHE = resolve(import.meta.dirname, '../../.cache')
const USUAL_PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** `installed`: the machine’s own; `packaged`: the one that npm brings, for Linux on x64. */
export type Source = 'installed' | 'packaged'

/** The browsers this machine can open, the better one first. */
export const SOURCES: readonly Source[] = [
  ...(installedBrowser() ? (['installed'] as const) : []),
  ...(process.platform === 'linux' && process.arch === 'x64' ? (['packaged'] as const) : []),
]

/**
 * Opens a Chromium without a window: the one that `CHROMIUM` names or that is installed, else the
 * one from npm. Either writes Chinese, since our own type is added to the machine’s.
 */
export async function openBrowser(source: Source | undefined = SOURCES[0]): Promise<Browser> {
  return chromium.launch(await browserToStart(source))
}

/** What such a browser is started with, for tests that start it themselves. */
export async function browserToStart(source: Source | undefined = SOURCES[0]) {
  if (!source) throw new Error('There is no Chromium here; install one, or name it in CHROMIUM')
  const installed = source === 'installed' ? installedBrowser() : undefined
  const { executablePath, libraries } = installed
    ? { executablePath: installed, libraries: undefined }
    : await packagedBrowser()
  return {
    executablePath,
    args: FLAGS,
    env: {
      ...process.env,
      FONTCONFIG_FILE: await fontsFile(),
      ...(libraries && { LD_LIBRARY_PATH: libraries }),
    },
  }
}

function installedBrowser(): string | undefined {
  return [process.env.CHROMIUM ?? '', ...USUAL_PLACES].find((path) => path && existsSync(path))
}

const fileOf = (name: string) => fileURLToPath(import.meta.resolve(name))
const run = promisify(execFile)

/**
 * Unpacks the packaged browser once per version, into a folder of our own: it would take any
 * `chromium` that it finds in the temporary folder for itself, whatever its version. It brings the
 * libraries that a machine without a browser lacks.
 */
async function packagedBrowser() {
  const face = fileOf('@sparticuz/chromium')
  const about = await readFile(join(dirname(face), '..', 'package.json'), 'utf8')
  const folder = join(CACHE, `chromium-${JSON.parse(about).version}`)
  if (!existsSync(folder)) await unpack(folder)
  const executablePath = join(folder, 'chromium')
  const libraries = lacksLibraries(executablePath) ? join(folder, 'al2023', 'lib') : undefined
  return { executablePath, libraries }
}

/** Whole or not at all: it is unpacked beside its place and then moved there. */
async function unpack(folder: string): Promise<void> {
  await mkdir(CACHE, { recursive: true })
  const draft = await mkdtemp(`${folder}-draft-`)
  const script = `import chromium from '@sparticuz/chromium'; await chromium.executablePath()`
  // It unpacks to the temporary folder, and its libraries only where it takes itself to be at Amazon.
  const env = { ...process.env, TMPDIR: draft, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' }
  await run(process.execPath, ['--input-type=module', '-e', script], {
    cwd: import.meta.dirname,
    env,
  })
  await chmod(draft, 0o755) // other accounts may run the tests as well
  await chmod(join(draft, 'chromium'), 0o755)
  try {
    await rename(draft, folder)
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    if (!existsSync(folder)) throw error // else another process was first
  }
}

function lacksLibraries(executablePath: string): boolean {
  try {
    return execFileSync('ldd', [executablePath], { encoding: 'utf8' }).includes('not found')
  } catch {
    return true // a machine that cannot say is given them
  }
}

/** A list of type faces: the machine’s, and one of ours for Chinese, also under common names. */
async function fontsFile(): Promise<string> {
  const ours = dirname(fileOf('@expo-google-fonts/noto-sans-sc/400Regular'))
  const cache = join(CACHE, 'fonts')
  await mkdir(cache, { recursive: true })
  const alias = (family: string) =>
    `<alias><family>${family}</family><accept><family>Noto Sans SC</family></accept></alias>`
  const file = join(cache, 'fonts.conf')
  const draft = `${file}.${process.pid}`
  await writeFile(
    draft,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>${ours}</dir>
  <cachedir>${cache}</cachedir>
  ${['sans-serif', 'system-ui', 'Microsoft YaHei', 'PingFang SC'].map(alias).join('\n  ')}
</fontconfig>
`,
  )
  await rename(draft, file)
  return file
}
