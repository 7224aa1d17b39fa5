import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Errand } from '#platform/optimise/tours.ts'

/** Published instances with the best tours known, beside the project. */
export const FOLDER = join(import.meta.dirname, '../../shared/data/vrp/CVRP')
export const ARE_HERE = existsSync(FOLDER)
export const SKIPPED = 'skipped: ../shared/data/vrp/CVRP is not present'

export type Site = Readonly<{ x: number; y: number; demand: number }>
/** The depot is the first site. */
export type Instance = Readonly<{ name: string; capacity: number; sites: readonly Site[] }>
/** Tours as they were published: client i is site i. */
export type Solution = Readonly<{ tours: readonly (readonly number[])[]; cost: number }>

export const instanceNames = (): string[] =>
  globSync('*.vrp', { cwd: FOLDER })
    .map((file) => file.replace(/\.vrp$/, ''))
    .sort()

/** Reads an instance with plane coordinates; keys and values stand apart by tabs and blanks. */
export function readInstance(name: string): Instance {
  const text = readFileSync(join(FOLDER, `${name}.vrp`), 'utf8')
  const headed = (key: string) => text.match(new RegExp(`^${key}\\s*:\\s*(\\S+)`, 'm'))?.[1]
  if (headed('EDGE_WEIGHT_TYPE') !== 'EUC_2D') throw new Error(`${name}: not in the plane`)
  const section = (key: string) =>
    (text.split(`${key}_SECTION`)[1]?.match(/^[\s\d.e+-]+/)?.[0] ?? '')
      .trim()
      .split('\n')
      .map((line) => line.trim().split(/\s+/).map(Number))
  const demands = new Map(section('DEMAND').map(([node, demand = 0]) => [node, demand]))
  const sites = section('NODE_COORD').map(([node, x = 0, y = 0]) => ({
    ...{ x, y },
    demand: demands.get(node) ?? Number.NaN,
  }))
  if (sites.length !== Number(headed('DIMENSION'))) throw new Error(`${name}: sites are missing`)
  return { name, capacity: Number(headed('CAPACITY')), sites }
}

export function readSolution(name: string): Solution {
  const text = readFileSync(join(FOLDER, `${name}.sol`), 'utf8')
  return {
    tours: [...text.matchAll(/^Route #\d+:(.*)$/gm)].map(([, stops = '']) =>
      stops.trim().split(/\s+/).map(Number),
    ),
    cost: Number(text.match(/^Cost\s+(\d+)/m)?.[1]),
  }
}

/** The errand of an instance: each way is rounded to a whole number, as these instances want it. */
export function errandOf({ sites, capacity }: Instance): Errand {
  const size = sites.length
  return {
    ...{ size, capacity },
    demand: Float64Array.from(sites, ({ demand }) => demand),
    distance: Float64Array.from({ length: size * size }, (_, way) =>
      wayBetween(sites[Math.floor(way / size)], sites[way % size]),
    ),
  }
}

export const wayBetween = (one: Site | undefined, other: Site | undefined): number =>
  one && other ? Math.round(Math.hypot(one.x - other.x, one.y - other.y)) : Number.NaN
