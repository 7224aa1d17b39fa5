import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { copyFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { keyFileBeside } from '#platform/keys.ts'
import type { Progress } from '#platform/works.ts'
import { type ImportKind, type ImportOutcome, importFile } from '#subscribers'
import { readConfig } from '../server/config.ts'
import { type OwnedHouse, openHouse } from '../server/house.ts'
import type { BenchOf } from './bench.ts'
import { BRANCH, countyFiles, NIGHTS } from './county.ts'

/** The morning of the planned day, before anybody is at work. */
const NOW = new Date('2026-11-19T05:30:00+08:00')

/** The configuration that people get who configure nothing. */
export const CONFIG = readConfig({})

/** A house as the product opens it, on its own embedded ledger. */
export function openBenchHouse(dataFolder: string): Promise<OwnedHouse> {
  return openHouse(dataFolder, CONFIG, {
    clock: () => new Date(NOW),
    log: { error: (fields, text) => console.error(text, fields) },
    onDeath: (error) => {
      throw error
    },
  })
}

type Delivered = Readonly<{
  kind: ImportKind
  date: string
  county: string
  tell?: (progress: Progress) => void
}>

/** Imports one file of a county. */
export function importKind(
  { works, handlers }: OwnedHouse,
  { kind, date, county, tell = () => undefined }: Delivered,
): Promise<ImportOutcome> {
  const name = `${kind}.csv`
  return importFile(
    works,
    handlers,
    {
      actor: works.system,
      ...{ branchId: BRANCH, kind, date, name, path: join(county, name) },
      ...{ profile: null, dryRun: false, force: null },
    },
    { signal: new AbortController().signal, tell },
  )
}

/** An empty house in which the branch, its places and its people are known. */
export async function openStaffedHouse(of: BenchOf): Promise<OwnedHouse> {
  const dataFolder = firstNight(of)
  await rm(dataFolder, { recursive: true, force: true })
  const county = await countyFiles(of, NIGHTS[0])
  const house = await openBenchHouse(dataFolder)
  for (const kind of ['organisation', 'places', 'staff'] as const)
    await importKind(house, { kind, date: NIGHTS[0], county })
  return house
}

/** What else a night delivers beside the subscribers. */
export const BESIDE = ['resources', 'competitors', 'contacts'] as const

const firstNight = ({ rows, folder }: BenchOf) => join(folder, `house-${rows}`)

/**
 * A copy, called `name`, of the data folder in which the first night is imported; that one is made
 * if the import was not measured before.
 */
export async function copyOfFirstNight(of: BenchOf, name: string): Promise<string> {
  const source = firstNight(of)
  if (!existsSync(join(source, 'lake/subscribers'))) {
    await using house = await openStaffedHouse(of)
    const county = await countyFiles(of, NIGHTS[0])
    for (const kind of ['subscribers', ...BESIDE] as const)
      await importKind(house, { kind, date: NIGHTS[0], county })
  }
  const copy = join(of.folder, `${name}-${of.rows}`)
  await rm(copy, { recursive: true, force: true })
  execFileSync('cp', ['-a', source, copy]) // the ledger’s files may belong to another account
  await copyFile(keyFileBeside(source), keyFileBeside(copy))
  return copy
}
