import { createLink } from '@tanstack/react-router'
import { Button, type ButtonProps } from 'antd'
import type { ReactNode } from 'react'

type Look = Omit<ButtonProps, 'type'> & { look?: 'primary' | 'text' }

/** The router keeps `type` for itself, so the look of the button has a name of its own. */
function Looking({ look, ...button }: Look): ReactNode {
  return <Button {...button} type={look ?? 'default'} />
}

/** A link that looks like the button it stands beside. */
export const LinkButton = createLink(Looking)
