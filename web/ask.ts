import {
  keepPreviousData,
  type NetworkMode,
  QueryCache,
  QueryClient,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { useRef } from 'react'
import type { Endpoint } from '#contract/endpoint.ts'
import { type Answer, call, type Input, Problem } from './api.ts'
import { useLanguage } from './language.ts'

/**
 * One client for a page; refusals are final, only an unreachable server is asked again. A question
 * that finds nobody signed in is told to `signedOut`. `networkMode` `always` asks without a network too.
 */
export function openClient(
  signedOut: (question: string) => void,
  { networkMode = 'online' }: { networkMode?: NetworkMode } = {},
): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({
      onError: (problem, { queryKey: [question] }) => {
        if (problem instanceof Problem && problem.status === 401) signedOut(String(question))
      },
    }),
    defaultOptions: {
      queries: {
        networkMode,
        staleTime: 15_000,
        refetchOnWindowFocus: false,
        retry: (times, problem) =>
          times < 2 && problem instanceof Problem && problem.code === 'unreachable',
      },
    },
  })
}

/** The parts of a query that pages use. */
export type Asked<E extends Endpoint> = UseQueryResult<Answer<E>, Error>

/**
 * The answer of the endpoint, asked anew when the input changes; the answer before stays on the
 * screen meanwhile unless `keep` is false. `when` false: not asked yet.
 */
export function useAnswer<E extends Endpoint>(
  endpoint: E,
  input: Input<E>,
  { when = true, keep = true, every }: AskOptions<E> = {},
): Asked<E> {
  const language = useLanguage()
  return useQuery<Answer<E>, Error>({
    queryKey: [endpoint.operationId, input, language],
    queryFn: ({ signal }) => call(endpoint, input, signal),
    enabled: when,
    ...(keep ? { placeholderData: keepPreviousData } : {}),
    ...(every
      ? { refetchInterval: (query) => !refused(query.state.error) && every(query.state.data) }
      : {}),
  })
}

type AskOptions<E extends Endpoint> = {
  when?: boolean
  keep?: boolean
  /** Milliseconds until the next question, by what is known; false: none. A refusal ends it. */
  every?: (known: Answer<E> | undefined) => number | false
}

/**
 * A command; when it is done, the answers of the named endpoints are asked for again. The same once
 * more while it is under way, as by a double click, is not sent.
 */
export function useCommand<E extends Endpoint>(
  endpoint: E,
  { renews = [], onDone }: { renews?: readonly Endpoint[]; onDone?: (answer: Answer<E>) => void },
) {
  const client = useQueryClient()
  const underWay = useRef(new Set<string>())
  const command = useMutation<Answer<E>, Error, Input<E>>({
    mutationFn: (input) => call(endpoint, input),
    onSettled: (_answer, _problem, input) => {
      underWay.current.delete(JSON.stringify(input))
    },
    onSuccess: async (answer) => {
      await Promise.all(
        renews.map(({ operationId }) => client.invalidateQueries({ queryKey: [operationId] })),
      )
      onDone?.(answer)
    },
  })
  const mutate: typeof command.mutate = (...of) => {
    const said = JSON.stringify(of[0])
    if (underWay.current.has(said)) return
    underWay.current.add(said)
    command.mutate(...of)
  }
  return { ...command, mutate }
}

/** Whether the server said no; one that cannot be reached may yet answer. */
function refused(problem: Error | null): boolean {
  return problem !== null && !(problem instanceof Problem && problem.code === 'unreachable')
}
