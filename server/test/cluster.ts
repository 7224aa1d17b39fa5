import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { openPool } from '#platform/postgres/connect.ts'
import { startEngine } from '#platform/postgres/embedded.ts'
import { migrate } from '#platform/postgres/migrate.ts'
import { MODULES } from '../modules.ts'

/** How test files reach the cluster; each clones `template` into a database of its own. */
export type Cluster = Readonly<{
  host: string
  port: number
  user: string
  password: string | undefined
  template: string
}>

declare module 'vitest' {
  export interface ProvidedContext {
    cluster: Cluster
  }
}

/**
 * One PostgreSQL for the whole run, with one migrated template: the one that comes with the product,
 * or the server at `TEST_DATABASE_URL` (a superuser’s address).
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  await using opened = new AsyncDisposableStack()
  const template = `gridkeeper_template_${process.pid}`
  const at = process.env.TEST_DATABASE_URL ? external(process.env.TEST_DATABASE_URL) : await own()
  const { template: _, ...address } = at
  const maintenance = openPool({ ...address, database: 'postgres' }, { size: 1 })
  opened.defer(() => maintenance.end())
  await maintenance.query(`create database ${template}`)
  opened.defer(async () => {
    await maintenance.query(`drop database if exists ${template} with (force)`)
  })
  const owner = openPool({ ...address, database: template }, { size: 1 })
  await migrate(owner, MODULES)
  await owner.end()
  project.provide('cluster', { ...at, template })
  const keep = opened.move()
  return () => keep.disposeAsync()

  async function own(): Promise<Cluster> {
    const dataFolder = await mkdtemp(join(tmpdir(), 'gridkeeper-test-'))
    opened.defer(() => rm(dataFolder, { recursive: true, force: true }))
    const engine = await startEngine({
      dataFolder,
      onDeath: (error) => {
        throw error
      },
    })
    opened.use(engine)
    const { host, port, superuser } = engine
    return { host, port, user: superuser, password: undefined, template }
  }
}

function external(url: string): Cluster {
  const { hostname, port, username, password, searchParams } = new URL(url)
  return {
    host: searchParams.get('host') ?? hostname,
    port: Number(port || 5432),
    user: decodeURIComponent(username),
    password: password ? decodeURIComponent(password) : undefined,
    template: '',
  }
}
