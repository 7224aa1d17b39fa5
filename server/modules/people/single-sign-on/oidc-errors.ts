/** The provider does not answer, or not in its protocol. Another try may succeed. */
export class ProviderAway extends Error {
  override name = 'ProviderAway'
}

/** The provider, or what came back through the browser, does not prove who it is. */
export class NotProven extends Error {
  override name = 'NotProven'
  /** A stable word for the audit trail. */
  readonly fault: string
  constructor(fault: string, cause?: unknown) {
    super(`not proven: ${fault}`, { cause })
    this.fault = fault
  }
}
