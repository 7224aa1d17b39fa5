import { createHash } from 'node:crypto'
import type { Plugin } from 'vite'

const PAGE = 'field/index.html'
const WORKER = 'field-worker.js'
/** Files that stand as they are in web/public. */
const PUBLIC = ['/field.webmanifest', '/field-mark.svg']

/**
 * Tells the service worker of the phone which files its pages are made of, also those that they ask
 * for later, and the name of the release they make up.
 */
export function fieldFiles(): Plugin {
  return {
    name: 'field-files',
    apply: 'build',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const files = new Set<string>(PUBLIC)
      const walk = (name: string): void => {
        const chunk = bundle[name]
        if (chunk?.type !== 'chunk' || files.has(`/${name}`)) return
        files.add(`/${name}`)
        const { importedCss = [], importedAssets = [] } = chunk.viteMetadata ?? {}
        for (const file of [...importedCss, ...importedAssets]) files.add(`/${file}`)
        for (const file of [...chunk.imports, ...chunk.dynamicImports]) walk(file)
      }
      for (const [name, chunk] of Object.entries(bundle))
        if (chunk.type === 'chunk' && chunk.facadeModuleId?.endsWith(PAGE)) walk(name)
      const worker = bundle[WORKER]
      if (worker?.type !== 'chunk' || files.size === PUBLIC.length)
        throw new Error('the pages of the phone, or its worker, were not built')
      if (worker.imports.length > 0) throw new Error('the worker of the phone imports nothing')
      const list = JSON.stringify([...files].sort())
      const release = createHash('sha256').update(list).digest('hex').slice(0, 12)
      worker.code = worker.code
        .replace('__FIELD_FILES__', list)
        .replace('__FIELD_RELEASE__', release)
    },
  }
}
