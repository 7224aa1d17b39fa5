import { queryOptions } from '@tanstack/react-query'
import { readTree } from '#contract/organisation.ts'
import { whoAmI } from '#contract/session.ts'
import { call } from './api.ts'

/** Who is signed in; asked before the first page and again whenever it is called in question. */
export const askMe = queryOptions({
  queryKey: [whoAmI.operationId],
  queryFn: ({ signal }) => call(whoAmI, {}, signal),
  staleTime: 300_000,
})

/** The units in scope, and those above them; renewed when the organisation is changed. */
export const askTree = queryOptions({
  queryKey: [readTree.operationId, 'standing'],
  queryFn: ({ signal }) => call(readTree, {}, signal),
  staleTime: 300_000,
})
