import { spawn } from 'node:child_process'
import { resolve } from 'node:path'

/** What a step of the checks came to. A step that counts nothing itself is one that passes or not. */
export type Count = Readonly<{ passed: number; failed: number; skipped: number }>

export const PASSED: Count = { passed: 1, failed: 0, skipped: 0 }
export const FAILED: Count = { passed: 0, failed: 1, skipped: 0 }

/** One step: what it is called and what it does. It tells people why it failed by itself. */
export type Step = Readonly<{ name: string; run: () => Promise<Count> }>

export const ROOT = resolve(import.meta.dirname, '..')

/** Runs the steps one after the other, whatever comes of each, and sums up. */
export async function runSteps(steps: readonly Step[]): Promise<Count> {
  let sum: Count = { passed: 0, failed: 0, skipped: 0 }
  for (const { name, run } of steps) {
    console.log(`\n── ${name} …`)
    const began = performance.now()
    const { passed, failed, skipped } = await run()
    const seconds = ((performance.now() - began) / 1000).toFixed(1)
    const left = skipped ? `, ${skipped} skipped` : ''
    console.log(`── ${name}: ${passed} passed, ${failed} failed${left}, ${seconds} s`)
    sum = {
      passed: sum.passed + passed,
      failed: sum.failed + failed,
      skipped: sum.skipped + skipped,
    }
  }
  return sum
}

export type Call = Readonly<{
  args: readonly string[]
  env?: Readonly<Record<string, string>>
  cwd?: string
  /** Longest time in milliseconds; then it is killed and has failed. */
  limitMs?: number
}>

/** Runs a program with our output; its exit code, 1 when it did not end by itself. */
export function run(command: string, { args, env = {}, cwd = ROOT, limitMs }: Call) {
  return new Promise<number>((end, fail) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'inherit', 'inherit'],
      ...(limitMs && { timeout: limitMs, killSignal: 'SIGTERM' as const }),
    })
    child.on('error', fail)
    child.on('exit', (code) => end(code ?? 1))
  })
}

/** Runs one of our programs or a tool of a package, by its path below the root, under this Node. */
export const runNode = (script: string, call: Call) =>
  run(process.execPath, { ...call, args: [`${ROOT}/${script}`, ...call.args] })

/** A step that passes when the tool at `script` ends with 0. */
export function toolStep(name: string, script: string, ...args: string[]): Step {
  return {
    name,
    run: async () => ((await runNode(script, { args })) === 0 ? PASSED : FAILED),
  }
}
