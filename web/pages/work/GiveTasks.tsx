import { Checkbox, Modal, Radio } from 'antd'
import { type ReactNode, useState } from 'react'
import { readBoard } from '#contract/board.ts'
import { listTasks, readPersonList } from '#contract/plans.ts'
import { reassignTasks, splitTasks, takeBackTasks } from '#contract/tasks.ts'
import { Asked } from '../../Asked.tsx'
import type { Answer } from '../../api.ts'
import { useAnswer, useCommand } from '../../ask.ts'
import { sharedLead } from '../../format/address.ts'
import { countText, orderText } from '../../format/count.ts'
import { useSay } from '../../language.ts'
import { usePlace } from '../../place.ts'
import { Address } from '../../ui/Address.tsx'
import { Field, Fields } from '../../ui/Field.tsx'
import { EmptyState, ProblemNotice, Warnings } from '../../ui/Notices.tsx'
import { COMMON } from '../../words.ts'
import { StaffPicker } from '../settings/organisation/StaffPicker.tsx'
import css from './work.module.css'

const WORDS = {
  of: { zh: '改派{name}的任务', en: 'Tasks of {name} to others' },
  ofNobody: { zh: '分派收回的任务', en: 'Give out what was taken back' },
  how: { zh: '交给', en: 'They go' },
  give: { zh: '改派给', en: 'to' },
  takeBack: { zh: '收回待派', en: 'back, to nobody yet' },
  to: { zh: '改派给谁', en: 'Who gets them' },
  nobody: { zh: '请选择改派给谁', en: 'Choose who gets them' },
  nothing: { zh: '请至少选一项', en: 'Choose one at least' },
  same: { zh: '任务已在此人名下', en: 'They are theirs already' },
  all: { zh: '全选（{chosen} / {all} 项未办）', en: 'All ({chosen} of {all} open)' },
  ok: { zh: '改派 {count} 项', en: 'Give {count}' },
  okBack: { zh: '收回 {count} 项', en: 'Take back {count}' },
  none: { zh: '没有未办的任务', en: 'Nothing is left to do' },
  noneStep: { zh: '已办的任务不能改派。', en: 'What has a result stays with who told it.' },
  went: { zh: '{count} 项已办妥。', en: '{count} went.' },
  stayed: { zh: '未办妥的', en: 'What stayed' },
  most: { zh: '只列出前 {count} 项。', en: 'Only the first {count} are listed.' },
} as const

/** A page of tasks; nobody has more than that left on a day. */
const MOST = 200

/** Whose open tasks of the unit looked at go, and to whom; `from` null: what is nobody’s. */
export type Giving = Readonly<{
  from: Readonly<{ staffId: string; name: string }> | null
  to: Readonly<{ staffId: string; name: string }> | null
}>
type Handed = Answer<typeof reassignTasks>

