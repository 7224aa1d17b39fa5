import { Tooltip } from 'antd'
import type { ReactNode } from 'react'

/** A shortened figure whose exact value comes with pointer, focus and screen reader. */
export function FigureText(of: { text: string; exact: string; unit?: string }): ReactNode {
  const unit = of.unit ? ` ${of.unit}` : ''
  if (of.text === of.exact) return <span>{`${of.text}${unit}`}</span>
  return (
    <Tooltip title={`${of.exact}${unit}`}>
      <span aria-label={`${of.exact}${unit}`} role="img">{`${of.text}${unit}`}</span>
    </Tooltip>
  )
}
