import { getRouteApi } from '@tanstack/react-router'
import { Select } from 'antd'
import type { ReactNode } from 'react'
import { ImportKind } from '#contract/imports.ts'
import { LinkButton } from '../../LinkButton.tsx'
import { useSay } from '../../language.ts'
import { usePlace } from '../../place.ts'
import { Filter, FilterBar, PageTitle, Part } from '../../ui/PageTitle.tsx'
import { IMPORT_KINDS } from '../../words.ts'
import { Drop } from './Drop.tsx'
import type { Delivered } from './delivered.ts'
import { Preview } from './Preview.tsx'

const WORDS = {
  title: { zh: '导入文件', en: 'Import a file' },
  back: { zh: '导入记录', en: 'All imports' },
  file: { zh: '一、选择文件', en: '1. Choose the file' },
  fileNote: {
    zh: 'CSV、XLSX、Parquet 或 gzip，原样上传，无需改列名或编码',
    en: 'CSV, XLSX, Parquet or gzip; as it is, no need to rename columns or change the encoding',
  },
  kind: { zh: '文件类别', en: 'Kind of file' },
  settings: { zh: '文件类别', en: 'Kind of file' },
} as const

const route = getRouteApi('/console/base/imports/new')

/** Delivers a file: upload, look at what it would become, try it or take it in. */
export function NewImport(): ReactNode {
  const say = useSay()
  const go = route.useNavigate()
  const { branchId } = usePlace()
  const { kind = 'subscribers', upload, file = '', bytes = 0 } = route.useSearch()
  const delivered: Delivered | undefined = upload
    ? { uploadId: upload, name: file, bytes }
    : undefined
  const arrived = (next: Delivered | undefined) =>
    void go({
      search: { kind, upload: next?.uploadId, file: next?.name, bytes: next?.bytes },
      replace: true,
    })
  return (
    <>
      <PageTitle title={say(WORDS.title)}>
        <LinkButton to="/base/imports">{say(WORDS.back)}</LinkButton>
      </PageTitle>
      <Part title={say(WORDS.file)} note={say(WORDS.fileNote)}>
        <FilterBar name={say(WORDS.settings)}>
          <Filter name={say(WORDS.kind)}>
            <Select
              aria-label={say(WORDS.kind)}
              value={kind}
              style={{ width: 200 }}
              onChange={(chosen) =>
                void go({
                  search: (before) => ({ ...before, kind: chosen, job: undefined }),
                  replace: true,
                })
              }
              options={ImportKind.options.map((value) => ({
                value,
                label: say(IMPORT_KINDS[value]),
              }))}
            />
          </Filter>
        </FilterBar>
        <Drop branchId={branchId} delivered={delivered} done={arrived} />
      </Part>
      {delivered && (
        <Preview
          key={`${delivered.uploadId} ${kind}`}
          branchId={branchId}
          delivered={delivered}
          kind={kind}
        />
      )}
    </>
  )
}
