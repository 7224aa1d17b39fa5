import { readFile } from 'node:fs/promises'
import { Refusal } from '#platform/refusal.ts'

/** A village or a community in town, as the statistics bureau knows it. */
export type Settlement = Readonly<{ code: string; name: string; kind: 'village' | 'community' }>
export type Town = Readonly<{ code: string; name: string; settlements: readonly Settlement[] }>
export type CountyPlaces = Readonly<{
  province: Readonly<{ code: string; name: string }>
  city: Readonly<{ code: string; name: string }>
  county: Readonly<{ code: string; name: string }>
  towns: readonly Town[]
}>

/** Reads the places of a branch, named by its county code, or refuses with `unknown-branch`. */
export async function readPlaces(branchId: string): Promise<CountyPlaces> {
  const unknown = () => new Refusal('invalid', 'unknown-branch', { branch: branchId })
  if (!/^\d{6}$/.test(branchId)) throw unknown()
  const file = new URL(`../../samples/places/${branchId}.csv`, import.meta.url)
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENOENT' ? unknown() : error
  })
  const rows = text
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','))
    .map(([code = '', name = '', kind = '']) => ({ code, name, kind }))
  const only = (kind: string) => {
    const row = rows.find((each) => each.kind === kind)
    if (!row) throw new Error(`samples/places/${branchId}.csv has no ${kind}`)
    return { code: row.code, name: row.name }
  }
  const settlements = rows.flatMap(({ code, name, kind }): Settlement[] =>
    kind === 'village' || kind === 'community' ? [{ code, name: spoken(name), kind }] : [],
  )
  const towns = rows
    .filter((row) => row.kind === 'town')
    .map(({ code, name }) => ({
      code,
      name,
      settlements: settlements.filter((each) => each.code.startsWith(code)),
    }))
  return { province: only('province'), city: only('city'), county: only('county'), towns }
}

/** The name as addresses have it: 国路夼村委会 → 国路夼村, 翠亭社区居民委员会 → 翠亭社区. */
function spoken(name: string): string {
  if (/(居民委员会|居委会)$/.test(name)) return name.replace(/(居民委员会|居委会)$/, '')
  const village = name.replace(/(村民委员会|村委会)$/, '')
  return village.endsWith('村') ? village : `${village}村`
}
