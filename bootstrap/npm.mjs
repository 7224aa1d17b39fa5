import { spawn } from 'node:child_process'
import { accessSync, constants, existsSync, mkdirSync, realpathSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { Trouble } from './say.mjs'

/**
 * Runs the machine's npm under `node`, without install scripts. Its chatter is kept back, and its
 * end shown when it fails.
 */
export async function runNpm(root, node, args) {
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
  // A network that stutters is tried again; one that is not there is told of within seconds.
  const patience = [
    '--fetch-retries=3',
    '--fetch-retry-mintimeout=500',
    '--fetch-retry-maxtimeout=2000',
  ]
  const [code, output] = await collect(node, [findNpm(), ...args, ...quiet, ...patience], {
    cwd: root,
    env: environment(root, node),
  })
  if (code !== 0) throw troubleOf(output)
}

function collect(command, args, options) {
  return new Promise((resolve, reject) => {
    // What others should read later must not depend on the umask of who installs.
    const umask = process.umask(0o022)
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
    process.umask(umask)
    let output = ''
    const keep = (chunk) => {
      output = (output + chunk).slice(-8000)
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.on('error', reject)
    child.on('close', (code) => resolve([code, output]))
  })
}

/** npm keeps its cache at home; where there is no home to write to, in the project. */
function environment(root, node) {
  const env = { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}` }
  for (const name of Object.keys(env)) if (/^npm_(lifecycle|package)_/i.test(name)) delete env[name]
  if (!env.npm_config_cache && !canWrite(homedir())) {
    env.npm_config_cache = join(root, '.node', 'npm-cache')
    env.HOME = join(root, '.node')
    mkdirSync(env.npm_config_cache, { recursive: true })
  }
  return env
}

function canWrite(folder) {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** The script of the npm that came with the machine's Node. */
function findNpm() {
  const bin = dirname(realpathSync(process.execPath))
  const onPath = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, 'npm'))
  const known = [
    process.env.npm_execpath ?? '',
    join(bin, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(bin, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    '/usr/share/nodejs/npm/bin/npm-cli.js',
    '/usr/share/npm/bin/npm-cli.js',
    ...onPath.filter(existsSync).map((path) => realpathSync(path)),
    join(process.env.APPDATA ?? '', 'npm', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ]
  const npm = known.find((path) => path.endsWith('npm-cli.js') && existsSync(path))
  if (npm) return npm
  throw new Trouble(
    '找不到 npm；请连同 npm 一起安装 Node 18 或更新版本后重试。',
    'npm is not here; install Node 18 or later together with npm and try again.',
  )
}

const TROUBLES = [
  {
    sign: /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ENOTCACHED|socket hang up|network/i,
    zh: '无法连接 npm 源。首次运行需要联网；请检查网络或代理，也可用 npm config set registry <地址> 换一个源，然后重试。',
    en: 'The npm registry cannot be reached. The first run needs a network: check it or its proxy, or name another registry with npm config set registry <address>, and try again.',
  },
  {
    sign: /ENOSPC/,
    zh: '磁盘空间不足；请腾出约 1.5 GB 后重试。',
    en: 'The disk is full; make about 1.5 GB free and try again.',
  },
  {
    sign: /EACCES|EPERM|EROFS/,
    zh: '没有写入本项目目录或 npm 缓存的权限；请以拥有该目录的用户运行，或修正其所有者后重试。',
    en: 'This folder or npm’s cache cannot be written; run as the user who owns them, or correct the owner, and try again.',
  },
  {
    sign: /E404|ETARGET|EINTEGRITY/,
    zh: '所用的 npm 源缺少某个依赖，或其内容与锁定的不符；请换用官方源或同步完整的镜像后重试。',
    en: 'The npm registry in use lacks a package, or has other contents than locked; use the official one or a complete mirror and try again.',
  },
]

function troubleOf(output) {
  const tail = output.trim().split('\n').slice(-12).join('\n')
  const known = TROUBLES.find(({ sign }) => sign.test(output)) ?? {
    zh: 'npm 未能完成安装；其输出如下，按提示处理后重试。',
    en: 'npm could not finish; what it says follows. Deal with it and try again.',
  }
  return new Trouble(known.zh, `${known.en}\n${tail}`)
}
