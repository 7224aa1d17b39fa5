/**
 * What `npm run check`, `npm test`, `npm run bench` and the second half of `.ci/run` run, each
 * with one last line `N passed, N failed`; ends with 1 when anything failed.
 */
import { fileURLToPath } from 'node:url'
import { auditStep } from './ci-audit.ts'
import { cloneStep } from './ci-clone.ts'
import { postgresStep } from './ci-postgres.ts'
import { ROOT, runNode, runSteps, type Step, toolStep } from './ci-step.ts'
import { runVitest } from './ci-vitest.ts'

const CHECK: readonly Step[] = [
  toolStep('Format and lint', 'node_modules/@biomejs/biome/bin/biome', 'ci', '.'),
  toolStep('Types', 'node_modules/typescript/bin/tsc', '--noEmit'),
  toolStep('Unused code', 'node_modules/knip/bin/knip.js'),
  auditStep,
  { name: 'Architecture, rules, modules, journeys', run: () => runVitest(['--project', 'house']) },
]
const SETS: Readonly<Record<string, readonly Step[]>> = {
  check: CHECK,
  test: [
    ...CHECK,
    toolStep('Web build', 'node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn'),
    { name: 'Browser', run: () => runVitest(['--project', 'browser']) },
  ],
  more: [postgresStep, cloneStep],
}

const [name = '', ...args] = process.argv.slice(2)
process.chdir(fileURLToPath(new URL('..', import.meta.url)))
if (name === 'bench') process.exitCode = await runNode('bench/main.ts', { args, cwd: ROOT })
else await runSet(SETS[name])

async function runSet(steps: readonly Step[] | undefined): Promise<void> {
  if (!steps) {
    console.error('usage: --run check | test | bench | more')
    process.exitCode = 2
    return
  }
  const { passed, failed } = await runSteps(steps)
  console.log(`\n${passed} passed, ${failed} failed`)
  process.exitCode = failed > 0 ? 1 : 0
}
