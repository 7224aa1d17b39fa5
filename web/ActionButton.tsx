import { Button, type ButtonProps, Tooltip } from 'antd'
import type { ReactNode } from 'react'
import { useSay } from './language.ts'
import { type Action, useMay } from './may.ts'
import { COMMON } from './words.ts'

/** A button that stays in its place when it cannot be used, and says why. */
export function ActionButton(
  of: ButtonProps & { needs?: Action; blocked?: string | undefined; children: ReactNode },
): ReactNode {
  const say = useSay()
  const { needs, blocked, children, ...button } = of
  const allowed = useMay(needs ?? 'import:write') || needs === undefined
  const reason = allowed ? blocked : say(COMMON.notAllowed)
  if (reason === undefined) return <Button {...button}>{children}</Button>
  return (
    <Tooltip title={reason}>
      <Button {...button} disabled title={reason}>
        {children}
      </Button>
    </Tooltip>
  )
}
