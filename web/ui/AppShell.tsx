import { Tooltip } from 'antd'
import { type ReactNode, useEffect, useRef } from 'react'
import css from './shell.module.css'

/** A place of the console; one whose module is not there yet is shown with the reason, unlinked. */
export type Entry = Readonly<{
  key: string
  name: string
  current: boolean
  reason?: string
  children?: readonly Readonly<{ key: string; link: ReactNode }>[]
  link: ReactNode
}>

type Words = Readonly<{ skip: string; navigation: string }>

/** The frame around every page of the console: entries on the left, place and person on top. */
export function AppShell(of: {
  words: Words
  brand: ReactNode
  entries: readonly Entry[]
  top: ReactNode
  children: ReactNode
}): ReactNode {
  return (
    <div className={css.shell}>
      <a className={css.skip} href="#content">
        {of.words.skip}
      </a>
      <nav className={css.side} aria-label={of.words.navigation}>
        <div className={css.brand}>{of.brand}</div>
        <ul>
          {of.entries.map((entry) => (
            <li key={entry.key}>
              <Place entry={entry} />
            </li>
          ))}
        </ul>
      </nav>
      <header className={css.top}>{of.top}</header>
      <main id="content" className={css.content} tabIndex={-1}>
        {of.children}
      </main>
    </div>
  )
}

function Place({ entry }: { entry: Entry }): ReactNode {
  if (entry.reason)
    return (
      <Tooltip title={entry.reason} placement="right">
        <button
          type="button"
          className={css.closed}
          aria-disabled="true"
          aria-label={`${entry.name} · ${entry.reason}`}
        >
          {entry.name}
        </button>
      </Tooltip>
    )
  return (
    <>
      <div className={entry.current ? css.here : css.entry}>{entry.link}</div>
      {entry.current && entry.children && entry.children.length > 1 && (
        <Inner of={entry.children} />
      )}
    </>
  )
}

/** The pages of a place; on a phone they stand in one line, and the one that is open is in sight. */
function Inner(of: { of: NonNullable<Entry['children']> }): ReactNode {
  const list = useRef<HTMLUListElement>(null)
  // Where a line is scrolled to is outside of React.
  useEffect(() => {
    const here = list.current?.querySelector('[aria-current="page"]')
    here?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [])
  return (
    <ul ref={list} className={css.inner}>
      {of.of.map(({ key, link }) => (
        <li key={key}>{link}</li>
      ))}
    </ul>
  )
}
