import { getRouteApi } from '@tanstack/react-router'
import { Select } from 'antd'
import type { ReactNode } from 'react'
import { ImportKind, listImports } from '#contract/imports.ts'
import { Refused } from '../../Asked.tsx'
import { useAnswer } from '../../ask.ts'
import { LinkButton } from '../../LinkButton.tsx'
import { useSay } from '../../language.ts'
import { usePaging } from '../../paging.ts'
import { usePlace } from '../../place.ts'
import { EmptyState } from '../../ui/Notices.tsx'
import { Filter, FilterBar, PageTitle } from '../../ui/PageTitle.tsx'
import { COMMON, IMPORT_KINDS } from '../../words.ts'
import { ImportsTable } from './ImportsTable.tsx'

const WORDS = {
  title: { zh: '数据导入', en: 'Imports' },
  new: { zh: '导入文件', en: 'Import a file' },
  kind: { zh: '类别', en: 'Kind' },
  filters: { zh: '筛选导入记录', en: 'Filter imports' },
  none: { zh: '还没有导入过数据', en: 'No file was imported yet' },
  step: {
    zh: '点“导入文件”，先导入组织机构、地点归属、人员，再导入用户清单。',
    en: 'Choose “Import a file”: organisation, places and staff first, then the subscribers.',
  },
} as const

const route = getRouteApi('/console/base/imports')

/** Every file that was delivered: what came of it, and the way to deliver the next. */
export function Imports(): ReactNode {
  const say = useSay()
  const go = route.useNavigate()
  const { branchId } = usePlace()
  const { kind, cursor, page } = route.useSearch()
  const list = useAnswer(listImports, { params: { branchId }, query: { kind, cursor, limit: 30 } })
  const paging = usePaging(
    `imports ${kind}`,
    { cursor, page },
    list.data,
    (step) => void go({ search: (before) => ({ ...before, ...step }) }),
  )
  return (
    <>
      <PageTitle title={say(WORDS.title)}>
        <LinkButton look="primary" to="/base/imports/new">
          {say(WORDS.new)}
        </LinkButton>
      </PageTitle>
      <FilterBar name={say(WORDS.filters)}>
        <Filter name={say(WORDS.kind)}>
          <Select
            aria-label={say(WORDS.kind)}
            allowClear
            placeholder={say(COMMON.all)}
            value={kind}
            style={{ width: 160 }}
            onChange={(chosen) => void go({ search: { kind: chosen } })}
            options={ImportKind.options.map((value) => ({
              value,
              label: say(IMPORT_KINDS[value]),
            }))}
          />
        </Filter>
      </FilterBar>
      <Refused of={list}>
        <ImportsTable
          rows={list.data?.rows}
          paging={paging}
          empty={
            <EmptyState title={say(WORDS.none)} step={say(WORDS.step)}>
              <LinkButton look="primary" to="/base/imports/new">
                {say(WORDS.new)}
              </LinkButton>
            </EmptyState>
          }
        />
      </Refused>
    </>
  )
}