/** Gives open tasks of a day to somebody else, or takes them back; says which stayed and why. */
export function GiveTasks(of: { giving: Giving; date: string; done: () => void }): ReactNode {
  const say = useSay()
  const { branchId, unit } = usePlace()
  const { from, to } = of.giving
  const open = useAnswer(listTasks, {
    params: { branchId },
    query: {
      ...{ date: of.date, unit, limit: MOST },
      ...(from ? { assignee: from.staffId, part: 'left' } : { part: 'takenBack' }),
    },
  })
  const tasks = open.data?.rows ?? []
  const [without, setWithout] = useState<ReadonlySet<string>>(new Set())
  const [how, setHow] = useState<'give' | 'takeBack'>('give')
  const [staffId, setStaff] = useState<string | null>(to?.staffId ?? null)
  const [handed, setHanded] = useState<Handed>()
  const renews = [readBoard, listTasks, readPersonList, splitTasks]
  const onDone = (answer: Handed) => (answer.left.length > 0 ? setHanded(answer) : of.done())
  const give = useCommand(reassignTasks, { renews, onDone })
  const takeBack = useCommand(takeBackTasks, { renews, onDone })
  const taskIds = tasks.map(({ taskId }) => taskId).filter((taskId) => !without.has(taskId))
  const wrong =
    taskIds.length === 0
      ? say(WORDS.nothing)
      : how === 'give' && staffId === null
        ? say(WORDS.nobody)
        : how === 'give' && staffId === from?.staffId
          ? say(WORDS.same)
          : undefined
  const go = () => {
    if (handed) return of.done()
    if (how === 'takeBack') return takeBack.mutate({ params: { branchId }, body: { taskIds } })
    if (staffId !== null) give.mutate({ params: { branchId }, body: { taskIds, to: staffId } })
  }
  const count = countText(taskIds.length)
  const problem = give.error ?? takeBack.error
  return (
    <Modal
      open
      title={from ? say(WORDS.of, { name: from.name }) : say(WORDS.ofNobody)}
      okText={handed ? say(COMMON.close) : say(how === 'give' ? WORDS.ok : WORDS.okBack, { count })}
      cancelText={say(COMMON.cancel)}
      onCancel={of.done}
      onOk={go}
      okButtonProps={{
        loading: give.isPending || takeBack.isPending,
        ...(wrong !== undefined && !handed ? { disabled: true, title: wrong } : {}),
      }}
    >
      {problem && <ProblemNotice sentence={problem.message} />}
      {handed ? (
        <Stayed handed={handed} tasks={tasks} />
      ) : (
        <Asked of={open} lines={6}>
          {({ rows, total }) =>
            rows.length === 0 ? (
              <EmptyState title={say(WORDS.none)} step={say(WORDS.noneStep)} />
            ) : (
              <>
                <Fields>
                  <Field name={say(WORDS.how)} wide>
                    {from && (
                      <Radio.Group
                        aria-label={say(WORDS.how)}
                        optionType="button"
                        value={how}
                        onChange={(event) => setHow(event.target.value)}
                        options={(['give', 'takeBack'] as const).map((value) => ({
                          value,
                          label: say(WORDS[value]),
                        }))}
                        style={{ marginBottom: 8 }}
                      />
                    )}
                    {how === 'give' && (
                      <StaffPicker
                        name={say(WORDS.to)}
                        value={staffId}
                        called={to?.name ?? null}
                        may="task:work"
                        change={setStaff}
                      />
                    )}
                  </Field>
                </Fields>
                <Choices {...{ rows, without }} change={setWithout} />
                {total > MOST && <p>{say(WORDS.most, { count: countText(MOST) })}</p>}
              </>
            )
          }
        </Asked>
      )}
    </Modal>
  )
}

type Tasks = Answer<typeof listTasks>['rows']

/** Which of the open tasks go: all at first. */
function Choices(of: {
  rows: Tasks
  without: ReadonlySet<string>
  change: (without: ReadonlySet<string>) => void
}): ReactNode {
  const say = useSay()
  const { rows, without, change } = of
  const chosen = rows.filter(({ taskId }) => !without.has(taskId)).length
  const lead = sharedLead(rows.map(({ address }) => address))
  const all = { chosen: countText(chosen), all: countText(rows.length) }
  return (
    <div className={css.choices}>
      <Checkbox
        checked={chosen === rows.length}
        indeterminate={chosen > 0 && chosen < rows.length}
        onChange={({ target }) =>
          change(new Set(target.checked ? [] : rows.map(({ taskId }) => taskId)))
        }
      >
        {say(WORDS.all, all)}
      </Checkbox>
      <ul>
        {rows.map(({ taskId, visitOrder, name, address, campaignName }) => (
          <li key={taskId}>
            <Checkbox
              checked={!without.has(taskId)}
              onChange={({ target }) => {
                const next = new Set(without)
                if (target.checked) next.delete(taskId)
                else next.add(taskId)
                change(next)
              }}
            >
              {orderText(visitOrder)} · {name} <Address address={address} lead={lead} />{' '}
              <small>{say(campaignName)}</small>
            </Checkbox>
          </li>
        ))}
      </ul>
    </div>
  )
}

function Stayed({ handed, tasks }: { handed: Handed; tasks: Tasks }): ReactNode {
  const say = useSay()
  const named = new Map(tasks.map((task) => [task.taskId, task]))
  return (
    <>
      <p>{say(WORDS.went, { count: countText(handed.taskIds.length) })}</p>
      <Warnings
        name={say(WORDS.stayed)}
        lines={handed.left.map(({ taskId, because }) => {
          const task = named.get(taskId)
          return `${task?.name ?? taskId} · ${task?.address ?? ''}：${say(because.text)}`
        })}
      />
    </>
  )
}
