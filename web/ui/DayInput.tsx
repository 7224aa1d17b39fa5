import { Input } from 'antd'
import { type ReactNode, useState } from 'react'
import { isDay } from '../format/day.ts'

/**
 * A calendar day, typed or picked with the browser’s own calendar. While a year is being typed it is
 * one of antiquity: that stays in the field and is told to nobody.
 */
export function DayInput(of: {
  name: string
  value: string | undefined
  change: (day: string) => void
  id?: string
  min?: string
  max?: string
  width?: number
}): ReactNode {
  const [typed, setTyped] = useState<string>()
  const type = (text: string) => {
    if (text === '') return
    setTyped(isDay(text) ? undefined : text)
    if (isDay(text)) of.change(text)
  }
  return (
    <Input
      {...(of.id ? { id: of.id } : {})}
      type="date"
      aria-label={of.name}
      value={typed ?? of.value ?? ''}
      min={of.min}
      max={of.max}
      onChange={({ target }) => type(target.value)}
      onBlur={() => setTyped(undefined)}
      style={{ width: of.width ?? 150 }}
    />
  )
}
