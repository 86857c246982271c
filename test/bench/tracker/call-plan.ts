/**
 * An invented call as it really went: what each party did and for how long. The events that tell of it and the truth about it both
 * follow from this plan, so nothing that tracks calls is asked what is right.
 */
export interface CallPlan {
  readonly telephonySessionId: string
  /** Legacy session id. */
  readonly sessionId: string
  /** ms since the epoch, platform's clock. */
  readonly startsAtMs: number
  /** In the order in which the platform tells of changes that happen at one instant. */
  readonly parties: readonly PartyPlan[]
}

export interface PartyPlan {
  readonly id: string
  readonly direction: 'Inbound' | 'Outbound'
  readonly from: EndpointPlan
  readonly to: EndpointPlan
  /** Absent for parties outside the account. */
  readonly extensionId?: string
  /** Of the queue that rang this party. */
  readonly queueName?: string
  /** From the call's start to the party's first event. */
  readonly joinsAfterMs: number
  /** What the party went through, at least one. Two alike in a row: the platform told of it again (a mute, a name). */
  readonly stages: readonly Stage[]
  readonly end: EndPlan
}

export interface EndpointPlan {
  readonly phoneNumber?: string
  readonly name?: string
  readonly extensionId?: string
}

export interface Stage {
  readonly code: LiveCode
  readonly lastsMs: number
  readonly muted?: boolean
}

export interface EndPlan {
  readonly code: 'Disconnected' | 'Gone'
  readonly reason?: string
  /** With Gone: where the party went. */
  readonly peer?: { readonly telephonySessionId: string; readonly partyId: string }
}

export type LiveCode = 'Setup' | 'Proceeding' | 'Answered' | 'Hold' | 'VoiceMail'

/** One change of one party, numbered as the platform numbers it. */
export interface Change {
  /** One counter for all parties of the session; the first is 2, as in recorded traffic. */
  readonly sequence: number
  /** ms since the epoch, platform's clock. */
  readonly atMs: number
  readonly party: PartyPlan
  readonly status: EndPlan | Stage
}

const FIRST_SEQUENCE = 2

/** Every change of a call in the order in which it happened. */
export function listChanges(plan: CallPlan): readonly Change[] {
  return plan.parties
    .flatMap((party) => listPartyChanges(plan, party))
    .sort((a, b) => a.atMs - b.atMs)
    .map((change, index) => ({ ...change, sequence: FIRST_SEQUENCE + index }))
}

/** Time that the stages take together. */
export function durationOf(stages: readonly Stage[]): number {
  return stages.reduce((sum, { lastsMs }) => sum + lastsMs, 0)
}

function listPartyChanges(plan: CallPlan, party: PartyPlan): readonly Omit<Change, 'sequence'>[] {
  let atMs = plan.startsAtMs + party.joinsAfterMs
  const changes: Omit<Change, 'sequence'>[] = []
  for (const status of party.stages) {
    changes.push({ atMs, party, status })
    atMs += status.lastsMs
  }
  return [...changes, { atMs, party, status: party.end }]
}
