import { createLink } from '@tanstack/react-router'
import { Button } from 'antd'

/** A link that looks like the button it stands beside. */
export const LinkButton = createLink(Button)
