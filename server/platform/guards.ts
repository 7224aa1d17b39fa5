import { answerProblem } from './problem.ts'

/**
 * What stands between the network and the handlers of calls, each with its measure. A server has all
 * of it, and no setting changes it; a test takes away one at a time and sees what that one is for.
 */
export type Guards = Readonly<{
  /** Letters of an address. */
  addressLetters: number
  bodyBytes: number
  /** How deep JSON may be nested. */
  jsonLevels: number
  /** For the head of a request. */
  headMs: number
  /** From when a call is read to its answer. */
  callMs: number
  /** From its first byte to its answer, however slowly it is sent. */
  slowCallMs: number
  /** Commands come from pages of ours, not from those of another site. */
  ownPagesOnly: boolean
  /** What no schema names is refused, not left out. */
  knownFieldsOnly: boolean
  /** Scripts and all else that a page loads come from here. */
  contentPolicy: boolean
  /** No page of somebody else shows one of ours within. */
  noFrames: boolean
  /** Nothing is taken for another type than we say. */
  noSniffing: boolean
  /** No cache keeps an answer of the API. */
  noStore: boolean
  /** Cookies are out of reach of scripts and other sites, over TLS of plain connections too. */
  closedCookies: boolean
  /** How errors are told: as problem documents, with nothing of what is inside. */
  tellError: typeof answerProblem
}>

export const GUARDS: Guards = {
  addressLetters: 4096,
  bodyBytes: 1024 * 1024,
  jsonLevels: 32,
  headMs: 15_000,
  callMs: 30_000,
  slowCallMs: 60_000,
  ownPagesOnly: true,
  knownFieldsOnly: true,
  contentPolicy: true,
  noFrames: true,
  noSniffing: true,
  noStore: true,
  closedCookies: true,
  tellError: answerProblem,
}
