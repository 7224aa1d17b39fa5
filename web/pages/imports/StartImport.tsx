import { useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Input } from 'antd'
import { type ReactNode, useCallback, useState } from 'react'
import { type ImportKind, listProfiles, putProfile, startImport } from '#contract/imports.ts'
import { ActionButton } from '../../ActionButton.tsx'
import { useCommand } from '../../ask.ts'
import { JobWatch } from '../../JobWatch.tsx'
import { useSay } from '../../language.ts'
import { usePlace } from '../../place.ts'
import { DayInput } from '../../ui/DayInput.tsx'
import { ProblemNotice } from '../../ui/Notices.tsx'
import { Part } from '../../ui/PageTitle.tsx'
import type { Delivered } from './delivered.ts'
import css from './imports.module.css'
import { renamed } from './profile-text.ts'
import { Sums } from './Sums.tsx'

const WORDS = {
  title: { zh: '三、导入', en: '3. Import' },
  date: { zh: '账期', en: 'Data date' },
  profile: { zh: '方案名称（保存修改）', en: 'Profile name (keeps the changes)' },
  profileHint: { zh: '小写字母、数字和 -', en: 'Lower-case letters, digits, -' },
  nameNeeded: {
    zh: '列映射有改动，请先给方案起名。',
    en: 'The mapping was changed; name the profile first.',
  },
  force: {
    zh: '强制导入的原因（行数变动过大时填写）',
    en: 'Reason to force (row count moved too far)',
  },
  dry: { zh: '试导入', en: 'Dry run' },
  dryDone: { zh: '试导入完成，没有保存任何内容。', en: 'The dry run is done; nothing was stored.' },
  start: { zh: '开始导入', en: 'Start import' },
  missing: { zh: '还缺必需列：{columns}。', en: 'Required columns are missing: {columns}.' },
} as const

const NAME = /^[a-z0-9-]{2,60}$/
const route = getRouteApi('/console/base/imports/new')

type Of = {
  branchId: string
  delivered: Delivered
  kind: (typeof ImportKind.options)[number]
  profile: string | null
  edited: string | null
  fileDate: string | null
  missing: readonly string[]
}

type Tried = Readonly<{ job: string; sums: Readonly<Record<string, unknown>> }>

/** Tries the import or takes it in; a changed mapping is kept as a profile first. */
export function StartImport(of: Of): ReactNode {
  const say = useSay()
  const { today } = usePlace()
  const go = route.useNavigate()
  const client = useQueryClient()
  const [date, setDate] = useState(of.fileDate ?? today)
  const [name, setName] = useState(of.profile ?? '')
  const [force, setForce] = useState('')
  const { job } = route.useSearch()
  const [over, setOver] = useState<string>()
  /** What the dry run of a job came to. */
  const [tried, setTried] = useState<Tried>()
  const [dry, setDry] = useState(false)
  const params = { branchId: of.branchId }
  const keep = useCommand(putProfile, { renews: [listProfiles] })
  const start = useCommand(startImport, {
    onDone: ({ jobId }) =>
      void go({ search: (before) => ({ ...before, job: jobId }), replace: true }),
  })

  function begin(dryRun: boolean): void {
    start.mutate({
      params,
      body: {
        uploadId: of.delivered.uploadId,
        kind: of.kind,
        date,
        profile: of.edited === null ? of.profile : name,
        dryRun,
        force: force.trim() || null,
      },
    })
  }

  /** A changed mapping is kept first: the import names the profile that it goes by. */
  function run(dryRun: boolean): void {
    setDry(dryRun)
    if (of.edited === null) begin(dryRun)
    else
      keep.mutate(
        { params: { ...params, name }, body: { yaml: renamed(of.edited, name) } },
        { onSuccess: () => begin(dryRun) },
      )
  }

  const done = useCallback(
    (result: Readonly<Record<string, unknown>>) => {
      void client.invalidateQueries()
      setOver(job)
      const { importId } = result
      if (typeof importId === 'string')
        void go({ to: '/base/imports/$importId', params: { importId } })
      else if (job) setTried({ job, sums: result })
    },
    [client, go, job],
  )
  const ended = useCallback(() => setOver(job), [job])

  const blocked = blockedBy(of, name, say)
  const problem = keep.error ?? start.error
  const running = keep.isPending || start.isPending || (job !== undefined && job !== over)
  return (
    <Part title={say(WORDS.title)}>
      {problem && <ProblemNotice sentence={problem.message} />}
      <div className={css.start}>
        <div className={css.field}>
          <span aria-hidden="true">{say(WORDS.date)}</span>
          <DayInput name={say(WORDS.date)} value={date} change={setDate} />
        </div>
        {of.edited !== null && (
          <div className={css.field}>
            <span aria-hidden="true">{say(WORDS.profile)}</span>
            <Input
              aria-label={say(WORDS.profile)}
              value={name}
              placeholder={say(WORDS.profileHint)}
              status={name !== '' && !NAME.test(name) ? 'error' : ''}
              onChange={({ target }) => setName(target.value)}
              style={{ width: 240 }}
            />
          </div>
        )}
        <div className={css.field}>
          <span aria-hidden="true">{say(WORDS.force)}</span>
          <Input
            aria-label={say(WORDS.force)}
            value={force}
            maxLength={400}
            onChange={({ target }) => setForce(target.value)}
            style={{ width: 300 }}
          />
        </div>
        <ActionButton
          needs="import:write"
          blocked={blocked}
          loading={running && dry}
          disabled={running}
          onClick={() => run(true)}
        >
          {say(WORDS.dry)}
        </ActionButton>
        <ActionButton
          needs="import:write"
          type="primary"
          blocked={blocked}
          loading={running && !dry}
          disabled={running}
          onClick={() => run(false)}
        >
          {say(WORDS.start)}
        </ActionButton>
      </div>
      {job && tried?.job !== job && (
        <JobWatch key={job} branchId={of.branchId} jobId={job} done={done} ended={ended} />
      )}
      {tried && tried.job === job && (
        <>
          <p role="status">{say(WORDS.dryDone)}</p>
          <Sums of={tried.sums} />
        </>
      )}
    </Part>
  )
}

function blockedBy(of: Of, name: string, say: ReturnType<typeof useSay>): string | undefined {
  if (of.missing.length > 0) return say(WORDS.missing, { columns: of.missing.join('、') })
  if (of.edited !== null && !NAME.test(name)) return say(WORDS.nameNeeded)
  return undefined
}
