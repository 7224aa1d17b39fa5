import type { Outside } from '#platform/outgoing/target.ts'
import { openHttpGateway } from './http-gateway.ts'
import { openSimulator } from './simulator.ts'

/** A call to connect: first the extension of somebody of the staff, then the subscriber. */
export type Call = Readonly<{
  callId: string
  branchId: string
  /** The extension. */
  from: string
  /** The number of the subscriber, which nobody but the platform is told. */
  to: string
  at: Date
}>

/** The operator’s call platform, which rings both sides. */
export type CallGateway = Readonly<{
  /**
   * Has the platform connect a call; done once it says that it does.
   * @throws Refusal `call-gateway-failed`, `call-gateway-slow`.
   */
  connect(call: Call): Promise<void>
}>

/** What the configuration says of the call platform; null: there is none. */
export type CallSettings =
  | Readonly<{ kind: 'simulator' }>
  | Readonly<{ kind: 'http'; url: string; secret: Readonly<{ reveal(): string }> }>
  | null

/** The call platform of an installation; null where there is none. */
export function openCallGateway(
  settings: CallSettings,
  { outside, clock }: Readonly<{ outside: Outside; clock: () => Date }>,
): CallGateway | null {
  if (settings === null) return null
  return settings.kind === 'simulator'
    ? openSimulator()
    : openHttpGateway(settings, { outside, clock })
}
