import { Button, Tabs } from 'antd'
import { type ReactNode, useMemo, useState } from 'react'
import { listCampaigns, putCampaign, readCampaign } from '#contract/campaigns.ts'
import { ActionButton } from '../../ActionButton.tsx'
import { Asked } from '../../Asked.tsx'
import type { Answer } from '../../api.ts'
import { useAnswer, useCommand } from '../../ask.ts'
import { useSay } from '../../language.ts'
import { ProblemNotice, Warnings } from '../../ui/Notices.tsx'
import { COMMON } from '../../words.ts'
import { Basics } from './Basics.tsx'
import css from './campaigns.module.css'
import { catalogueOf, optionsOf, useFields } from './catalogue.ts'
import { conditionOf } from './condition-tree.ts'
import type { Draft } from './draft.ts'
import { type Editing, useEditing } from './editing.ts'
import { dropKept } from './kept-draft.ts'
import { LiveCount } from './LiveCount.tsx'
import { Offers } from './Offers.tsx'
import { Ways } from './Ways.tsx'
import { Weights } from './Weights.tsx'
import { Who } from './Who.tsx'
import { YamlTab } from './YamlTab.tsx'

const WORDS = {
  form: { zh: '表单', en: 'Form' },
  yaml: { zh: '文本（YAML）', en: 'Text (YAML)' },
  save: { zh: '保存为新版本', en: 'Save as a new version' },
  create: { zh: '保存活动', en: 'Save campaign' },
  saved: { zh: '没有未保存的改动。', en: 'There is nothing unsaved.' },
  unsaved: {
    zh: '有未保存的改动，已暂存在本浏览器。',
    en: 'Unsaved changes are kept in this browser.',
  },
  discard: { zh: '放弃改动', en: 'Discard changes' },
  stranded: {
    zh: '您上次的改动基于第 {version} 版，之后活动又保存过。',
    en: 'Your last changes rest on version {version}; the campaign was saved again since.',
  },
  takeOver: { zh: '用我的改动', en: 'Use my changes' },
  gaps: {
    zh: '还有 {count} 处没有填好，已在表单中标出。',
    en: '{count} fields are not right yet; the form marks them.',
  },
  missing: { zh: '未提供', en: 'not delivered' },
  taken: {
    zh: '已有编号为 {id} 的活动，请换一个编号。',
    en: 'There is a campaign {id} already; use another id.',
  },
} as const

export type Tab = 'form' | 'yaml'
type Saved = Answer<typeof putCampaign>

/** The editor of a campaign: form and text, whom it selects now, and saving as a new version. */
export function EditCampaign(of: {
  branchId: string
  /** The version that is edited; 0 for a campaign that is not saved yet. */
  version: number
  start: Draft
  startText?: string
  tab: Tab
  setTab: (tab: Tab) => void
  done: (saved: Saved) => void
}): ReactNode {
  const { branchId, version, start } = of
  const say = useSay()
  const keptAs = version === 0 ? 'new' : start.id
  const editing = useEditing({
    branchId,
    keptAs,
    version,
    start,
    startText: of.startText || undefined,
  })
  const [tried, setTried] = useState(false)
  const isNew = version === 0
  const others = useAnswer(listCampaigns, { params: { branchId } }, { when: isNew })
  // Saving under an id that is used would make a version of that other campaign.
  const taken =
    isNew && others.data?.rows.some(({ campaign }) => campaign.id === editing.draft.id)
      ? say(WORDS.taken, { id: editing.draft.id })
      : undefined
  const save = useCommand(putCampaign, {
    renews: [listCampaigns, readCampaign],
    onDone: (saved) => {
      dropKept(branchId, keptAs)
      of.done(saved)
    },
  })
  function run(): void {
    setTried(true)
    const body = editing.toSave()
    // A text may name another campaign; the server refuses to save it over this one.
    const campaignId = isNew ? editing.draft.id : start.id
    if (body && !taken) save.mutate({ params: { branchId, campaignId }, body })
    else of.setTab('form')
  }
  return (
    <div className={css.editor}>
      <div>
        <Tabs
          activeKey={of.tab}
          onChange={(tab) => of.setTab(tab as Tab)}
          items={[
            {
              key: 'form',
              label: say(WORDS.form),
              children: <Form editing={editing} tried={tried} isNew={isNew} branchId={branchId} />,
            },
            {
              key: 'yaml',
              label: say(WORDS.yaml),
              children: <YamlTab text={editing.text} change={editing.changeText} />,
            },
          ]}
        />
      </div>
      <div className={css.beside}>
        <LiveCount branchId={branchId} condition={conditionOf(editing.draft.who)} />
        <div>
          {save.error && <ProblemNotice sentence={save.error.message} />}
          {taken && <ProblemNotice sentence={taken} />}
          {tried && editing.gaps.length > 0 && (
            <ProblemNotice sentence={say(WORDS.gaps, { count: editing.gaps.length })} />
          )}
          {editing.stranded && (
            <>
              <Warnings
                name={say(COMMON.warnings)}
                lines={[say(WORDS.stranded, { version: editing.stranded.version })]}
              />
              <Button block onClick={() => editing.stranded && editing.takeOver(editing.stranded)}>
                {say(WORDS.takeOver)}
              </Button>
            </>
          )}
          <p className={css.quiet}>{say(editing.dirty ? WORDS.unsaved : WORDS.saved)}</p>
          <div className={css.bar}>
            <ActionButton
              type="primary"
              needs="campaign:write"
              blocked={editing.dirty || isNew ? undefined : say(WORDS.saved)}
              loading={save.isPending}
              onClick={run}
            >
              {say(isNew ? WORDS.create : WORDS.save)}
            </ActionButton>
            {(editing.dirty || editing.stranded) && (
              <Button onClick={editing.discard}>{say(WORDS.discard)}</Button>
            )}
          </div>
        </div>
      </div>
    </div>
  )
}

function Form(of: {
  editing: Editing
  tried: boolean
  isNew: boolean
  branchId: string
}): ReactNode {
  const say = useSay()
  const fields = useFields(of.branchId)
  const { draft, change, gaps } = of.editing
  const known = fields.data?.fields
  const catalogue = useMemo(() => catalogueOf(known ?? []), [known])
  const options = useMemo(() => optionsOf(catalogue, say, say(WORDS.missing)), [catalogue, say])
  const wrong = (at: string) => {
    const gap = of.tried ? gaps.find((one) => one.at === at) : undefined
    return gap && say(gap.text)
  }
  const part = { draft, change, wrong }
  return (
    <Asked of={fields} lines={12}>
      {() => (
        <>
          <Basics {...part} isNew={of.isNew} />
          <Who {...part} catalogue={catalogue} options={options} />
          <Offers {...part} catalogue={catalogue} options={options} />
          <Ways {...part} />
          <Weights {...part} />
        </>
      )}
    </Asked>
  )
}
