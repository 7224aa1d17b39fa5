import * as contract from '#contract/tokens.ts'
import type { Http } from '#platform/http.ts'
import { listTokens, makeToken, revokeToken } from './service-tokens.ts'

export function serviceTokenRoutes(http: Http): void {
  http.serve(contract.listTokens, listTokens)
  http.serve(contract.makeToken, (unit, _, body) => makeToken(unit, body))
  http.serve(contract.revokeToken, async (unit, { tokenId }) => {
    await revokeToken(unit, tokenId)
    return { done: true } as const
  })
}
