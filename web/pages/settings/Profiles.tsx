import { Button, Drawer, Input } from 'antd'
import { type ReactNode, useState } from 'react'
import { listProfiles, putProfile } from '#contract/imports.ts'
import { ActionButton } from '../../ActionButton.tsx'
import { Asked } from '../../Asked.tsx'
import type { Answer } from '../../api.ts'
import { useAnswer, useCommand } from '../../ask.ts'
import { instantText } from '../../format/day.ts'
import { LinkButton } from '../../LinkButton.tsx'
import { useLanguage, useSay } from '../../language.ts'
import { usePlace } from '../../place.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { EmptyState, ProblemNotice } from '../../ui/Notices.tsx'
import { PageTitle } from '../../ui/PageTitle.tsx'
import { COMMON, IMPORT_KINDS } from '../../words.ts'

const WORDS = {
  title: { zh: '列映射方案', en: 'Profiles' },
  note: {
    zh: '每次保存是一个新版本，旧版本保留。',
    en: 'Each save is a new version; the old ones are kept.',
  },
  name: { zh: '名称', en: 'Name' },
  kind: { zh: '文件类别', en: 'Kind of file' },
  version: { zh: '版本', en: 'Version' },
  saved: { zh: '保存', en: 'Saved' },
  none: { zh: '还没有方案', en: 'There is no profile yet' },
  noneStep: {
    zh: '导入文件时改动列映射并起名，即成方案。',
    en: 'Change the mapping when you import a file and give it a name.',
  },
  import: { zh: '导入文件', en: 'Import a file' },
  text: { zh: '方案文本（YAML）', en: 'Profile text (YAML)' },
} as const

type Profile = Answer<typeof listProfiles>['profiles'][number]

/** How delivered columns are understood, by name and version. */
export function Profiles(): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const { branchId } = usePlace()
  const [open, setOpen] = useState<Profile>()
  const list = useAnswer(listProfiles, { params: { branchId } })
  return (
    <>
      <PageTitle title={say(WORDS.title)} asOf={say(WORDS.note)} />
      <Asked of={list}>
        {({ profiles }) => (
          <DataTable
            name={say(WORDS.title)}
            rows={profiles}
            keyOf={({ name }) => name}
            open={setOpen}
            empty={
              <EmptyState title={say(WORDS.none)} step={say(WORDS.noneStep)}>
                <LinkButton to="/base/imports/new">{say(WORDS.import)}</LinkButton>
              </EmptyState>
            }
            columns={[
              {
                id: 'name',
                title: say(WORDS.name),
                render: (profile) => (
                  <Button type="link" size="small" onClick={() => setOpen(profile)}>
                    {profile.name}
                  </Button>
                ),
              },
              { id: 'kind', title: say(WORDS.kind), render: ({ kind }) => say(IMPORT_KINDS[kind]) },
              {
                id: 'version',
                title: say(WORDS.version),
                numeric: true,
                render: ({ version }) => version,
              },
              {
                id: 'saved',
                title: say(WORDS.saved),
                render: ({ savedAt, savedByName }) =>
                  `${instantText(savedAt, language)} · ${say(savedByName)}`,
              },
            ]}
          />
        )}
      </Asked>
      <Drawer
        open={open !== undefined}
        onClose={() => setOpen(undefined)}
        size={720}
        title={open?.name}
        destroyOnHidden
      >
        {open && <EditProfile branchId={branchId} profile={open} done={() => setOpen(undefined)} />}
      </Drawer>
    </>
  )
}

function EditProfile(of: { branchId: string; profile: Profile; done: () => void }): ReactNode {
  const say = useSay()
  const [yaml, setYaml] = useState(of.profile.yaml)
  const save = useCommand(putProfile, { renews: [listProfiles], onDone: of.done })
  return (
    <>
      {save.error && <ProblemNotice sentence={save.error.message} />}
      <Input.TextArea
        aria-label={say(WORDS.text)}
        value={yaml}
        spellCheck={false}
        autoSize={{ minRows: 16, maxRows: 36 }}
        style={{ fontFamily: 'ui-monospace, monospace', marginBottom: 12 }}
        onChange={({ target }) => setYaml(target.value)}
      />
      <ActionButton
        needs="import:write"
        type="primary"
        loading={save.isPending}
        onClick={() =>
          save.mutate({ params: { branchId: of.branchId, name: of.profile.name }, body: { yaml } })
        }
      >
        {say(COMMON.save)}
      </ActionButton>
    </>
  )
}
