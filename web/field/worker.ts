/**
 * Keeps the phone’s pages so that they open without a network: the files of this release, nothing of
 * what the server answers. It runs beside the pages, and is built to a file of its own that imports
 * nothing; tools/field-files.ts puts the names of the files in.
 */
const FILES: readonly string[] = JSON.parse('__FIELD_FILES__')
const RELEASE = '__FIELD_RELEASE__'
const PREFIX = 'gridkeeper-field-'
const SHELF = `${PREFIX}${RELEASE}`
/** The one page that all addresses below it open. */
const SHELL = '/field'
/** A network that answers no sooner than this is none for the opening of a page. */
const PAGE_WITHIN_MS = 3_000

type Life = Event & Readonly<{ waitUntil(work: Promise<unknown>): void }>
type Asked = Life & Readonly<{ request: Request; respondWith(answer: Promise<Response>): void }>
type Worker = Readonly<{
  addEventListener(name: 'install' | 'activate', hear: (event: Life) => void): void
  addEventListener(name: 'fetch', hear: (event: Asked) => void): void
  clients: Readonly<{ claim(): Promise<void> }>
  location: Location
}>
const worker = globalThis as unknown as Worker

worker.addEventListener('install', (event) => event.waitUntil(keepFiles()))
worker.addEventListener('activate', (event) => event.waitUntil(takeOver()))
worker.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== worker.location.origin) return
  if (request.mode === 'navigate') {
    if (isOurs(pathname)) event.respondWith(openPage(request))
  } else if (FILES.includes(pathname)) event.respondWith(openFile(request))
})

const isOurs = (path: string) => path === SHELL || path.startsWith(`${SHELL}/`)

/** All of them or none: a release that is kept in part would open to nothing. */
async function keepFiles(): Promise<void> {
  const shelf = await caches.open(SHELF)
  await shelf.addAll([SHELL, ...FILES].map((path) => new Request(path, { cache: 'no-cache' })))
}

async function takeOver(): Promise<void> {
  for (const name of await caches.keys())
    if (name.startsWith(PREFIX) && name !== SHELF) await caches.delete(name)
  await worker.clients.claim()
}

/** The page of the server, so that a new release is seen at once; else the one that is kept. */
async function openPage(request: Request): Promise<Response> {
  const kept = await (await caches.open(SHELF)).match(SHELL)
  if (!kept) return fetch(request)
  try {
    return await fetch(request, { signal: AbortSignal.timeout(PAGE_WITHIN_MS) })
  } catch {
    return kept // not reached in time, which is what it is kept for
  }
}

async function openFile(request: Request): Promise<Response> {
  const kept = await (await caches.open(SHELF)).match(request, { ignoreSearch: true })
  return kept ?? fetch(request)
}
