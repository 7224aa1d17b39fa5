import { readdirSync, readFileSync } from 'node:fs'

/**
 * The peak of the sum of proportional set sizes (PSS) of process `root` and everything below it,
 * PostgreSQL included, sampled every `everyMs` since the last `restart`. Linux only; in bytes.
 */
export function watchMemory(
  root: number,
  everyMs = 200,
): { restart(): void; peak(): number; stop(): void } {
  let peak = 0
  const sample = () => {
    peak = Math.max(peak, pssOfTree(root))
    return peak
  }
  const timer = setInterval(sample, everyMs)
  return {
    restart: () => {
      peak = 0
      sample()
    },
    peak: sample,
    stop: () => clearInterval(timer),
  }
}

function pssOfTree(root: number): number {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const parent = parentOf(Number(name))
    if (parent !== undefined) parents.set(Number(name), parent)
  }
  const isOurs = (pid: number): boolean =>
    pid === root || (parents.has(pid) && pid > 1 && isOurs(parents.get(pid) ?? 0))
  let sum = 0
  for (const pid of parents.keys()) if (isOurs(pid)) sum += pssOf(pid)
  return sum
}

/** A process may end between being listed and being read: then it has no parent and no memory. */
function parentOf(pid: number): number | undefined {
  const stat = readOrEmpty(`/proc/${pid}/stat`)
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return stat ? Number(fields[1]) : undefined
}

function pssOf(pid: number): number {
  const line = /^Pss:\s+(\d+) kB/m.exec(readOrEmpty(`/proc/${pid}/smaps_rollup`))
  return Number(line?.[1] ?? 0) * 1024
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ESRCH' || code === 'EACCES') return ''
    throw error
  }
}
