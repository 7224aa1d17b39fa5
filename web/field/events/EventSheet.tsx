import { type ReactNode, useEffect, useRef, useState } from 'react'
import { listEvents, proveEvent, reportEvent } from '#contract/events.ts'
import { uploadEvidence } from '#contract/field.ts'
import { type Input, Problem, upload } from '../../api.ts'
import { useCommand } from '../../ask.ts'
import { dayText } from '../../format/day.ts'
import { useLanguage, useSay } from '../../language.ts'
import { usePhone } from '../day/store.ts'
import { Attached } from '../result/Attached.tsx'
import css from '../result/result.module.css'
import { isWaiting, keepsTold, keepTold, type OwnEvent, toldOf } from './own-events.ts'
import { ResultForm } from './ResultForm.tsx'
import { useProof } from './use-proof.ts'

const WORDS = {
  close: { zh: '关闭', en: 'Close' },
  early: {
    zh: '活动当天起可以上传凭证、上报结果。',
    en: 'From its day on it can be proved and reported.',
  },
  proof: { zh: '现场凭证', en: 'Proof' },
  have: { zh: '已上传 {photos} 张照片，{position}', en: '{photos} photos sent, {position}' },
  positioned: { zh: '有定位', en: 'with a position' },
  unpositioned: { zh: '没有定位', en: 'no position' },
  needs: {
    zh: '至少一张现场照片和定位，才计入每周场次。',
    en: 'It counts with at least one photo from the place and a position.',
  },
  send: { zh: '上传凭证', en: 'Send the proof' },
  sending: { zh: '正在上传…', en: 'Sending…' },
  sent: { zh: '凭证已收到。', en: 'The proof has arrived.' },
  keep: { zh: '保存凭证', en: 'Save the proof' },
  kept: {
    zh: '凭证已存在手机上，有网络时自动发送。',
    en: 'The proof is kept on this phone, and sent when there is a network.',
  },
  failed: {
    zh: '没有存上，请再试一次。手机空间可能已满。',
    en: 'It was not kept; try again. The phone may be full.',
  },
  reportWaits: {
    zh: '活动结果已存在手机上，待发送；送达后可以更正。',
    en: 'The result is kept on this phone and waits to be sent; it can be amended once it has arrived.',
  },
  unkept: {
    zh: '没有保存的内容不会留在手机上，请不要关闭。',
    en: 'What is not saved yet is not kept on this phone; do not close it.',
  },
  more: { zh: '再补照片或定位', en: 'Send more' },
  result: { zh: '活动结果', en: 'Result' },
  unsaved: {
    zh: '没有上传的内容不会保存在手机上，请不要关闭。',
    en: 'What is not sent yet is not kept on this phone; do not close it.',
  },
} as const

/** One event of one’s own: photos and position as proof, and what came of it. */
export function EventSheet(of: {
  branchId: string
  event: OwnEvent
  close: () => void
}): ReactNode {
  const { branchId, event, close } = of
  const say = useSay()
  const language = useLanguage()
  const sheet = useRef<HTMLDialogElement>(null)
  // A dialog is shown by a call, not by an attribute, if it is to hold the focus.
  useEffect(() => sheet.current?.showModal(), [])
  const params = { branchId, eventId: event.eventId }
  const known = usePhone()
  const keeps = keepsTold(known)
  const reportWaits = toldOf(event.eventId, known).some(
    (each) => each.entry.tells === 'report' && isWaiting(each),
  )
  const [hasFailed, setFailed] = useState(false)
  const report = useCommand(reportEvent, {
    renews: [listEvents],
    onDone: () => sheet.current?.close(),
  })

  async function keep(body: Input<typeof reportEvent>['body']): Promise<void> {
    setFailed(false)
    try {
      await keepTold(event, { ...body, tells: 'report' })
      sheet.current?.close()
    } catch (error) {
      setFailed(true)
      console.error(error)
    }
  }

  return (
    <dialog ref={sheet} className={css.sheet} aria-label={event.placeName} onClose={close}>
      <header>
        <div>
          <h2>{event.placeName}</h2>
          <p>
            {dayText(event.onDay, language)} {event.starts}–{event.ends} · {event.unitName}
          </p>
        </div>
        <button type="button" className={css.close} onClick={() => sheet.current?.close()}>
          {say(WORDS.close)}
        </button>
      </header>
      <div className={css.body}>
        {event.can.includes('report') ? (
          <>
            <Proof branchId={branchId} event={event} />
            {reportWaits ? (
              <p role="status">{say(WORDS.reportWaits)}</p>
            ) : (
              <ResultForm
                key={event.result?.version ?? 0}
                last={event.result}
                isSending={report.isPending}
                problem={hasFailed ? say(WORDS.failed) : report.error?.message}
                send={(body) => (keeps ? void keep(body) : report.mutate({ params, body }))}
              />
            )}
            <p className={css.quiet}>{say(keeps ? WORDS.unkept : WORDS.unsaved)}</p>
          </>
        ) : (
          <p>{event.calledOff ? event.calledOff.note : say(WORDS.early)}</p>
        )}
      </div>
    </dialog>
  )
}

