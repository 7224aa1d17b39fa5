import { Button } from 'antd'
import { type DragEvent, type ReactNode, useRef, useState } from 'react'
import { uploadFile } from '#contract/imports.ts'
import { ActionButton } from '../../ActionButton.tsx'
import { type Sent, upload } from '../../api.ts'
import { sizeText } from '../../format/size.ts'
import { useSay } from '../../language.ts'
import { useMay } from '../../may.ts'
import { ProblemNotice } from '../../ui/Notices.tsx'
import { ProgressLine } from '../../ui/ProgressLine.tsx'
import { COMMON } from '../../words.ts'
import type { Delivered } from './delivered.ts'
import css from './imports.module.css'

const WORDS = {
  here: { zh: '把文件拖到这里，或', en: 'Drop the file here, or' },
  choose: { zh: '选择文件', en: 'Choose a file' },
  other: { zh: '换一个文件', en: 'Choose another file' },
  limit: {
    zh: '网页上传不超过 2 GiB；更大的文件请用命令行导入。',
    en: 'At most 2 GiB in the web; import larger files with the command line.',
  },
  sending: { zh: '正在上传 {name}', en: 'Uploading {name}' },
  sent: { zh: '{sent} / {all}', en: '{sent} of {all}' },
  arrived: { zh: '已收到 {name}（{size}）', en: '{name} has arrived ({size})' },
  tooLarge: {
    zh: '{name} 有 {size}，超过 2 GiB 的上限，请用命令行导入。',
    en: '{name} has {size}, over the limit of 2 GiB; import it with the command line.',
  },
} as const

const MOST_BYTES = 2 * 1024 ** 3

type Sending = Readonly<{ file: File; sent: Sent; stop: AbortController }>

/** Where a file is dropped or chosen; it is sent at once, with its progress and a way to stop. */
export function Drop(of: {
  branchId: string
  delivered: Delivered | undefined
  done: (delivered: Delivered | undefined) => void
}): ReactNode {
  const say = useSay()
  const allowed = useMay('import:write')
  const input = useRef<HTMLInputElement>(null)
  const [sending, setSending] = useState<Sending>()
  const [problem, setProblem] = useState<string>()
  const [over, setOver] = useState(false)

  async function send(file: File): Promise<void> {
    of.done(undefined)
    if (file.size > MOST_BYTES) {
      setProblem(say(WORDS.tooLarge, { name: file.name, size: sizeText(file.size) }))
      return
    }
    setProblem(undefined)
    const stop = new AbortController()
    setSending({ file, stop, sent: { bytes: 0, of: file.size } })
    try {
      const tell = (sent: Sent) => setSending({ file, stop, sent })
      of.done(
        await upload(uploadFile, { params: { branchId: of.branchId } }, file, {
          tell,
          signal: stop.signal,
        }),
      )
    } catch (failure) {
      if (!stop.signal.aborted)
        setProblem(failure instanceof Error ? failure.message : String(failure))
    } finally {
      setSending(undefined)
    }
  }

  function dropped(event: DragEvent): void {
    event.preventDefault()
    setOver(false)
    const [file] = event.dataTransfer.files
    if (file && allowed) void send(file)
  }

  if (sending)
    return (
      <ProgressLine
        phase={say(WORDS.sending, { name: sending.file.name })}
        share={sending.sent.of === 0 ? null : Math.min(1, sending.sent.bytes / sending.sent.of)}
        details={[
          say(WORDS.sent, { sent: sizeText(sending.sent.bytes), all: sizeText(sending.sent.of) }),
        ]}
        stop={{ name: say(COMMON.cancel), run: () => sending.stop.abort(), asked: false }}
      />
    )
  return (
    <>
      {problem && <ProblemNotice sentence={problem} />}
      <input
        ref={input}
        type="file"
        className="visually-hidden"
        tabIndex={-1}
        aria-label={say(WORDS.choose)}
        accept=".csv,.txt,.tsv,.gz,.xlsx,.parquet,.xls"
        disabled={!allowed}
        onChange={({ target }) => {
          const [file] = target.files ?? []
          target.value = ''
          if (file) void send(file)
        }}
      />
      {of.delivered ? (
        <div className={css.arrived}>
          <span role="status">
            {say(WORDS.arrived, {
              name: of.delivered.name,
              size: sizeText(of.delivered.bytes),
            })}
          </span>
          <Button size="small" onClick={() => input.current?.click()}>
            {say(WORDS.other)}
          </Button>
        </div>
      ) : (
        // The button inside is the keyboard’s way; the area around it only catches what is dropped.
        <fieldset
          className={css.drop}
          data-over={over}
          onDragOver={(event) => {
            event.preventDefault()
            setOver(true)
          }}
          onDragLeave={() => setOver(false)}
          onDrop={dropped}
        >
          {say(WORDS.here)}
          <ActionButton needs="import:write" onClick={() => input.current?.click()}>
            {say(WORDS.choose)}
          </ActionButton>
          <small>{say(WORDS.limit)}</small>
        </fieldset>
      )}
    </>
  )
}
