import type { Action } from '#contract/permissions.ts'
import { useStanding } from './place.ts'

/** What a role may be allowed; the server decides, the console only says beforehand. */
export type { Action }

/** Whether the person’s roles allow the action; a control that they do not is disabled with the reason. */
export function useMay(action: Action): boolean {
  return useStanding().me.can.includes(action)
}
