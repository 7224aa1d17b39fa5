import { type ReactNode, useEffect, useRef, useState } from 'react'
import { TASK_FORMS } from '#contract/task-forms.ts'
import { RESULT_NAMES, type ResultCode } from '#contract/tasks.ts'
import { sharedLead, shortAddress, whereTo } from '../../format/address.ts'
import { useSay } from '../../language.ts'
import { Attached } from './Attached.tsx'
import { type Amiss, amissIn, type FieldTask, type Form } from './form.ts'
import { type Colleagues, ResultPart } from './Parts.tsx'
import css from './result.module.css'
import { type Draft, useDraft } from './use-draft.ts'

const WORDS = {
  title: { zh: '结果', en: 'Result' },
  choose: { zh: '结果是什么', en: 'What came of it' },
  alone: {
    zh: '清单里没有今天上班的同事，转交请联系片区经理改派。',
    en: 'The list knows of no colleague at work today; ask the zone manager to give the task to somebody.',
  },
  note: { zh: '备注（可不填）', en: 'Note (optional)' },
  save: { zh: '保存', en: 'Save' },
  close: { zh: '关闭', en: 'Close' },
  draft: { zh: '没保存的内容会留在这台手机上。', en: 'What is not saved yet stays on this phone.' },
  failed: {
    zh: '没有存上，请再试一次。手机空间可能已满。',
    en: 'It was not kept; try again. The phone may be full.',
  },
} as const

/** What came of a visit, told in three taps: the result, what is usual of it, and save. */
export function ResultSheet(of: {
  task: FieldTask
  today: string
  colleagues: Colleagues
  onSaved: (result: ResultCode) => void
  close: () => void
}): ReactNode {
  const { task, today, colleagues, onSaved, close } = of
  const say = useSay()
  const where = whereTo(task)
  const sheet = useRef<HTMLDialogElement>(null)
  const draft = useDraft(task, today)
  const [amiss, setAmiss] = useState<Amiss>()
  const [isSaving, setSaving] = useState(false)
  const [hasFailed, setFailed] = useState(false)
  // A dialog is shown by a call, not by an attribute, if it is to hold the focus.
  useEffect(() => sheet.current?.showModal(), [])

  async function save(form: Form): Promise<void> {
    const found = amissIn(form, task.kind, today)
    setAmiss(found)
    if (found || form.result === null || isSaving) return
    setSaving(true)
    try {
      await draft.save()
      onSaved(form.result)
    } catch (error) {
      setFailed(true)
      console.error(error)
    } finally {
      setSaving(false)
    }
  }

  return (
    <dialog
      ref={sheet}
      className={css.sheet}
      aria-label={`${say(WORDS.title)} · ${task.name ?? task.subscriberId}`}
      onClose={close}
    >
      <header>
        <div>
          <h2>
            {task.name ?? task.subscriberId} <small>{say(task.campaignName)}</small>
          </h2>
          <p title={where ?? undefined}>{shortAddress(where, sharedLead([where]))}</p>
        </div>
        <button type="button" className={css.close} onClick={() => sheet.current?.close()}>
          {say(WORDS.close)}
        </button>
      </header>
      {draft.form && (
        <>
          <Body
            {...{ draft, today, amiss, colleagues }}
            kind={task.kind}
            hasOffer={task.offer.id !== ''}
            form={draft.form}
          />
          <footer>
            {hasFailed && <p role="alert">{say(WORDS.failed)}</p>}
            {amiss && <p role="alert">{say(amiss.said)}</p>}
            <button
              type="button"
              className={css.save}
              aria-disabled={isSaving || draft.form.result === null}
              onClick={() => draft.form && void save(draft.form)}
            >
              {say(WORDS.save)}
            </button>
          </footer>
        </>
      )}
    </dialog>
  )
}

function Body(of: {
  form: Form
  draft: Draft
  today: string
  amiss: Amiss | undefined
  kind: FieldTask['kind']
  hasOffer: boolean
  colleagues: Colleagues
}): ReactNode {
  const { form, draft, today, amiss, kind, hasOffer, colleagues } = of
  const { change } = draft
  const say = useSay()
  return (
    <div className={css.body}>
      <Results {...{ kind, form, change }} isAlone={colleagues.length === 0} />
      <ResultPart {...{ kind, hasOffer, form, today, amiss, change, colleagues }} />
      {form.result !== null && (
        <>
          <label className={css.line}>
            {say(WORDS.note)}
            <textarea
              rows={2}
              maxLength={500}
              value={form.note}
              onChange={({ target }) => change({ note: target.value })}
            />
          </label>
          <Attached
            draft={draft}
            photo={form.result === 'done' ? TASK_FORMS[kind].photo : null}
            position={TASK_FORMS[kind].position}
          />
        </>
      )}
      <p className={css.quiet}>{say(WORDS.draft)}</p>
    </div>
  )
}

/** So many results are shown large. */
const COMMON = 5

function Results(of: {
  kind: FieldTask['kind']
  form: Form
  change: Draft['change']
  /** Nobody is known to hand it to. */
  isAlone: boolean
}): ReactNode {
  const { kind, form, change, isAlone } = of
  const say = useSay()
  const [asked, setAsked] = useState(false)
  const { results } = TASK_FORMS[kind]
  // Two that are left over stand beside each other as large as those above.
  const large = results.length === COMMON + 2 ? results.length : COMMON
  return (
    <fieldset className={css.results}>
      <legend>{say(WORDS.choose)}</legend>
      {results.map((result, at) => {
        const isClosed = result === 'handed_over' && isAlone
        return (
          <button
            key={result}
            type="button"
            className={at < large ? css.common : undefined}
            aria-pressed={form.result === result}
            aria-disabled={isClosed}
            onClick={() => (isClosed ? setAsked(!asked) : change({ result }))}
          >
            {say(RESULT_NAMES[result])}
          </button>
        )
      })}
      {asked && <p role="status">{say(WORDS.alone)}</p>}
    </fieldset>
  )
}
