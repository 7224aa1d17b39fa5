import type { Call, CallGateway } from './gateway.ts'

/** The latest calls that are remembered. */
const REMEMBERED = 100

/** A call platform that rings nobody: for demonstrations. */
export type Simulator = CallGateway & Readonly<{ connected: readonly Call[] }>

/** Says of every call that it connects, and remembers the latest in memory alone. */
export function openSimulator(): Simulator {
  const connected: Call[] = []
  return {
    connected,
    connect: async (call) => {
      connected.push(call)
      if (connected.length > REMEMBERED) connected.shift()
    },
  }
}
