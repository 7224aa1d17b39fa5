import type { ReactNode } from 'react'
import type { Sentence } from '#contract/language.ts'
import { useSay } from '../../language.ts'
import css from './result.module.css'

/** A few large buttons of which one is on. With `none`, a second tap on it takes it off. */
export function Choice<Key extends string>(of: {
  name: Sentence
  options: Readonly<Record<Key, Sentence>>
  value: Key | ''
  none?: boolean
  onChoose: (key: Key | '') => void
}): ReactNode {
  const say = useSay()
  return (
    <fieldset className={css.choice}>
      <legend>{say(of.name)}</legend>
      {(Object.keys(of.options) as Key[]).map((key) => (
        <button
          key={key}
          type="button"
          aria-pressed={of.value === key}
          onClick={() => of.onChoose(of.none && of.value === key ? '' : key)}
        >
          {say(of.options[key])}
        </button>
      ))}
    </fieldset>
  )
}
