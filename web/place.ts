import { getRouteApi } from '@tanstack/react-router'
import { createContext, use } from 'react'
import type { z } from 'zod'
import type * as organisation from '#contract/organisation.ts'
import type * as session from '#contract/session.ts'

type Me = z.output<typeof session.Me>
export type Unit = z.output<typeof organisation.Unit>

/** Who is signed in and the units they may look at; asked once before the first page. */
export type Standing = Readonly<{ me: Me; units: readonly Unit[] }>
export const StandingContext = createContext<Standing | null>(null)

export function useStanding(): Standing {
  const standing = use(StandingContext)
  if (!standing) throw new Error('A page of the console stands outside the console.')
  return standing
}

const frame = getRouteApi('/console')

export type PlaceNow = Readonly<{
  me: Me
  /** The county branch of the place; the first in scope for people above branches. */
  branchId: string
  /** The unit that pages are narrowed to, with everything below it; undefined: all in scope. */
  unit: string | undefined
  /** The unit looked at; above branches the branch that the page shows. */
  unitInBranch: string
  /** From the highest unit down to the one looked at. */
  path: readonly Unit[]
  /** `2026-11-22`, by the branch’s clock. */
  today: string
}>

/** Where the page stands: person, branch, and the unit of the address. */
export function usePlace(): PlaceNow {
  const { me, units } = useStanding()
  const { unit } = frame.useSearch()
  const path = pathTo(unit ?? me.unit.unitId, units)
  const branch = path.find(({ kind }) => kind === 'branch')?.unitId
  const branchId = branch ?? me.branchId ?? me.branches[0]?.unitId ?? ''
  return {
    ...{ me, branchId, unit },
    unitInBranch: (branch && path.at(-1)?.unitId) || branchId,
    path,
    today: me.today,
  }
}

/** The unit and all above it, highest first; stops where the tree does, or turns in a circle. */
export function pathTo(unitId: string, units: readonly Unit[]): readonly Unit[] {
  const byId = new Map(units.map((unit) => [unit.unitId, unit]))
  const path: Unit[] = []
  let unit = byId.get(unitId)
  while (unit && !path.includes(unit)) {
    path.unshift(unit)
    unit = unit.parentId === null ? undefined : byId.get(unit.parentId)
  }
  return path
}
