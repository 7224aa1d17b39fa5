import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { step, Trouble } from './say.mjs'

const FILES = ['package-lock.json', 'vite.config.ts']
const FOLDERS = ['web', 'contract']
const NOT_SOURCES = new Set(['dist', 'test'])

/** True when `web/dist` was built from the sources as they stand. */
export function webIsBuilt(root) {
  const stamp = join(root, 'web', 'dist', '.stamp')
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === stampOf(root)
}

/** Builds the web app. The caller holds the set-up lock, and the dependencies are installed. */
export async function buildWeb(root, node) {
  await step('构建网页', 'Building the web pages', () => {
    const stamp = stampOf(root)
    const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
    const how = { cwd: root, encoding: 'utf8', env: { ...process.env, NODE_ENV: 'production' } }
    const built = spawnSync(node, [vite, 'build', '--logLevel', 'error'], how)
    if (built.status !== 0)
      throw new Trouble(
        '网页构建失败，输出如下。',
        `The web pages could not be built; what the builder says follows.\n${built.stdout}${built.stderr}`,
      )
    writeFileSync(join(root, 'web', 'dist', '.stamp'), stamp)
  })
}

function stampOf(root) {
  const hash = createHash('sha256')
  for (const file of [...FILES, ...FOLDERS.flatMap((name) => filesBelow(root, name))])
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(join(root, file)))
      .update('\0')
  return hash.digest('hex')
}

/** Paths below `folder`, relative to `root`, in the order of their names. */
function filesBelow(root, folder) {
  if (!existsSync(join(root, folder))) return []
  const entries = readdirSync(join(root, folder), { withFileTypes: true })
  entries.sort((a, b) => (a.name < b.name ? -1 : 1))
  return entries.flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    if (NOT_SOURCES.has(entry.name)) return []
    return entry.isDirectory() ? filesBelow(root, path) : [path]
  })
}
