import { assert } from '../../../shared/assert.ts'
import { formatInstant } from '../../../shared/time.ts'
import { describeParty } from './describe-party.ts'
import { newLegacySessionId, newSessionKey } from './ids.ts'
import { changeParty, type LiveParty, newParty, type PartyChange, type PartyPlan } from './live-party.ts'
import { type Happening, type NotificationParty, telephonyEventPath } from './notification.ts'
import type { Outbox } from './outbox.ts'
import { hasLeft } from './party-state.ts'
import type { DrawTiming } from './untidiness.ts'

/** One change of one party, so long after the step began. */
export type Step = readonly [afterMs: number, partyId: string, change: PartyChange]

/**
 * A session whose parties are steered: by hand, or by call control. Its state is changed here first, and each change is told
 * as the platform tells it: one event a change, numbered from 2 by one counter for all parties.
 */
export interface LiveSession {
  readonly telephonySessionId: string
  /** The legacy id. */
  readonly sessionId: string
  readonly accountId: string
  readonly originType: OriginType
  /** From which event on an outside caller's name is known. */
  readonly callerNameFromSequence: number
  /** Every party there ever was, in the order they came. */
  parties(): readonly LiveParty[]
  /** Those that have not left. */
  present(): readonly LiveParty[]
  party(id: string): LiveParty
  /** Takes in a party, which is told of with its first change, and gives its id. */
  add(plan: PartyPlan): string
  /** Changes a party without an event of its own. */
  note(partyId: string, facts: Pick<LiveParty, 'holds'>): void
  tell(steps: readonly Step[]): void
  isOver(): boolean
  /** A party as the next event would have it. */
  describe(partyId: string): NotificationParty
  /** The session that an attended transfer joined to this one: whoever hangs up in one ends both. */
  partner: LiveSession | undefined
  /** Resolves when all that was told so far has been answered. */
  settled(): Promise<void>
}

/** What happened to a party, as the platform itself knows it. */
export interface Fact {
  readonly atMs: number
  readonly telephonySessionId: string
  readonly sequence: number
  readonly party: LiveParty
}

export type OriginType = 'Call' | 'CallOut' | 'Conference'

export interface SessionPlan {
  readonly accountId: string
  readonly originType: OriginType
  readonly callerNameFromSequence: number
}

/** A session that began without being steered. */
export interface SessionSoFar {
  readonly telephonySessionId: string
  readonly sessionId: string
  /** Of its last event. */
  readonly sequence: number
  readonly parties: readonly LiveParty[]
}

/** The legacy id of every conference. */
const CONFERENCE_SESSION_ID = '0'

export function createLiveSession(
  plan: SessionPlan,
  world: {
    readonly outbox: Outbox
    readonly nowMs: () => number
    readonly drawTiming: DrawTiming
    /** Told of each change of a party once its session is as the change left it. */
    readonly onChange: (before: LiveParty, after: LiveParty) => void
  },
  soFar?: SessionSoFar,
): LiveSession {
  const { outbox, nowMs, drawTiming, onChange } = world
  const { accountId, originType } = plan
  const key = soFar?.telephonySessionId.replace(/^s-/, '') ?? newSessionKey()
  const telephonySessionId = `s-${key}`
  const sessionId = soFar?.sessionId ?? (originType === 'Conference' ? CONFERENCE_SESSION_ID : newLegacySessionId())
  const parties = new Map<string, LiveParty>(soFar?.parties.map((party) => [party.id, party]))
  let lastNumber = Math.max(0, ...[...parties.keys()].map(numberOf))
  let sequence = soFar?.sequence ?? 1
  let lastEventTimeMs = 0
  let told: Promise<unknown> = Promise.resolve()

  const find = (id: string): LiveParty => {
    const party = parties.get(id)
    assert(party !== undefined, `the session ${telephonySessionId} has no party ${id}`)
    return party
  }

  const happen = (party: LiveParty, eventTimeMs: number, stampMs: number): Happening => {
    sequence += 1
    const described = describeParty(party, { accountId, key, sequence })
    return {
      event: telephonyEventPath(accountId, described.extensionId),
      timestamp: formatInstant(eventTimeMs + stampMs),
      body: {
        sequence,
        sessionId,
        telephonySessionId,
        serverId: '10.20.30.44.NWB',
        eventTime: formatInstant(eventTimeMs),
        parties: [described],
        origin: { type: originType },
      },
    }
  }

  return {
    ...plan,
    telephonySessionId,
    sessionId,
    partner: undefined,
    parties: () => [...parties.values()],
    present: () => [...parties.values()].filter(({ code }) => !hasLeft(code)),
    party: find,
    add(partyPlan) {
      lastNumber += 1
      const id = `p-${key}-${lastNumber}`
      parties.set(id, newParty(id, partyPlan))
      return id
    },
    note(partyId, facts) {
      parties.set(partyId, { ...find(partyId), ...facts })
    },
    tell(steps) {
      const startMs = nowMs()
      const changes: [before: LiveParty, after: LiveParty][] = []
      const events = steps.map(([afterMs, partyId, change]) => {
        const before = find(partyId)
        const party = changeParty(before, change)
        parties.set(partyId, party)
        changes.push([before, party])
        const { stampMs, sentAfterMs } = drawTiming()
        // The steps of a quick hand may overlap: what comes later by number never happens earlier by time.
        lastEventTimeMs = Math.max(startMs + afterMs, lastEventTimeMs)
        const happensAfterMs = lastEventTimeMs - startMs
        return {
          happening: happen(party, lastEventTimeMs, stampMs),
          happensAfterMs,
          sentAfterMs: sentAfterMs.map((ms) => happensAfterMs + ms),
          fact: { atMs: lastEventTimeMs, telephonySessionId, sequence, party },
        }
      })
      told = Promise.all([told, outbox.send(events)])
      for (const [before, after] of changes) onChange(before, after)
    },
    isOver: () => [...parties.values()].every(({ code }) => hasLeft(code)),
    describe: (partyId) => describeParty(find(partyId), { accountId, key, sequence: sequence + 1 }),
    settled: async () => {
      await told
    },
  }
}

function numberOf(partyId: string): number {
  return Number(/-(\d+)$/.exec(partyId)?.[1] ?? 0)
}
