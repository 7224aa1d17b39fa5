import type { ImportHandler } from './handler.ts'
import { COMPETITORS_HANDLER } from './take-competitors.ts'
import { PEOPLE_HANDLERS } from './take-people.ts'
import { SUBSCRIBERS_HANDLER } from './take-subscribers.ts'

/** The kinds of file that this module takes, for itself and for people. */
export const SUBSCRIBER_HANDLERS: readonly ImportHandler[] = [
  ...PEOPLE_HANDLERS,
  SUBSCRIBERS_HANDLER,
  COMPETITORS_HANDLER,
]
