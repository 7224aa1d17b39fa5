import { readdirSync, readFileSync } from 'node:fs'

/** What a process and all below it have used, as Linux tells it; nothing where it is another system. */
export type Spent = Readonly<{
  /** Processor time so far of the process itself, and of those below it: the database. */
  ownSeconds: number
  belowSeconds: number
  /** Memory now: the sum of the proportional sets of all of them. */
  bytes: number
}>

const TICKS_PER_SECOND = 100

/** Looks at a process that runs. */
export function spentBy(root: number): Spent {
  const all = process.platform === 'linux' ? readdirSync('/proc').filter(isNumber).map(statOf) : []
  const known = new Map(all.flatMap((each) => (each ? [[each.pid, each] as const] : [])))
  const isBelow = (pid: number): boolean =>
    pid === root || (pid > 1 && isBelow(known.get(pid)?.parent ?? 0))
  const ours = [...known.values()].filter(({ pid }) => isBelow(pid))
  const seconds = (of: typeof ours) =>
    of.reduce((sum, each) => sum + each.ticks, 0) / TICKS_PER_SECOND
  return {
    ownSeconds: seconds(ours.filter(({ pid }) => pid === root)),
    belowSeconds: seconds(ours.filter(({ pid }) => pid !== root)),
    bytes: ours.reduce((sum, { pid }) => sum + memoryOf(pid), 0),
  }
}

const isNumber = (name: string) => /^\d+$/.test(name)

/** Its parent, and the ticks of itself and of those below it that have ended. */
function statOf(name: string) {
  const stat = readOrNothing(`/proc/${name}/stat`)
  if (stat === '') return undefined
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const ticks = [11, 12, 13, 14].reduce((sum, nth) => sum + Number(fields[nth]), 0)
  return { pid: Number(name), parent: Number(fields[1]), ticks }
}

function memoryOf(pid: number): number {
  const line = /^Pss:\s+(\d+) kB/m.exec(readOrNothing(`/proc/${pid}/smaps_rollup`))
  return Number(line?.[1] ?? 0) * 1024
}

/** A process may end between being listed and being read, and those of others are not shown. */
function readOrNothing(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ESRCH' || code === 'EACCES') return ''
    throw error
  }
}
