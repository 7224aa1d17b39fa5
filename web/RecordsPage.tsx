import type { ReactNode } from 'react'
import type { Sentence } from '#contract/language.ts'
import { Refused } from './Asked.tsx'
import { Problem } from './api.ts'
import { instantText } from './format/day.ts'
import { useLanguage, useSay } from './language.ts'
import { type Step, usePaging } from './paging.ts'
import { type Column, DataTable } from './ui/DataTable.tsx'
import { EmptyState, Mark, type Tone } from './ui/Notices.tsx'
import { PageTitle } from './ui/PageTitle.tsx'

/** What was done or asked for in a branch, the latest first, page by page. */
export function RecordsPage<Row>(of: {
  /** By which its pages are known from those of other lists. */
  list: string
  words: Readonly<Record<'title' | 'note' | 'none' | 'noneStep', Sentence>>
  asked: Readonly<{
    data: Readonly<{ rows: Row[]; next: string | null; total: number }> | undefined
    error: Error | null
    refetch: () => Promise<unknown>
  }>
  /** The page that the address names, and the way to another one. */
  at: { cursor?: string | undefined; page?: number | undefined }
  go: (step: Step) => void
  columns: Column<Row>[]
  keyOf: (row: Row) => string
  /** Beside the title. */
  children?: ReactNode
}): ReactNode {
  const say = useSay()
  const { words, asked } = of
  const paging = usePaging(of.list, of.at, asked.data, of.go)
  const isLost = asked.error instanceof Problem && asked.error.code === 'cursor-unreadable'
  const first = async () => of.go({ cursor: undefined, page: undefined })
  return (
    <>
      <PageTitle title={say(words.title)} asOf={say(words.note)}>
        {of.children}
      </PageTitle>
      <Refused of={isLost ? { ...asked, refetch: first } : asked}>
        <DataTable
          name={say(words.title)}
          columns={of.columns}
          rows={asked.data?.rows}
          keyOf={of.keyOf}
          cards
          paging={paging}
          empty={<EmptyState title={say(words.none)} step={say(words.noneStep)} />}
        />
      </Refused>
    </>
  )
}

/** How a record stands, and below it since or until when. */
export function StateCell({
  tone,
  name,
  when,
}: {
  tone: Tone
  name: string
  when?: string | null
}): ReactNode {
  return (
    <>
      <Mark tone={tone}>{name}</Mark>
      {when && (
        <>
          <br />
          <small>{when}</small>
        </>
      )}
    </>
  )
}

/** Who did it, below it when, and what was said about it. */
export function WhoCell(of: { name: Sentence; at: string; note?: string | null }): ReactNode {
  const say = useSay()
  const language = useLanguage()
  return (
    <>
      {say(of.name)}
      <br />
      <small>{instantText(of.at, language)}</small>
      {of.note && <div>{of.note}</div>}
    </>
  )
}
