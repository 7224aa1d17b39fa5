import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import type { Endpoint } from '#contract/endpoint.ts'
import { listStaff, readTree } from '#contract/organisation.ts'
import { useCommand } from '../../../ask.ts'

/**
 * A command that changes the organisation: tree and people are asked for again, also by the frame,
 * whose path and pickers show the tree.
 */
export function useChange<E extends Endpoint>(endpoint: E, onDone: () => void) {
  const client = useQueryClient()
  const router = useRouter()
  return useCommand(endpoint, {
    renews: [readTree, listStaff],
    onDone: () => {
      client.removeQueries({ queryKey: [readTree.operationId, 'frame'] })
      void router.invalidate()
      onDone()
    },
  })
}
