import { sql } from 'kysely'
import { openPool } from '#platform/postgres/connect.ts'
import { readConfig } from '../../config.ts'
import { openDataFolder } from '../../data-folder.ts'
import { furnish } from '../../house.ts'

/** Where the jobs are: a database, who works in it, and a folder of the worker's own. */
export type JobsOf = Readonly<{
  host: string
  port: number
  user: string
  password: string | undefined
  login: string
  database: string
  folder: string
}>

/**
 * Works on the jobs of a ledger as a server that owns it does, until it is killed. A job leaves the
 * mark that it was begun, in a transaction of its own, and then its one effect.
 */
async function main({ login, database, folder, ...address }: JobsOf): Promise<void> {
  const owner = openPool({ ...address, database }, { size: 4 })
  const serving = openPool({ ...address, user: login, database }, { size: 12 })
  const nothing = async () => undefined
  const ledger = { owner, serving, version: '', [Symbol.asyncDispose]: nothing }
  const house = await furnish(
    await openDataFolder(folder),
    { ...ledger, engine: 'external' },
    readConfig({}),
    {
      clock: () => new Date(),
      log: { error: (fields, text) => console.error(text, fields) },
      onDeath: (error) => {
        throw error
      },
    },
  )
  const { works, jobs, queue } = house
  jobs.handle('plan', async ({ input: { nth } }) => {
    await works.run(works.system, (unit) =>
      sql`insert into public.begun (nth) values (${nth})`.execute(unit.db),
    )
    await works.run(works.system, (unit) =>
      sql`insert into public.effect (nth) values (${nth}) on conflict do nothing`.execute(unit.db),
    )
    return {}
  })
  await queue.takeOver()
  await jobs.resume()
  queue.start()
  setInterval(() => undefined, 60_000) // it stays until it is killed
}

if (import.meta.main) await main(JSON.parse(process.argv[2] ?? ''))
