import { useState } from 'react'

/** A text that survives a reload of the page, in this window alone; null: nothing is kept. */
export function useKept(key: string): [string | null, (text: string | null) => void] {
  const place = `gridkeeper.${key}`
  const [text, setText] = useState(() => sessionStorage.getItem(place))
  return [
    text,
    (next) => {
      setText(next)
      if (next === null) sessionStorage.removeItem(place)
      else sessionStorage.setItem(place, next)
    },
  ]
}
