import type { z } from 'zod'
import type { Named } from '#contract/endpoint.ts'

/**
 * What was recorded and is on its way: `waiting` for the network, `accepted`, `beside` what happened
 * meanwhile (kept all the same), or `refused`, which stays here for its owner to look at.
 */
export type ItemState = 'waiting' | 'accepted' | 'beside' | 'refused'

/** One thing in the outbox: a result, or what was told of an event. Nobody here can read it: it is sealed to the server’s key. */
export type Item = Readonly<{
  seq: number
  itemId: string
  deviceId: string
  branchId: string
  staffId: string
  /** When it was recorded, by the clock of the phone. */
  at: string
  /** Null once the server has it. */
  sealed: string | null
  state: ItemState
  /** What it is; items of earlier releases are results and do not say so. */
  kind?: 'result' | 'event'
  /** What the server said of it, in words. */
  told: readonly z.infer<typeof Named>[]
}>

/** A photo of a result or of an event, until it is sent; `bytes` are encrypted. */
export type Photo = Readonly<{
  evidenceId: string
  itemId: string
  branchId: string
  staffId: string
  bytes: Uint8Array<ArrayBuffer>
  /** Why the server does not take it; null: it has not said so. */
  told: z.infer<typeof Named> | null
}>
