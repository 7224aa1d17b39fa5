import { Input } from 'antd'
import type { ReactNode } from 'react'

/** A calendar day, typed or picked with the browser’s own calendar. */
export function DayInput(of: {
  name: string
  value: string | undefined
  change: (day: string) => void
  id?: string
  min?: string
  max?: string
  width?: number
}): ReactNode {
  return (
    <Input
      {...(of.id ? { id: of.id } : {})}
      type="date"
      aria-label={of.name}
      value={of.value ?? ''}
      min={of.min}
      max={of.max}
      onChange={(event) => event.target.value && of.change(event.target.value)}
      style={{ width: of.width ?? 150 }}
    />
  )
}
