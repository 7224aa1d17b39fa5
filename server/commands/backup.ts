import { z } from 'zod'
import { writeBackup } from '../backup/write-backup.ts'
import { command } from './command.ts'

/** Writes a backup while the house goes on serving. */
export const backup = command({
  input: z.strictObject({ file: z.string() }),
  perform: (house, { file }, watch) => writeBackup(house, file, watch),
})
