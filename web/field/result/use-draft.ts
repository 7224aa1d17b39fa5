import { useEffect, useRef, useState } from 'react'
import { isRead } from '../day/phone-state.ts'
import { phone, usePhone } from '../day/store.ts'
import { fromBase64, toBase64 } from '../vault/bytes.ts'
import { emptyForm, type FieldTask, type Form, resultOf, type Where } from './form.ts'

/** Photos and a position that were taken for something. */
export type Taken = Readonly<{
  /** The photos by their numbers, as pictures. */
  photos: ReadonlyMap<string, Blob>
  position: Where | null
  addPhoto(jpeg: Uint8Array<ArrayBuffer>): Promise<void>
  dropPhoto(evidenceId: string): Promise<void>
  setPosition(position: Where | null): void
}>

/** A result under way: what was typed survives the page, until it is saved. */
export type Draft = Taken &
  Readonly<{
    /** Undefined until what was kept is read. */
    form: Form | undefined
    change(part: Partial<Form>): void
    /** Puts the result into the outbox. */
    save(): Promise<void>
  }>

const draftOf = (taskId: string) => `draft/${taskId}`
const photoOf = (evidenceId: string) => `photo/${evidenceId}`

export function useDraft(task: FieldTask, today: string): Draft {
  const { me, pack } = usePhone()
  const [form, setForm] = useState<Form>()
  const [photos, setPhotos] = useState<ReadonlyMap<string, Blob>>(new Map())
  const [position, setPosition] = useState<Where | null>(null)
  const writing = useRef<Promise<void>>(Promise.resolve())
  const jpegs = useRef(new Map<string, Uint8Array<ArrayBuffer>>())

  // What was typed before a reload comes out of the vault once, as the sheet opens.
  useEffect(() => {
    let isHere = true
    void readDraft(task, today).then(({ form: found, jpegs: all }) => {
      if (!isHere) return
      jpegs.current = all
      setPhotos(new Map([...all].map(([id, jpeg]) => [id, pictureOf(jpeg)])))
      setForm(found)
    })
    return () => {
      isHere = false
    }
  }, [task, today])

  /** One after another, so that the last word stands; a wish that failed stops none after it. */
  function write(work: () => Promise<void>): Promise<void> {
    writing.current = writing.current.then(work, work)
    return writing.current
  }

  function change(part: Partial<Form> | ((now: Form) => Partial<Form>)): void {
    setForm((now) => {
      if (!now) return now
      const next = { ...now, ...(typeof part === 'function' ? part(now) : part) }
      void write(() => phone.keep(draftOf(task.taskId), next))
      return next
    })
  }

  return {
    form,
    photos,
    position,
    change,
    setPosition,
    async addPhoto(jpeg) {
      const evidenceId = crypto.randomUUID()
      jpegs.current.set(evidenceId, jpeg)
      setPhotos((all) => new Map(all).set(evidenceId, pictureOf(jpeg)))
      await write(() => phone.keep(photoOf(evidenceId), toBase64(jpeg)))
      change((now) => ({ photos: [...now.photos, evidenceId] }))
    },
    async dropPhoto(evidenceId) {
      jpegs.current.delete(evidenceId)
      setPhotos((all) => new Map([...all].filter(([id]) => id !== evidenceId)))
      change((now) => ({ photos: now.photos.filter((id) => id !== evidenceId) }))
      await write(() => phone.forget(photoOf(evidenceId)))
    },
    async save() {
      if (!form?.result || !me || !isRead(pack))
        throw new Error('a result is saved from an open list, with its code')
      await writing.current
      const itemId = crypto.randomUUID()
      const at = new Date().toISOString()
      await phone.record(
        {
          ...{ itemId, at },
          branchId: pack.branchId,
          staffId: me.staffId,
          said: {
            ...{ kind: 'result', taskId: task.taskId },
            body: resultOf(form, task.kind, { resultId: itemId, at, position }),
          },
          photos: form.photos.flatMap((evidenceId) => {
            const jpeg = jpegs.current.get(evidenceId)
            return jpeg ? [{ evidenceId, jpeg }] : []
          }),
        },
        {
          ...{ itemId, at, taskId: task.taskId, result: form.result },
          name: task.name ?? task.subscriberId,
          place: [task.town, task.place].filter(Boolean).join(' · '),
          what: form.result === 'done' ? form.what : null,
          on: form.result === 'promised' ? form.on : null,
        },
      )
      await phone.forget(draftOf(task.taskId))
      for (const evidenceId of form.photos) await phone.forget(photoOf(evidenceId))
      void phone.sync({ now: false })
    },
  }
}

async function readDraft(task: FieldTask, today: string) {
  const empty = emptyForm(task, { today, at: new Date().toISOString() })
  const kept = (await phone.read(draftOf(task.taskId))) as Form | undefined
  const jpegs = new Map<string, Uint8Array<ArrayBuffer>>()
  for (const evidenceId of kept?.photos ?? []) {
    const base64 = (await phone.read(photoOf(evidenceId))) as string | undefined
    if (base64 !== undefined) jpegs.set(evidenceId, fromBase64(base64))
  }
  const form = kept ? { ...empty, ...kept, photos: [...jpegs.keys()] } : empty
  return { form, jpegs }
}

const pictureOf = (jpeg: Uint8Array<ArrayBuffer>) => new Blob([jpeg], { type: 'image/jpeg' })
