import { Modal, Radio } from 'antd'
import { type ReactNode, useState } from 'react'
import { readBoard } from '#contract/board.ts'
import { listTasks, readPersonList } from '#contract/plans.ts'
import { splitTasks } from '#contract/tasks.ts'
import type { Answer } from '../../api.ts'
import { useAnswer, useCommand } from '../../ask.ts'
import { countText } from '../../format/count.ts'
import { type Say, useSay } from '../../language.ts'
import { usePlace } from '../../place.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { Field, Fields } from '../../ui/Field.tsx'
import { EmptyState, ProblemNotice, Waiting, Warnings } from '../../ui/Notices.tsx'
import { COMMON } from '../../words.ts'
import css from './work.module.css'

const WORDS = {
  ofPerson: { zh: '{name}的任务分给同班组', en: 'Tasks of {name} to the crew' },
  ofUnit: { zh: '{name}的任务重新分派', en: 'Divide the tasks of {name} anew' },
  about: {
    zh: '分派当日未办的任务，同村的尽量归一人。确定之前可以先看结果。',
    en: 'What is left of the day is divided; a village stays with one person as far as there is room. Nothing changes until you say so.',
  },
  by: { zh: '怎么分', en: 'How' },
  capacity: { zh: '按各人余力', en: 'by what each can do' },
  subscribers: { zh: '按用户数均分', en: 'by number of subscribers' },
  person: { zh: '人员', en: 'Person' },
  tasks: { zh: '分得任务', en: 'Tasks' },
  homes: { zh: '用户', en: 'Subscribers' },
  room: { zh: '原有余力', en: 'Room' },
  places: { zh: '村、小区', en: 'Places' },
  ok: { zh: '分派 {count} 项', en: 'Divide {count}' },
  left: {
    zh: '{count} 项没有人有余力，仍在原处。',
    en: 'Nobody has room for {count}; they stay where they are.',
  },
  warnings: { zh: '请注意', en: 'Mind' },
  none: { zh: '没有可分的任务', en: 'There is nothing to divide' },
  noneStep: { zh: '当日未办的任务才能分派。', en: 'Only what is left of the day can be divided.' },
} as const

/** Whose open tasks are divided: a person’s, who is away, or those of a crew. */
export type Dividing = Readonly<{ kind: 'person' | 'unit'; id: string; name: string }>
type Shares = Answer<typeof splitTasks>
type Share = Shares['shares'][number]

/** Divides the open tasks of a day among the crew; how, is shown before it is done. */
export function DivideTasks(of: { dividing: Dividing; date: string; done: () => void }): ReactNode {
  const say = useSay()
  const { branchId } = usePlace()
  const { kind, id, name } = of.dividing
  const [by, setBy] = useState<'capacity' | 'subscribers'>(
    kind === 'person' ? 'capacity' : 'subscribers',
  )
  const bodyOf = (how: typeof by, dryRun: boolean) => ({
    ...(kind === 'person' ? { from: id, unit: null } : { from: null, unit: id }),
    ...{ date: of.date, among: null, by: how, dryRun },
  })
  const about = { params: { branchId }, body: bodyOf(by, true) }
  const looked = useAnswer(splitTasks, about, { keep: false })
  const divide = useCommand(splitTasks, {
    renews: [readBoard, listTasks, readPersonList, splitTasks],
    onDone: of.done,
  })
  const shares = looked.data
  const problem = divide.error ?? looked.error
  return (
    <Modal
      open
      width={640}
      title={say(kind === 'person' ? WORDS.ofPerson : WORDS.ofUnit, { name })}
      okText={say(WORDS.ok, { count: countText(shares?.moved ?? 0) })}
      cancelText={say(COMMON.cancel)}
      onCancel={of.done}
      onOk={() => divide.mutate({ params: { branchId }, body: bodyOf(by, false) })}
      okButtonProps={{
        loading: divide.isPending,
        disabled: looked.isPending || !shares || shares.moved === 0,
      }}
    >
      <p>{say(WORDS.about)}</p>
      {problem && <ProblemNotice sentence={problem.message} />}
      <Fields>
        <Field name={say(WORDS.by)} wide>
          <Radio.Group
            aria-label={say(WORDS.by)}
            optionType="button"
            value={by}
            onChange={(event) => setBy(event.target.value)}
            options={(['capacity', 'subscribers'] as const).map((value) => ({
              value,
              label: say(WORDS[value]),
            }))}
          />
        </Field>
      </Fields>
      {looked.isPending && <Waiting name={say(WORDS.by)} />}
      {shares && !looked.isPending && <Shown shares={shares} say={say} />}
    </Modal>
  )
}

function Shown({ shares, say }: { shares: Shares; say: Say }): ReactNode {
  const { left, moved } = shares
  if (moved + left === 0) return <EmptyState title={say(WORDS.none)} step={say(WORDS.noneStep)} />
  return (
    <div className={css.choices}>
      <Warnings
        name={say(WORDS.warnings)}
        lines={left > 0 ? [say(WORDS.left, { count: countText(left) })] : []}
      />
      <DataTable
        name={say(WORDS.tasks)}
        columns={columnsOf(say)}
        rows={shares.shares}
        keyOf={({ staffId }) => staffId}
        dense
        cards
        empty={null}
      />
    </div>
  )
}

function columnsOf(say: Say): Column<Share>[] {
  const counted = (id: 'tasks' | 'subscribers' | 'room', title: string): Column<Share> => ({
    ...{ id, title, numeric: true },
    render: (share) => countText(share[id]),
  })
  return [
    { id: 'person', title: say(WORDS.person), nowrap: true, render: ({ staffName }) => staffName },
    counted('tasks', say(WORDS.tasks)),
    counted('subscribers', say(WORDS.homes)),
    counted('room', say(WORDS.room)),
    {
      ...{ id: 'places', title: say(WORDS.places) },
      render: ({ places }) =>
        places.flatMap(({ town, place }) => place ?? town ?? []).join('、') || '–',
    },
  ]
}
