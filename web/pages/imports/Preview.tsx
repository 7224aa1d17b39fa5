import { useQuery } from '@tanstack/react-query'
import { Input, Select, Tabs } from 'antd'
import { type ReactNode, useState } from 'react'
import { type ImportKind, listProfiles, previewUpload } from '#contract/imports.ts'
import { Refused } from '../../Asked.tsx'
import { call } from '../../api.ts'
import { useAnswer } from '../../ask.ts'
import { dateText } from '../../format/day.ts'
import { useKept } from '../../kept.ts'
import { useLanguage, useSay } from '../../language.ts'
import { Facts, Waiting, Warnings } from '../../ui/Notices.tsx'
import { Filter, FilterBar, Part } from '../../ui/PageTitle.tsx'
import { COMMON } from '../../words.ts'
import type { Delivered } from './delivered.ts'
import css from './imports.module.css'
import { MappingTable } from './MappingTable.tsx'
import { ConvertedRows, DeliveredRows } from './PreviewRows.tsx'
import { type Reading, readAs, readingOf } from './profile-text.ts'
import { ReadingFilters } from './ReadingFilters.tsx'
import { StartImport } from './StartImport.tsx'

const WORDS = {
  title: { zh: '二、核对列映射', en: '2. Check the mapping' },
  note: { zh: '按列名推荐，可逐列改', en: 'Proposed from the header; each column can be changed' },
  profile: { zh: '列映射方案', en: 'Profile' },
  proposed: { zh: '按列名推荐', en: 'Proposed from the header' },
  format: { zh: '文件格式', en: 'Format' },
  header: { zh: '表头在第几行', en: 'Header row' },
  titles: { zh: '表头前的说明行', en: 'Title lines' },
  fileDate: { zh: '文件内的账期', en: 'Date inside the file' },
  missing: {
    zh: '缺少必需列：{columns}。请在下表中指定对应的列。',
    en: 'Required columns are missing: {columns}. Map a column to each below.',
  },
  mapping: { zh: '列映射', en: 'Mapping' },
  converted: { zh: '转换结果（50 行）', en: 'Converted (50 rows)' },
  delivered: { zh: '原始内容（50 行）', en: 'As delivered (50 rows)' },
  yaml: { zh: '方案文本', en: 'Profile text' },
  yamlNote: {
    zh: '高级：直接编辑方案文本（YAML），离开输入框后重新预览。',
    en: 'Advanced: edit the profile as YAML; the preview follows when you leave the box.',
  },
} as const

const AS_FOUND: Reading = { encoding: null, delimiter: null }

type Kind = (typeof ImportKind.options)[number]

