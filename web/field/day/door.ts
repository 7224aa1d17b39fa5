import { useSyncExternalStore } from 'react'
import { leaveTask, openTask } from '#contract/task-opening.ts'
import { type Answer, call, Problem } from '../../api.ts'

type OfTask = Readonly<{ branchId: string; taskId: string }>

/** The task that was opened last; `opening` is what the server said, `problem` why it did not. */
export type Door = OfTask &
  Readonly<{ opening: Answer<typeof openTask> | null; problem: Problem | null }>

let door: Door | undefined
let running: Promise<void> = Promise.resolve()
const listeners = new Set<() => void>()

function set(next: Door | undefined): void {
  door = next
  for (const tell of listeners) tell()
}

/** What is known of a task that was opened; undefined for every other one. */
export function useDoor(taskId: string): Door | undefined {
  const known = useSyncExternalStore(listen, () => door)
  return known?.taskId === taskId ? known : undefined
}

function listen(tell: () => void): () => void {
  listeners.add(tell)
  return () => listeners.delete(tell)
}

/**
 * Asks whether the household of a task may be met now, which keeps it for the person for half an hour;
 * the one before is let go. The card may be closed meanwhile: whoever knocks has the phone in a pocket.
 */
export function openDoor(of: OfTask): Promise<void> {
  return inTurn(async () => {
    if (door?.taskId !== of.taskId) await letGo()
    set({ ...of, opening: null, problem: null })
    try {
      set({ ...of, opening: await call(openTask, { params: of }), problem: null })
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      set({ ...of, opening: null, problem: error })
    }
  })
}

/** Lets others go to the household that was opened last. */
export function leaveDoor(): Promise<void> {
  return inTurn(letGo)
}

async function letGo(): Promise<void> {
  const left = door
  set(undefined)
  if (!left?.opening?.heldUntil) return
  const { branchId, taskId } = left
  try {
    await call(leaveTask, { params: { branchId, taskId } })
  } catch (error) {
    if (!(error instanceof Problem)) throw error // it ends by itself within half an hour
  }
}

/** One after another, so that what is asked last is what the server knows. */
function inTurn(work: () => Promise<void>): Promise<void> {
  running = running.then(work, work)
  return running
}
