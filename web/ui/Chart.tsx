import { Button } from 'antd'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { Drawing, Picture } from '../charts/engine.ts'
import css from './chart.module.css'
import { useMode } from './mode.ts'

type Words = Readonly<{ table: string; picture: string; save: string }>

/**
 * A picture with its table and its PNG. `name` is the finding in words. The library is fetched when
 * the first picture is drawn.
 */
export function Chart(of: {
  name: string
  words: Words
  picture: (mode: 'light' | 'dark') => Picture
  height: number
  table: Readonly<{ head: readonly string[]; rows: readonly (readonly string[])[] }>
  open?: (name: string) => void
}): ReactNode {
  const [asTable, setAsTable] = useState(false)
  const drawing = useRef<Drawing | null>(null)
  return (
    <figure className={css.figure}>
      <figcaption className={css.caption}>
        <strong>{of.name}</strong>
        <Button size="small" type="text" onClick={() => setAsTable(!asTable)}>
          {asTable ? of.words.picture : of.words.table}
        </Button>
        <Button
          size="small"
          type="text"
          disabled={asTable}
          onClick={() => drawing.current?.save(of.name)}
        >
          {of.words.save}
        </Button>
      </figcaption>
      {asTable ? <Numbers table={of.table} /> : <Canvas of={of} drawing={drawing} />}
      <div className="visually-hidden">{!asTable && <Numbers table={of.table} />}</div>
    </figure>
  )
}

type Of = Parameters<typeof Chart>[0]

function Canvas({ of, drawing }: { of: Of; drawing: { current: Drawing | null } }): ReactNode {
  const place = useRef<HTMLDivElement>(null)
  const mode = useMode()
  const { picture, open } = of
  // The drawing library lives outside React: it is given the place when there is one, and let go.
  useEffect(() => {
    const element = place.current
    if (!element) return
    const gone = new AbortController()
    void import('../charts/engine.ts').then(({ draw }) => {
      if (gone.signal.aborted) return
      drawing.current = draw(element, picture(mode), mode, open)
    })
    return () => {
      gone.abort()
      drawing.current?.close()
      drawing.current = null
    }
  }, [picture, mode, open, drawing])
  return <div ref={place} style={{ height: of.height }} role="img" aria-label={of.name} />
}

function Numbers({ table }: { table: Of['table'] }): ReactNode {
  return (
    <table className={css.numbers}>
      <thead>
        <tr>
          {table.head.map((title) => (
            <th key={title} scope="col">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {table.rows.map((row) => (
          <tr key={row[0]}>
            {row.map((cell, place) => (
              <td key={table.head[place]}>{cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
