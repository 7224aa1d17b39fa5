import { type Client, openClient } from './client.ts'

/** What the load is made of: where, as whom, and a file of contacts to make others of. */
export type LoadOf = Readonly<{
  url: string
  log: string
  branchId: string
  account: string
  password: string
  day: string
  contacts: Readonly<{ header: string; row: readonly string[] }>
  subscribers: readonly string[]
}>

type Errand = (nth: number, cookie: string) => Promise<void>

/**
 * A mixed load through the HTTP API, as a process of its own: people sign in, save, import, plan,
 * publish, read portraits and take lists, each one thing after the other, until it is asked to stop
 * or something is not as it was promised. Every command has a key of its own.
 */
async function main(of: LoadOf): Promise<void> {
  const client = openClient(of.url, of.log)
  const stopping = new AbortController()
  process.once('SIGTERM', () => stopping.abort())
  try {
    const cookie = await signIn(client, of)
    await Promise.all(
      Object.values(errandsOf(client, of)).map(async (errand) => {
        for (let nth = 1; !stopping.signal.aborted; nth++) await errand(nth, cookie)
      }),
    )
  } catch (error) {
    client.complain(error)
    process.exitCode = 1
  } finally {
    stopping.abort()
    client.close()
  }
}

async function signIn(client: Client, { account, password }: LoadOf): Promise<string> {
  const call = { errand: 'sign-in', method: 'POST', path: '/session' } as const
  const { cookie } = await client.ask({ ...call, body: { account, password } })
  if (!cookie) throw new Error('whoever signs in gets a session')
  return cookie
}

function errandsOf(client: Client, of: LoadOf): Readonly<Record<string, Errand>> {
  const branch = `/branches/${of.branchId}`
  const command = (errand: string, nth: number) => ({ errand, key: `${errand}-${nth}` })
  const jobAt = (body: unknown) => `${branch}/jobs/${(body as { jobId: string }).jobId}`
  let published: string | undefined

  return {
    edit: async (nth, cookie) => {
      const name = `profile-${nth}`
      const body = { yaml: `name: ${name}\nkind: subscribers\ncolumns: []\n` }
      const call = { ...command('edit', nth), method: 'PUT', body } as const
      await client.ask({ ...call, path: `${branch}/profiles/${name}` }, cookie)
    },
    import: async (nth, cookie) => {
      const form = new FormData()
      const cells = [`crash-${nth}`, ...of.contacts.row.slice(1)].join(',')
      form.set('file', new Blob([`${of.contacts.header}\n${cells}\n`]), `contacts-${nth}.csv`)
      const sent = { errand: 'upload', method: 'POST', path: `${branch}/uploads` } as const
      const { body } = await client.ask({ ...sent, body: form }, cookie)
      const { uploadId } = body as { uploadId: string }
      const order = { uploadId, kind: 'contacts', date: of.day, profile: null, dryRun: false }
      const call = { ...command('import', nth), method: 'POST', path: `${branch}/imports` } as const
      const job = await client.ask({ ...call, body: { ...order, force: 'one row only' } }, cookie)
      await client.follow('import', jobAt(job.body), cookie)
    },
    plan: async (nth, cookie) => {
      const day = new Date(Date.parse(of.day) + nth * 86_400_000).toISOString().slice(0, 10)
      const make = { ...command('plan', nth), method: 'POST', path: `${branch}/plans` } as const
      const made = await client.ask({ ...make, body: { date: day } }, cookie)
      const planned = await client.follow('plan', jobAt(made.body), cookie)
      const { planId } = planned as { planId: string }
      const path = `${branch}/plans/${planId}/publish`
      const told = await client.ask({ ...command('publish', nth), method: 'POST', path }, cookie)
      await client.follow('publish', jobAt(told.body), cookie)
      published = planId
    },
    read: async (nth, cookie) => {
      const id = of.subscribers[nth % of.subscribers.length] ?? ''
      const path = `${branch}/subscribers/${encodeURIComponent(id)}`
      await client.ask({ errand: 'portrait', method: 'GET', path }, cookie)
    },
    export: async (_, cookie) => {
      const ready = published && `${branch}/plans/${published}/worklists.xlsx`
      const path = ready ?? `${branch}/plans`
      await client.ask({ errand: ready ? 'export' : 'plans', method: 'GET', path }, cookie)
    },
    signIn: async () => {
      const cookie = await signIn(client, of)
      for (
        let looks = 0;
        looks < 40;
        looks++ // it stays, whatever dies meanwhile
      )
        await client.ask({ errand: 'session', method: 'GET', path: '/session' }, cookie)
    },
  }
}

if (import.meta.main) await main(JSON.parse(process.argv[2] ?? ''))
