import * as contract from '#contract/campaigns.ts'
import * as settings from '#contract/settings.ts'
import { settle, showSettings } from '#people'
import type { Http } from '#platform/http.ts'
import type { Works } from '#platform/works.ts'
import type { Field } from './field.ts'
import { DORMANCY } from './policy.ts'
import { countSegment, listFields } from './segments.ts'
import { basesOf } from './warm.ts'

export function insightRoutes(http: Http, works: Works): void {
  const bases = basesOf(works)
  http.serveActor(contract.listFields, async (actor, { branchId }, _, signal) => {
    const { asOf, fields } = await listFields(works, bases, { actor, branchId }, signal)
    return { asOf, fields: fields.map(shown) }
  })
  http.serve(settings.readDormancy, (unit, { unitId }) => showSettings(unit, unitId, DORMANCY))
  http.serve(settings.putDormancy, (unit, { unitId }, dormancy) =>
    settle(unit, unitId, DORMANCY, dormancy),
  )
  http.serveActor(
    contract.countSegment,
    async (actor, { branchId }, { conditions, date }, signal) => {
      const asked = { actor, branchId, conditions, date }
      const { notDelivered, ...counts } = await countSegment(works, bases, asked, signal)
      return { ...counts, notDelivered: [...notDelivered] }
    },
  )
}

function shown({ field, label, group, type, unit, values, operators, delivered }: Field) {
  return {
    ...{ field, label, group, type, unit, delivered },
    values: values ? [...values] : null,
    operators: [...operators],
  }
}
