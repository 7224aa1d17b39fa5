import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { ResultCode } from '#contract/tasks.ts'
import { whereTo } from '../../format/address.ts'
import { useSay } from '../../language.ts'
import { Attached } from './Attached.tsx'
import { type Amiss, amissIn, type FieldTask, type Form } from './form.ts'
import { ResultPart } from './Parts.tsx'
import css from './result.module.css'
import { COMMON_RESULTS, nameOfResult, RARE_RESULTS } from './result-words.ts'
import { type Draft, useDraft } from './use-draft.ts'

const WORDS = {
  title: { zh: '结果', en: 'Result' },
  choose: { zh: '结果是什么', en: 'What came of it' },
  handOver: { zh: '转交', en: 'Handed over' },
  handOverWhy: {
    zh: '转交给同事请联系片区经理改派。',
    en: 'To hand a task over, ask the zone manager to give it to somebody else.',
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
  onSaved: (result: ResultCode) => void
  close: () => void
}): ReactNode {
  const { task, today, onSaved, close } = of
  const say = useSay()
  const sheet = useRef<HTMLDialogElement>(null)
  const draft = useDraft(task, today)
  const [amiss, setAmiss] = useState<Amiss>()
  const [isSaving, setSaving] = useState(false)
  const [hasFailed, setFailed] = useState(false)
  // A dialog is shown by a call, not by an attribute, if it is to hold the focus.
  useEffect(() => sheet.current?.showModal(), [])

  async function save(form: Form): Promise<void> {
    const found = amissIn(form, today)
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
          <h2>{task.name ?? task.subscriberId}</h2>
          <p>{whereTo(task)}</p>
        </div>
        <button type="button" className={css.close} onClick={() => sheet.current?.close()}>
          {say(WORDS.close)}
        </button>
      </header>
      {draft.form && (
        <>
          <Body {...{ draft, today, amiss }} form={draft.form} />
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
}): ReactNode {
  const { form, draft, today, amiss } = of
  const { change } = draft
  const say = useSay()
  return (
    <div className={css.body}>
      <Results form={form} change={change} />
      <ResultPart {...{ form, today, amiss, change }} />
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
          <Attached draft={draft} />
        </>
      )}
      <p className={css.quiet}>{say(WORDS.draft)}</p>
    </div>
  )
}

const isCommon = (result: ResultCode) => COMMON_RESULTS.some((each) => each === result)

function Results(of: { form: Form; change: Draft['change'] }): ReactNode {
  const { form, change } = of
  const say = useSay()
  const [asked, setAsked] = useState(false)
  return (
    <fieldset className={css.results}>
      <legend>{say(WORDS.choose)}</legend>
      {[...COMMON_RESULTS, ...RARE_RESULTS].map((result) => (
        <button
          key={result}
          type="button"
          className={isCommon(result) ? css.common : undefined}
          aria-pressed={form.result === result}
          onClick={() => change({ result })}
        >
          {say(nameOfResult(result))}
        </button>
      ))}
      <button type="button" aria-disabled="true" onClick={() => setAsked(!asked)}>
        {say(WORDS.handOver)}
      </button>
      {asked && <p role="status">{say(WORDS.handOverWhy)}</p>}
    </fieldset>
  )
}
