import type { z } from 'zod'
import type { Watch } from '#platform/works.ts'
import type { House } from '../house.ts'

/**
 * One order of the command line, done wherever the data folder is owned: in the command’s own
 * process, or in the server that has the folder open. Input and result are plain JSON.
 */
export type Command<Input extends z.ZodType = z.ZodType> = Readonly<{
  input: Input
  perform(house: House, input: z.output<Input>, watch: Watch): Promise<Record<string, unknown>>
}>

export const command = <Input extends z.ZodType>(made: Command<Input>): Command<Input> => made
