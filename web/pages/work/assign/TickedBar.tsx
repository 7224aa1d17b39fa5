import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import type { TaskKind } from '#contract/tasks.ts'
import { countText } from '../../../format/count.ts'
import { useSay } from '../../../language.ts'
import { AssignTasks } from './AssignTasks.tsx'
import css from './assign.module.css'
import type { Ticked, TickedNow } from './useTicked.ts'

const WORDS = {
  name: { zh: '已选用户', en: 'Chosen subscribers' },
  count: { zh: '已选 {count} 户', en: '{count} chosen' },
  assign: { zh: '指派任务', en: 'Give tasks' },
  clear: { zh: '全部取消', en: 'Choose none' },
} as const

/**
 * What can be done with whoever is ticked in the list above; it stays in sight at the foot of the
 * window. Whoever got a task is ticked no more, whoever got none is still.
 */
export function TickedBar(of: {
  now: TickedNow
  /** What a task of this list usually is about. */
  kind?: TaskKind
}): ReactNode {
  const say = useSay()
  const { ticked, untick, ticking } = of.now
  const [who, setWho] = useState<readonly Ticked[]>()
  return (
    <>
      {ticked.length > 0 && (
        <section className={css.bar} aria-label={say(WORDS.name)}>
          <span role="status">
            <strong>{say(WORDS.count, { count: countText(ticked.length) })}</strong> {ticking?.full}
          </span>
          <Button type="primary" onClick={() => setWho(ticked)}>
            {say(WORDS.assign)}
          </Button>
          <Button type="text" onClick={() => untick(ticked.map((each) => each.subscriberId))}>
            {say(WORDS.clear)}
          </Button>
        </section>
      )}
      {who && (
        <AssignTasks
          who={who}
          {...(of.kind ? { kind: of.kind } : {})}
          given={untick}
          done={() => setWho(undefined)}
        />
      )}
    </>
  )
}
