import { type ReactNode, useEffect, useRef } from 'react'
import { sharedLead, shortAddress, whereTo } from '../format/address.ts'
import { dayText } from '../format/day.ts'
import { useLanguage, useSay } from '../language.ts'
import { CallButton } from './CallButton.tsx'
import { offerText } from './Card.tsx'
import { ConnectButton } from './ConnectButton.tsx'
import css from './field.module.css'
import type { Task } from './ListPage.tsx'

const WORDS = {
  script: { zh: '怎么说', en: 'What to say' },
  offer: { zh: '推荐', en: 'Offer' },
  todo: { zh: '做什么', en: 'What to do' },
  reasons: { zh: '为什么在清单上', en: 'Why on the list' },
  due: { zh: '{day}前办完', en: 'Due by {day}' },
  map: { zh: '导航', en: 'Navigate' },
  close: { zh: '关闭', en: 'Close' },
} as const

/** Everything about one visit, sliding up over the list: what to say, what it costs, why. */
export function TaskSheet(of: {
  branchId: string
  task: Task
  /** Whether the list is that of whoever looks at it. */
  own: boolean
  /** Whether the call platform connects whoever looks. */
  canCall: boolean
  /** Whether the household may be met now, where that is known. */
  opening?: ReactNode
  close: () => void
}): ReactNode {
  const { branchId, task, own, canCall, opening, close } = of
  const Calling = canCall ? ConnectButton : CallButton
  const say = useSay()
  const language = useLanguage()
  const where = whereTo(task)
  const sheet = useRef<HTMLDialogElement>(null)
  const name = useRef<HTMLHeadingElement>(null)
  // A dialog is shown by a call, not by an attribute, if it is to hold the focus.
  useEffect(() => {
    sheet.current?.showModal()
    name.current?.focus() // else the first button has it, and what stands above is scrolled away
  }, [])
  return (
    <dialog
      ref={sheet}
      className={css.sheet}
      aria-label={task.name ?? task.subscriberId}
      onClose={close}
      onPointerDown={(event) => event.target === sheet.current && sheet.current.close()}
    >
      <div>
        <header>
          <h2 ref={name} tabIndex={-1}>
            {task.name ?? task.subscriberId}
          </h2>
          <p title={where ?? undefined}>{shortAddress(where, sharedLead([where]))}</p>
          <p className={css.small}>{say(WORDS.due, { day: dayText(task.dueOn, language) })}</p>
        </header>
        {opening}
        {task.script.zh && (
          <section>
            <h3>{say(WORDS.script)}</h3>
            <p className={css.script}>{say(task.script)}</p>
          </section>
        )}
        <section>
          <h3>{say(task.offer.id ? WORDS.offer : WORDS.todo)}</h3>
          <p>
            <strong>{offerText(task, say)}</strong>
          </p>
          {task.offer.id && <p>{say(task.offer.terms)}</p>}
        </section>
        <section>
          <h3>{say(WORDS.reasons)}</h3>
          <ul>
            {task.reasons.map(({ code, text }) => (
              <li key={code}>{say(text)}</li>
            ))}
          </ul>
        </section>
        <Calling branchId={branchId} subscriberId={task.subscriberId} own={own} />
        <div className={css.sheetHands}>
          {task.mapLink && (
            <a href={task.mapLink} target="_blank" rel="noreferrer">
              {say(WORDS.map)}
            </a>
          )}
          <button type="button" className={css.primary} onClick={() => sheet.current?.close()}>
            {say(WORDS.close)}
          </button>
        </div>
      </div>
    </dialog>
  )
}
