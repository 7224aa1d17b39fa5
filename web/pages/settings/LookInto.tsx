import { Input, Modal } from 'antd'
import { type ReactNode, useState } from 'react'
import { listAlarms, lookIntoAlarm } from '#contract/personal.ts'
import { ActionButton } from '../../ActionButton.tsx'
import type { Answer } from '../../api.ts'
import { useCommand } from '../../ask.ts'
import { useSay } from '../../language.ts'
import { useStanding } from '../../place.ts'
import { ProblemNotice } from '../../ui/Notices.tsx'
import { COMMON } from '../../words.ts'

const WORDS = {
  look: { zh: '登记核查', en: 'Record a look' },
  note: { zh: '核查结论', en: 'What came of it' },
  own: { zh: '本人的提醒须由他人核查。', en: 'Somebody else looks into one’s own alarms.' },
  about: {
    zh: '结论会留痕。此后同一情形再发生，会重新等待核查。',
    en: 'This is kept for good. If it goes on after this, it waits for a look again.',
  },
} as const

type Alarm = Answer<typeof listAlarms>['rows'][number]

/** Records that somebody looked into an alarm, with what came of it. */
export function LookInto(of: { branchId: string; alarm: Alarm }): ReactNode {
  const say = useSay()
  const { me } = useStanding()
  const [isOpen, setOpen] = useState(false)
  const [note, setNote] = useState('')
  const { staffId, staffName, day, reason } = of.alarm
  const look = useCommand(lookIntoAlarm, { renews: [listAlarms], onDone: () => setOpen(false) })
  return (
    <>
      <ActionButton
        needs="alarm:read"
        size="small"
        blocked={staffId === me.staffId ? say(WORDS.own) : undefined}
        onClick={() => setOpen(true)}
      >
        {say(WORDS.look)}
      </ActionButton>
      <Modal
        open={isOpen}
        title={`${say(WORDS.look)} · ${say(staffName)}`}
        okText={say(COMMON.save)}
        cancelText={say(COMMON.cancel)}
        okButtonProps={{ loading: look.isPending, disabled: note.trim().length < 2 }}
        onCancel={() => setOpen(false)}
        onOk={() =>
          look.mutate({
            params: { branchId: of.branchId },
            body: { staffId, day, reason: reason.code, note },
          })
        }
      >
        <p>{say(reason.text)}</p>
        <p>{say(WORDS.about)}</p>
        <Input.TextArea
          aria-label={say(WORDS.note)}
          placeholder={say(WORDS.note)}
          value={note}
          maxLength={400}
          showCount
          onChange={({ target }) => setNote(target.value)}
        />
        {look.error && <ProblemNotice sentence={look.error.message} />}
      </Modal>
    </>
  )
}
