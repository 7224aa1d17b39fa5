import type { Day } from './days.ts'
import { iso } from './days.ts'
import { type Draws, stream } from './draws.ts'
import { csv } from './line-writer.ts'
import type { Block, Territory } from './territory.ts'

export const RESOURCE_HEADER =
  'division_code,address,access_type,two_way,ports_total,ports_free,max_mbps,as_of'

const RESOURCE = stream('resource')
/** Every so many places cannot be served with broadband at all. */
const WITHOUT_PORTS = 0.06

/** What the network can offer in each village and building. */
export function* resourceRows(date: Day, chance: Draws, territory: Territory): Generator<string> {
  for (const hall of territory.halls)
    for (const grid of hall.grids)
      for (const block of grid.blocks) yield resource(date, chance, block)
}

function resource(date: Day, chance: Draws, { place, building, households }: Block): string {
  const key = Number(place.code.slice(6)) * 4096 + (building ? Number(building.code.slice(13)) : 0)
  const fibre = building !== null || chance.happens(0.55, RESOURCE, key)
  const twoWay = fibre || chance.happens(0.4, RESOURCE, key, 1)
  const none = chance.happens(WITHOUT_PORTS, RESOURCE, key, 2)
  const total = none || !twoWay ? 0 : Math.ceil((households * 0.9) / 8) * 8
  const free = Math.floor(total * 0.5 * chance.share(RESOURCE, key, 3))
  const mbps = fibre ? 1000 : twoWay ? 100 : 0
  const asOf = iso(date - (date % 7))
  const access = fibre ? 'FTTH' : 'HFC'
  return csv([building?.code ?? place.code, '', access, String(twoWay), total, free, mbps, asOf])
}
