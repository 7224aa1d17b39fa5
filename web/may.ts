import { useStanding } from './place.ts'

/** What a role may be allowed; the server decides, the console only says beforehand. */
export type Action =
  | 'import:write'
  | 'plan:make'
  | 'plan:publish'
  | 'campaign:write'
  | 'organisation:write'
  | 'staff:passwords'
  | 'calendar:write'
  | 'settings:write'
  | 'export:lists'

/** Whether the person’s roles allow the action; a control that they do not is disabled with the reason. */
export function useMay(action: Action): boolean {
  return useStanding().me.can.includes(action)
}
