import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { useSay } from '../../../language.ts'
import { useMay } from '../../../may.ts'
import { AssignTasks } from './AssignTasks.tsx'
import type { Ticked } from './useTicked.ts'

const ASSIGN = { zh: '指派任务', en: 'Give a task' } as const

/** Gives a task about one household, offered to whoever may give tasks. */
export function AssignOne({ who }: { who: Ticked }): ReactNode {
  const say = useSay()
  const mayAssign = useMay('task:assign')
  const [isOpen, setOpen] = useState(false)
  if (!mayAssign) return null
  return (
    <>
      <Button onClick={() => setOpen(true)}>{say(ASSIGN)}</Button>
      {isOpen && <AssignTasks who={[who]} done={() => setOpen(false)} />}
    </>
  )
}
