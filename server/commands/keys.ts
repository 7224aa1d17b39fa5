import { z } from 'zod'
import { keysInUse, rotateKeys, sealAgain } from '../key-rotation.ts'
import { command } from './command.ts'

/** Shows which keys there are, makes a new one, or seals under it what is not yet. */
export const keys = command({
  input: z.strictObject({ task: z.enum(['show', 'rotate', 'seal']) }),
  perform: async ({ works }, { task }, watch) => {
    const done =
      task === 'show' ? {} : await (task === 'rotate' ? rotateKeys : sealAgain)(works, watch)
    return { file: works.keys.file, ...done, keys: await keysInUse(works) }
  },
})
