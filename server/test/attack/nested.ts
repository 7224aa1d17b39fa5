import { AsyncLocalStorage } from 'node:async_hooks'
import type { RunUnit } from '#platform/unit.ts'

/**
 * Runs units as ever, and keeps the stack of each that is begun inside another one. Such a unit holds
 * one connection and waits for a second: as many of them as the pool has connections wait for ever.
 */
export function watchNested(run: RunUnit, nested: string[]): RunUnit {
  return (actor, work) => {
    if (around.getStore()?.isOpen) nested.push(new Error('a unit inside a unit').stack ?? '')
    return run(actor, (unit) => {
      const store = { isOpen: true }
      return around.run(store, () =>
        work(unit).finally(() => {
          store.isOpen = false
        }),
      )
    })
  }
}
const around = new AsyncLocalStorage<{ isOpen: boolean }>()