function Proof({ branchId, event }: { branchId: string; event: OwnEvent }): ReactNode {
  const say = useSay()
  const proof = useProof()
  const [isSending, setSending] = useState(false)
  const [problem, setProblem] = useState<string>()
  const [isSent, setSent] = useState(false)
  const known = usePhone()
  const keeps = keepsTold(known)
  const waits = toldOf(event.eventId, known).some(isWaiting)
  const prove = useCommand(proveEvent, {
    renews: [listEvents],
    onDone: () => {
      proof.clear()
      setSent(true)
    },
  })
  const isEmpty = proof.photos.size === 0 && proof.position === null

  /** The photos first, each under its number: sent again after a failure it is the same. */
  async function send(): Promise<void> {
    setProblem(undefined)
    setSending(true)
    try {
      if (keeps) {
        const photos = [...proof.photos.keys()]
        await keepTold(event, { tells: 'proof', photos, position: proof.position }, proof.photos)
        proof.clear()
        setSent(true)
        return
      }
      for (const [evidenceId, picture] of proof.photos)
        await upload(
          uploadEvidence,
          { params: { branchId, evidenceId } },
          new File([picture], 'photo.jpg', { type: 'image/jpeg' }),
          { tell: () => {}, signal: new AbortController().signal },
        )
      prove.mutate({
        params: { branchId, eventId: event.eventId },
        body: { photos: [...proof.photos.keys()], position: proof.position },
      })
    } catch (error) {
      if (!(error instanceof Problem) && !keeps) throw error
      if (keeps) console.error(error)
      setProblem(error instanceof Problem ? error.message : say(WORDS.failed))
    } finally {
      setSending(false)
    }
  }

  const isBusy = isSending || prove.isPending
  const said = problem ?? prove.error?.message
  return (
    <section aria-label={say(WORDS.proof)} className={css.part}>
      <h3>{say(WORDS.proof)}</h3>
      <p className={css.quiet}>
        {event.photos > 0 || event.hasPosition
          ? say(WORDS.have, {
              photos: event.photos,
              position: say(event.hasPosition ? WORDS.positioned : WORDS.unpositioned),
            })
          : say(WORDS.needs)}
      </p>
      {event.against.map(({ code, text }) => (
        <p key={code} className={css.soon}>
          {say(text)}
        </p>
      ))}
      {isSent ? (
        <>
          <p role="status">{say(waits ? WORDS.kept : WORDS.sent)}</p>
          <button type="button" className={css.close} onClick={() => setSent(false)}>
            {say(WORDS.more)}
          </button>
        </>
      ) : (
        <>
          <Attached draft={proof} photo={null} position />
          {said && <p role="alert">{said}</p>}
          <button
            type="button"
            className={css.save}
            aria-disabled={isEmpty || isBusy}
            onClick={() => !isEmpty && !isBusy && void send()}
          >
            {say(isBusy ? WORDS.sending : keeps ? WORDS.keep : WORDS.send)}
          </button>
        </>
      )}
    </section>
  )
}
