import * as contract from '#contract/rezoning.ts'
import type { Http } from '#platform/http.ts'
import { namePeople } from '../name-people.ts'
import type { Homes } from './reshape.ts'
import { isOpen, listRezonings, previewRezoning, publishRezoning, undoRezoning } from './rezone.ts'
import { readBranch } from './units.ts'

/** Zones drawn anew from a day on: looked at, published, undone. */
export function rezoneRoutes(http: Http, homes: Homes): void {
  http.serve(contract.previewRezoning, async (unit, of, body) => ({
    zones: await previewRezoning(unit, { ...of, ...body }, homes),
  }))
  http.serve(contract.publishRezoning, async (unit, of, body) => ({
    rezoningId: await publishRezoning(unit, { ...of, ...body }, homes),
  }))
  http.serve(contract.undoRezoning, async (unit, of) => {
    await undoRezoning(unit, of, homes)
    return { done: true as const }
  })
  http.serve(contract.listRezonings, async (unit, { branchId }) => {
    await readBranch(unit, branchId)
    const rezonings = await listRezonings(unit, branchId)
    const whoIs = await namePeople(
      unit,
      rezonings.map(({ madeBy }) => madeBy),
    )
    return {
      rezonings: rezonings.map((each) => ({
        ...{ rezoningId: each.rezoningId, validFrom: each.validFrom, madeBy: each.madeBy },
        ...{ moves: [...each.moves], open: isOpen(unit, each), madeByName: whoIs(each.madeBy) },
        ...{ madeAt: each.madeAt.toISOString(), undoneAt: each.undoneAt?.toISOString() ?? null },
      })),
    }
  })
}
