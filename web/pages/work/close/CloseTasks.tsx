import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { readClose } from '#contract/close.ts'
import { listTasks } from '#contract/plans.ts'
import { Asked } from '../../../Asked.tsx'
import type { Answer } from '../../../api.ts'
import { useAnswer } from '../../../ask.ts'
import { sharedLead } from '../../../format/address.ts'
import { countText } from '../../../format/count.ts'
import { useSay } from '../../../language.ts'
import { usePlace } from '../../../place.ts'
import { Address, AddressLead } from '../../../ui/Address.tsx'
import { Mark } from '../../../ui/Notices.tsx'
import { CloseChoice } from './CloseChoice.tsx'
import css from './close.module.css'
import type { Choice } from './deciding.ts'

const WORDS = {
  times: { zh: '已顺延 {count} 次', en: 'carried over {count} times' },
  once: { zh: '已顺延 1 次', en: 'carried over once' },
  most: {
    zh: '只列出前 {count} 项，其余的按此人的安排。',
    en: 'The first {count} are listed; the others go the way chosen for the person.',
  },
} as const
/** A page of tasks. */
const MOST = 200

/** What somebody has left, task by task, each with a way of its own or that of the person. */
export function CloseTasks(of: {
  date: string
  staffId: string
  left: Answer<typeof readClose>['tasks']
  byTask: ReadonlyMap<string, Choice>
  above: Choice | undefined
  choose: (taskId: string, choice: Choice | undefined) => void
}): ReactNode {
  const say = useSay()
  const { branchId } = usePlace()
  const list = useAnswer(listTasks, {
    params: { branchId },
    query: { date: of.date, assignee: of.staffId, part: 'left', limit: MOST },
  })
  const times = new Map(of.left.map((task) => [task.taskId, task.times]))
  const timesText = (count: number) =>
    count === 1 ? say(WORDS.once) : say(WORDS.times, { count: countText(count) })
  return (
    <Asked of={list} lines={4}>
      {({ rows, total }) => {
        const lead = sharedLead(rows.map(({ address }) => address))
        return (
          <>
            <AddressLead lead={lead} />
            <ul className={css.tasks}>
              {rows.flatMap(({ taskId, subscriberId, name, address, campaignName }) => {
                const carried = times.get(taskId)
                if (carried === undefined) return []
                return (
                  <li key={taskId}>
                    <span>
                      <Link to="/base/$subscriberId" params={{ subscriberId }}>
                        {name ?? subscriberId}
                      </Link>{' '}
                      <Address address={address} lead={lead} /> <small>{say(campaignName)}</small>{' '}
                      {carried > 0 && <Mark tone="soon">{timesText(carried)}</Mark>}
                    </span>
                    <CloseChoice
                      name={`${name ?? ''} ${address ?? taskId}`.trim()}
                      value={of.byTask.get(taskId)}
                      above={of.above}
                      change={(choice) => of.choose(taskId, choice)}
                    />
                  </li>
                )
              })}
            </ul>
            {total > MOST && <p>{say(WORDS.most, { count: countText(MOST) })}</p>}
          </>
        )
      }}
    </Asked>
  )
}
