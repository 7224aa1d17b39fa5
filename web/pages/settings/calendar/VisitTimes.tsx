import { Drawer } from 'antd'
import { type ReactNode, useState } from 'react'
import { putVisitTimes, readCalendar } from '#contract/calendar.ts'
import { ActionButton } from '../../../ActionButton.tsx'
import { useCommand } from '../../../ask.ts'
import { useSay } from '../../../language.ts'
import { DataTable } from '../../../ui/DataTable.tsx'
import { Columns, EmptyState } from '../../../ui/Notices.tsx'
import { Part } from '../../../ui/PageTitle.tsx'
import { COMMON } from '../../../words.ts'
import { DAY_KINDS } from '../calendar-words.ts'
import css from './calendar.module.css'
import { CHANNELS, VisitTimesForm } from './VisitTimesForm.tsx'
import type { QuietHours, VisitWindow } from './visit-times.ts'

const WORDS = {
  title: { zh: '走访时段与免打扰', en: 'Visit windows and quiet hours' },
  note: { zh: '走访时段从上到下，好的在前。', en: 'Windows from the best down.' },
  windows: { zh: '走访时段', en: 'Visit windows' },
  window: { zh: '时段', en: 'Window' },
  time: { zh: '时间', en: 'Time' },
  on: { zh: '哪些日子', en: 'On' },
  quiet: { zh: '免打扰时段', en: 'Quiet hours' },
  channel: { zh: '渠道', en: 'Channel' },
  none: { zh: '没有免打扰时段', en: 'No quiet hours' },
  noneStep: { zh: '任何时间都可能联系用户。', en: 'Subscribers may be contacted at any time.' },
} as const

/** When people are at home, and when nobody is to be disturbed. */
export function VisitTimes(of: {
  branchId: string
  windows: readonly VisitWindow[]
  quietHours: readonly QuietHours[]
}): ReactNode {
  const say = useSay()
  const [open, setOpen] = useState(false)
  const save = useCommand(putVisitTimes, { renews: [readCalendar], onDone: () => setOpen(false) })
  return (
    <Part
      title={say(WORDS.title)}
      note={say(WORDS.note)}
      actions={
        <ActionButton size="small" needs="calendar:write" onClick={() => setOpen(true)}>
          {say(COMMON.edit)}
        </ActionButton>
      }
    >
      <Columns>
        <DataTable
          name={say(WORDS.windows)}
          dense
          rows={of.windows}
          keyOf={({ windowId }) => windowId}
          empty={null}
          columns={[
            { id: 'name', title: say(WORDS.window), render: ({ name }) => say(name) },
            { id: 'time', title: say(WORDS.time), render: (span) => <Time {...span} /> },
            {
              id: 'on',
              title: say(WORDS.on),
              render: ({ on }) => on.map((kind) => say(DAY_KINDS[kind])).join(' · '),
            },
          ]}
        />
        <DataTable
          name={say(WORDS.quiet)}
          dense
          rows={of.quietHours}
          keyOf={({ channel, from, to }) => `${channel} ${from} ${to}`}
          empty={<EmptyState title={say(WORDS.none)} step={say(WORDS.noneStep)} />}
          columns={[
            {
              id: 'channel',
              title: `${say(WORDS.quiet)} · ${say(WORDS.channel)}`,
              render: ({ channel }) => say(CHANNELS[channel]),
            },
            { id: 'time', title: say(WORDS.time), render: (span) => <Time {...span} /> },
          ]}
        />
      </Columns>
      <Drawer
        open={open}
        onClose={() => setOpen(false)}
        size={640}
        title={say(WORDS.title)}
        destroyOnHidden
      >
        {open && (
          <VisitTimesForm
            start={of}
            problem={save.error?.message}
            saving={save.isPending}
            cancel={() => setOpen(false)}
            save={(body) => save.mutate({ params: { branchId: of.branchId }, body })}
          />
        )}
      </Drawer>
    </Part>
  )
}

function Time({ from, to }: { from: string; to: string }): ReactNode {
  return <span className={css.time}>{`${from} – ${to}`}</span>
}