/** What the file would become: the mapping with its reasons, fifty rows, and the start. */
export function Preview(of: { branchId: string; delivered: Delivered; kind: Kind }): ReactNode {
  const say = useSay()
  const language = useLanguage()
  const { branchId, delivered, kind } = of
  const [profile, setProfile] = useState<string | null>(null)
  /** The mapping as edited; null while the proposal or the profile stands as it is. */
  const [yaml, setYaml] = useKept(`mapping.${delivered.uploadId}.${kind}`)
  const [chosen, setChosen] = useState<Reading>(AS_FOUND)
  const profiles = useAnswer(listProfiles, { params: { branchId } })
  const params = { branchId, uploadId: delivered.uploadId }
  const body = { kind, profile, yaml, ...chosen }
  const preview = useQuery({
    queryKey: [previewUpload.operationId, params, body, language],
    queryFn: ({ signal }) => call(previewUpload, { params, body }, signal),
    placeholderData: (before) => before,
  })
  const known = preview.data
  const isChosen = chosen.encoding !== null || chosen.delimiter !== null
  const text = yaml ?? (known && (isChosen ? readAs(known.yaml, chosen) : known.yaml))
  /** A profile says how its files are read; without one, the choice becomes part of the next. */
  function read(change: Partial<Reading>): void {
    setChosen({ ...chosen, ...change })
    if (text !== undefined && (yaml !== null || profile !== null)) setYaml(readAs(text, change))
  }
  return (
    <>
      <Part title={say(WORDS.title)} note={say(WORDS.note)}>
        <FilterBar name={say(WORDS.profile)}>
          <Filter name={say(WORDS.profile)}>
            <Select
              aria-label={say(WORDS.profile)}
              value={profile ?? ''}
              style={{ width: 260 }}
              onChange={(name) => {
                setProfile(name || null)
                setYaml(null)
                setChosen(AS_FOUND)
              }}
              options={[
                { value: '', label: say(WORDS.proposed) },
                ...(profiles.data?.profiles ?? [])
                  .filter((one) => one.kind === kind)
                  .map(({ name, version }) => ({ value: name, label: `${name} · v${version}` })),
              ]}
            />
          </Filter>
          {(!known || isText(known.encoding)) && (
            <ReadingFilters reading={text ? readingOf(text) : chosen} known={known} change={read} />
          )}
        </FilterBar>
        <Refused of={preview} />
        {preview.isPending && <Waiting name={say(COMMON.loading)} lines={8} />}
        {known && (
          <>
            <Warnings
              name={say(COMMON.warnings)}
              lines={
                known.missing.length === 0
                  ? []
                  : [say(WORDS.missing, { columns: known.missing.join('、') })]
              }
            />
            <Facts
              facts={[
                ...(isText(known.encoding)
                  ? []
                  : [{ name: say(WORDS.format), value: known.encoding.toUpperCase() }]),
                { name: say(WORDS.header), value: known.headerRow },
                {
                  name: say(WORDS.fileDate),
                  value: known.fileDate ? dateText(known.fileDate, language) : say(COMMON.none),
                },
              ]}
            />
            {known.titleLines.length > 0 && (
              <p className={css.titles}>
                {say(WORDS.titles)}：{known.titleLines.join(' / ')}
              </p>
            )}
            <Tabs
              items={[
                {
                  key: 'mapping',
                  label: say(WORDS.mapping),
                  children: (
                    <MappingTable
                      kind={kind}
                      columns={known.columns}
                      yaml={text ?? known.yaml}
                      change={setYaml}
                    />
                  ),
                },
                {
                  key: 'converted',
                  label: say(WORDS.converted),
                  children: <ConvertedRows rows={known.converted} kind={kind} />,
                },
                {
                  key: 'delivered',
                  label: say(WORDS.delivered),
                  children: <DeliveredRows header={known.header} rows={known.rows} />,
                },
                {
                  key: 'yaml',
                  label: say(WORDS.yaml),
                  children: (
                    <ProfileText
                      key={text ?? known.yaml}
                      yaml={text ?? known.yaml}
                      change={setYaml}
                    />
                  ),
                },
              ]}
            />
          </>
        )}
      </Part>
      {known && (
        <StartImport
          branchId={branchId}
          delivered={delivered}
          kind={kind}
          profile={profile}
          edited={yaml ?? (isChosen ? (text ?? null) : null)}
          fileDate={known.fileDate}
          missing={known.missing}
        />
      )}
    </>
  )
}

function ProfileText(of: { yaml: string; change: (yaml: string) => void }): ReactNode {
  const say = useSay()
  return (
    <>
      <p>{say(WORDS.yamlNote)}</p>
      <Input.TextArea
        aria-label={say(WORDS.yaml)}
        defaultValue={of.yaml}
        autoSize={{ minRows: 8, maxRows: 28 }}
        spellCheck={false}
        style={{ fontFamily: 'ui-monospace, monospace' }}
        onBlur={({ target }) => target.value !== of.yaml && of.change(target.value)}
      />
    </>
  )
}

/** Workbooks and Parquet say themselves how they are read. */
const isText = (encoding: string) => encoding !== 'xlsx' && encoding !== 'parquet'
