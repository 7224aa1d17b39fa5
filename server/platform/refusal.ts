import { type RefusalCode, type RefusalValues, sentenceOf } from '#contract/refusals.ts'

/**
 * An answer the caller has to expect: understood, and refused. Clients switch on `code`, people
 * read its sentence with the `values`. All else that is thrown is a defect: logged, told as 500.
 */
export class Refusal extends Error {
  override name = 'Refusal'
  readonly kind:
    | 'not-found'
    | 'conflict'
    | 'invalid'
    | 'malformed'
    | 'forbidden'
    | 'unauthenticated'
    | 'too-large'
    | 'too-many'
    | 'unavailable'
    | 'full'
  readonly code: RefusalCode
  readonly values: RefusalValues
  constructor(kind: Refusal['kind'], code: RefusalCode, values: RefusalValues = {}) {
    super(`${code}: ${sentenceOf(code, values, 'en')}`)
    this.kind = kind
    this.code = code
    this.values = values
  }
}
