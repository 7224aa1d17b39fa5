import { auditVerify } from './audit.ts'
import { backup } from './backup.ts'
import { doctor } from './doctor.ts'
import { explain } from './explain.ts'
import { importFiles } from './import.ts'
import { keys } from './keys.ts'
import { password } from './password.ts'
import { planDay } from './plan.ts'
import { subject } from './subject.ts'

/** What the command line can order of whoever owns the data folder. */
export const COMMANDS = {
  import: importFiles,
  plan: planDay,
  explain,
  backup,
  doctor,
  keys,
  password,
  auditVerify,
  subject,
} as const

export type CommandName = keyof typeof COMMANDS
