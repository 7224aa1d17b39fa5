import { type ReactNode, useEffect } from 'react'
import type { Sentence } from '#contract/language.ts'
import { clockText, instantText } from '../../format/day.ts'
import { useLanguage, useSay } from '../../language.ts'
import css from '../field.module.css'
import type { FieldTask } from '../result/form.ts'
import { useOnline } from './Band.tsx'
import { closedNow } from './closed-now.ts'
import { leaveDoor, openDoor, useDoor } from './door.ts'
import { isRead } from './phone-state.ts'
import { phone, usePhone } from './store.ts'

const WORDS = {
  title: { zh: '现在能不能联系', en: 'May they be met now' },
  asking: { zh: '正在核对…', en: 'Checking…' },
  open: { zh: '现在可以联系。', en: 'They may be met now.' },
  kept: {
    zh: '{at} 前为您保留这户，同事不会重复联系。',
    en: 'Kept for you until {at}: no colleague goes there meanwhile.',
  },
  closed: { zh: '现在不宜联系：{why}', en: 'Not now: {why}' },
  opens: { zh: '{at} 以后可以。', en: 'From {at}.' },
  asOf: {
    zh: '没有网络，按 {at} 取的清单判断。',
    en: 'Without a network: as the list of {at} says.',
  },
  leave: { zh: '先不去这户', en: 'Not going there now' },
} as const

/**
 * Whether the household of an own task may be met now: as the server says, which keeps it for the
 * person; as the list says where there is no network.
 */
export function Opening({ task, branchId }: { task: FieldTask; branchId: string }): ReactNode {
  const say = useSay()
  const { taskId, state } = task
  const online = useOnline()
  const door = useDoor(taskId)
  const isAsked = online && state === 'open'

  // The server hears that the card was opened, and again when the network comes back over it.
  useEffect(() => {
    if (isAsked) void openDoor({ branchId, taskId })
  }, [isAsked, branchId, taskId])

  const isAway = !online || door?.problem?.code === 'unreachable' || door?.problem?.status === 401
  if (state !== 'open') return null
  return (
    <section aria-label={say(WORDS.title)}>
      <h3>{say(WORDS.title)}</h3>
      {isAway ? <AsListed task={task} /> : <AsTold task={task} />}
      {door?.opening?.heldUntil && (
        <button type="button" className={css.plain} onClick={() => void leaveDoor()}>
          {say(WORDS.leave)}
        </button>
      )}
    </section>
  )
}

function AsTold({ task }: { task: FieldTask }): ReactNode {
  const say = useSay()
  const door = useDoor(task.taskId)
  const { opening, problem } = door ?? {}
  const isNews = opening
    ? opening.may === (closedNow(task, phone.now()) !== undefined)
    : problem !== undefined && problem !== null

  // The list does not go on to say otherwise than the server just did.
  useEffect(() => {
    if (isNews) void phone.sync({ now: true })
  }, [isNews])

  if (problem) return <p className={css.closed}>{problem.message}</p>
  if (!opening) return <p role="status">{say(WORDS.asking)}</p>
  const { may, opens, against, heldUntil } = opening
  if (!may) return <Closed because={against.map(({ text }) => text)} opens={opens} />
  return (
    <div role="status">
      <p>{say(WORDS.open)}</p>
      {heldUntil && <p>{say(WORDS.kept, { at: clockText(heldUntil) })}</p>}
    </div>
  )
}

function AsListed({ task }: { task: FieldTask }): ReactNode {
  const say = useSay()
  const { pack } = usePhone()
  const closed = closedNow(task, phone.now())
  const at = isRead(pack) ? clockText(pack.issuedAt) : ''
  return (
    <>
      {closed ? <Closed {...closed} /> : <p role="status">{say(WORDS.open)}</p>}
      <p className={css.small}>{say(WORDS.asOf, { at })}</p>
    </>
  )
}

function Closed(of: { because: readonly Sentence[]; opens: string | null }): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const why = of.because.map((each) => say(each)).join(' ')
  return (
    <p role="status" className={css.closed}>
      {say(WORDS.closed, { why })}{' '}
      {of.opens && say(WORDS.opens, { at: instantText(of.opens, language) })}
    </p>
  )
}
