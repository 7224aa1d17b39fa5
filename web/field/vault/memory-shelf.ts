import type { Shelf } from './shelf.ts'

/** A shelf for tests outside of a browser: what stands in IndexedDB there stands in `kept` here. */
export function memoryShelf<Store extends string>(): Shelf<Store> & {
  kept: Map<string, Map<string | number, unknown>>
} {
  const kept = new Map<string, Map<string | number, unknown>>()
  function of(store: string): Map<string | number, unknown> {
    const known = kept.get(store) ?? new Map<string | number, unknown>()
    kept.set(store, known)
    return known
  }
  return {
    kept,
    get: async <Value>(store: Store, key: string | number) =>
      of(store).get(key) as Value | undefined,
    put: async (store, key, value) => void of(store).set(key, value),
    putAll: async (all) => {
      for (const [store, key, value] of all) of(store).set(key, value)
    },
    remove: async (store, key) => void of(store).delete(key),
    all: async <Value>(store: Store) =>
      [...of(store)]
        .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
        .map(([, value]) => value) as Value[],
    clear: async (store) => of(store).clear(),
    count: async (store, key) => {
      const next = ((of(store).get(key) as number | undefined) ?? 0) + 1
      of(store).set(key, next)
      return next
    },
  }
}
