/**
 * Why a call was not answered: the server’s refusal (its code and its sentence in the language of
 * the screen), or `unreachable` when no server answered, or `defect` for anything else.
 */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly status: number
  readonly code: string
  constructor(status: number, code: string, sentence: string) {
    super(sentence)
    this.status = status
    this.code = code
  }
}
