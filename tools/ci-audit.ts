import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { z } from 'zod'
import { FAILED, PASSED, ROOT, type Step } from './ci-step.ts'

const Told = z.object({
  metadata: z.object({ vulnerabilities: z.record(z.string(), z.number()) }),
})

/**
 * Known faults of what is in use, as the registry tells them; skipped where no registry answers
 * that question, as in a closed network.
 */
export const auditStep: Step = {
  name: 'Known faults of dependencies',
  run: async () => {
    const told = Told.safeParse(await askRegistry())
    if (!told.success) {
      console.log('   skipped: the registry does not tell known faults here')
      return { passed: 0, failed: 0, skipped: 1 }
    }
    const { high = 0, critical = 0 } = told.data.metadata.vulnerabilities
    console.log(`   ${critical} critical, ${high} high`)
    return high + critical > 0 ? FAILED : PASSED
  },
}

/** What npm says, also when it ends with 1 because it has something to say. */
async function askRegistry(): Promise<unknown> {
  const ask = promisify(execFile)('npm', ['audit', '--omit=dev', '--json'], {
    cwd: ROOT,
    timeout: 60_000,
    maxBuffer: 64 * 1024 * 1024,
  })
  const { stdout } = await ask.catch((error: { stdout?: string }) => ({
    stdout: error.stdout ?? '',
  }))
  return stdout.trimStart().startsWith('{') ? JSON.parse(stdout) : undefined
}
