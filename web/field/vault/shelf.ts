/**
 * Where the phone keeps things between visits: a database of the browser with named stores. What is
 * put there survives the page and the browser once the promise is fulfilled.
 */
export type Shelf<Store extends string> = Readonly<{
  get<Value>(store: Store, key: Key): Promise<Value | undefined>
  put(store: Store, key: Key, value: unknown): Promise<void>
  /** All of them, or none. */
  putAll(all: readonly Put<Store>[]): Promise<void>
  remove(store: Store, key: Key): Promise<void>
  /** In the order of their keys. */
  all<Value>(store: Store): Promise<Value[]>
  clear(store: Store): Promise<void>
  /** The next number of a counter, from 1; nobody else gets the same one. */
  count(store: Store, key: Key): Promise<number>
}>

type Key = string | number
export type Put<Store extends string> = readonly [store: Store, key: Key, value: unknown]

/** The database of that name in IndexedDB. Throws where the browser keeps nothing. */
export function openShelf<Store extends string>(
  name: string,
  stores: readonly Store[],
): Shelf<Store> {
  let opening: Promise<IDBDatabase> | undefined

  function database(): Promise<IDBDatabase> {
    opening ??= open(name, stores, () => {
      opening = undefined
    })
    return opening
  }

  async function inOne<Value>(
    mode: IDBTransactionMode,
    ask: (of: (store: Store) => IDBObjectStore, tell: (value: Value) => void) => void,
  ): Promise<Value> {
    const transaction = (await database()).transaction(stores, mode, { durability: 'strict' })
    return new Promise((resolve, reject) => {
      let told: { value: Value } | undefined
      transaction.oncomplete = () => resolve(told?.value as Value)
      transaction.onabort = () => reject(transaction.error ?? new Error(`${name} gave up`))
      const of = (store: Store) => transaction.objectStore(store)
      ask(of, (value) => {
        told = { value }
      })
    })
  }

  const inStore = <Value>(
    store: Store,
    mode: IDBTransactionMode,
    ask: (of: IDBObjectStore, tell: (value: Value) => void) => void,
  ) => inOne<Value>(mode, (of, tell) => ask(of(store), tell))

  return {
    get: <Value>(store: Store, key: Key) =>
      inStore<Value | undefined>(store, 'readonly', (of, tell) => answer(of.get(key), tell)),
    put: (store, key, value) => inStore(store, 'readwrite', (of) => void of.put(value, key)),
    putAll: (all) =>
      inOne('readwrite', (of) => {
        for (const [store, key, value] of all) of(store).put(value, key)
      }),
    remove: (store, key) => inStore(store, 'readwrite', (of) => void of.delete(key)),
    all: <Value>(store: Store) =>
      inStore<Value[]>(store, 'readonly', (of, tell) => answer(of.getAll(), tell)),
    clear: (store) => inStore(store, 'readwrite', (of) => void of.clear()),
    count: (store, key) =>
      inStore<number>(store, 'readwrite', (of, tell) =>
        answer(of.get(key), (last: number | undefined) => {
          const next = (last ?? 0) + 1
          of.put(next, key)
          tell(next)
        }),
      ),
  }
}

function answer<Value>(request: IDBRequest<Value>, tell: (value: Value) => void): void {
  request.onsuccess = () => tell(request.result)
}

function open(name: string, stores: readonly string[], closed: () => void): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1)
    request.onupgradeneeded = () => {
      for (const store of stores) request.result.createObjectStore(store)
    }
    request.onsuccess = () => {
      const database = request.result
      database.onclose = closed
      database.onversionchange = () => {
        database.close()
        closed()
      }
      resolve(database)
    }
    request.onerror = () => {
      closed()
      reject(request.error ?? new Error(`${name} does not open`))
    }
  })
}
