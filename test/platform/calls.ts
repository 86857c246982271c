import { type CallPlan, type Change, createCallWriter, type Side } from './call-events.ts'
import type { Outbox } from './outbox.ts'
import type { DrawTiming } from './untidiness.ts'

export type CallState = 'ringing' | 'talking' | 'on hold' | 'ended'

/** A call that somebody steers by hand. Each step tells the events that the platform tells for it. */
export interface Call {
  readonly telephonySessionId: string
  /** Who can do what now depends on it; the phone page shows it. */
  state(): CallState
  isOnHoldBy(side: Side): boolean
  answer(): void
  /** Puts the other side on hold. An outside caller's own hold is unknown to the platform, so only the agent's counts there. */
  hold(by?: Side): void
  unhold(by?: Side): void
  /** Ends the call; an agent who has not answered declines it. */
  hangUp(by: Side): void
  /** Resolves when all that was told so far has been answered. */
  settled(): Promise<void>
}

/** A step that the call's state does not allow. */
export class CallStateError extends Error {
  override readonly name = 'CallStateError'
}

type Step = readonly (readonly [afterMs: number, change: Change])[]

/** Who is how long after whom: the gaps of the recorded calls. */
const PLACED: Step = [
  [0, { side: 'caller', code: 'Setup' }],
  [19, { side: 'agent', code: 'Setup' }],
  // The caller's party is answered when the destination is reached, which says nothing about a person.
  [58, { side: 'caller', code: 'Answered' }],
  [80, { side: 'agent', code: 'Proceeding' }],
]
const SECOND_GOODBYE_AFTER_MS = 10

/** Places the call: when this returns, it rings. */
export function placeCall(
  plan: CallPlan,
  world: { readonly outbox: Outbox; readonly drawTiming: DrawTiming; readonly nowMs: () => number },
): Call {
  const { outbox, drawTiming, nowMs } = world
  const writer = createCallWriter(plan)
  const holders = new Set<Side>()
  let phase: 'ringing' | 'connected' | 'ended' = 'ringing'
  let lastEventTimeMs = 0
  let told: Promise<unknown> = Promise.resolve()

  const tell = (step: Step): void => {
    const startMs = nowMs()
    const events = step.map(([afterMs, change]) => {
      const { stampMs, sentAfterMs } = drawTiming()
      // The steps of a quick hand may overlap: what comes later by number never happens earlier by time.
      lastEventTimeMs = Math.max(startMs + afterMs, lastEventTimeMs)
      const happensAfterMs = lastEventTimeMs - startMs
      return {
        happening: writer.write(change, { eventTimeMs: lastEventTimeMs, stampMs }),
        happensAfterMs,
        sentAfterMs: sentAfterMs.map((ms) => happensAfterMs + ms),
      }
    })
    told = Promise.all([told, outbox.send(events)])
  }

  const requirePhase = (wanted: 'ringing' | 'connected', step: string): void => {
    if (phase !== wanted) throw new CallStateError(`The call cannot be ${step}: it is ${describePhase[phase]}.`)
  }

  tell(PLACED)

  return {
    telephonySessionId: writer.telephonySessionId,
    state: () => (phase === 'connected' ? (holders.size > 0 ? 'on hold' : 'talking') : phase),
    isOnHoldBy: (side) => phase === 'connected' && holders.has(side),
    answer() {
      requirePhase('ringing', 'answered')
      phase = 'connected'
      tell([[0, { side: 'agent', code: 'Answered' }]])
    },
    hold(by = 'agent') {
      requirePhase('connected', 'put on hold')
      if (by === 'caller' && plan.caller.kind === 'outside') {
        throw new CallStateError('The call cannot be put on hold by an outside caller: the platform would not know.')
      }
      if (holders.has(by)) throw new CallStateError(`The call cannot be put on hold: the ${by} did that already.`)
      holders.add(by)
      tell([[0, { side: by, code: 'Hold' }]])
    },
    unhold(by = 'agent') {
      requirePhase('connected', 'resumed')
      if (!holders.delete(by)) throw new CallStateError(`The call cannot be resumed: the ${by} has not put it on hold.`)
      tell([[0, { side: by, code: 'Answered' }]])
    },
    hangUp(by) {
      if (phase === 'ended') throw new CallStateError('The call cannot be hung up: it is over.')
      const goodbyes = goodbye(by, phase === 'ringing')
      phase = 'ended'
      tell(goodbyes)
    },
    settled: async () => {
      await told
    },
  }
}

const describePhase = { ringing: 'still ringing', connected: 'already answered', ended: 'over' } as const

/** Who hangs up leaves first. Before the answer it is a missed call of the agent, or one that the agent declined. */
function goodbye(by: Side, wasRinging: boolean): Step {
  const leaves = (side: Side): Change => ({
    side,
    code: 'Disconnected',
    ...(wasRinging && side === 'agent' && (by === 'agent' ? { reason: 'Rejected' } : { missedCall: true })),
  })
  return [
    [0, leaves(by)],
    [SECOND_GOODBYE_AFTER_MS, leaves(by === 'agent' ? 'caller' : 'agent')],
  ]
}
