import type { TelephonyNotification } from '../../shared/protocol/notification.ts'
import { at, buildEnvelope, decode } from './notification.ts'

/** Who takes part in built sessions: two from outside, and colleagues of whom Bea is the one it is about. */
export const PEOPLE = {
  ada: { phoneNumber: '+14085550123', name: 'Ada Winter' },
  grace: { phoneNumber: '+12065550147', name: 'Grace Okonkwo' },
  bea: { phoneNumber: '102', name: 'Bea Lindqvist', extensionId: '400102' },
  sam: { phoneNumber: '104', name: 'Sam Okafor', extensionId: '400104' },
  noor: { phoneNumber: '103', name: 'Noor Haddad', extensionId: '400103' },
  ines: { phoneNumber: '101', name: 'Ines Moreau', extensionId: '400101' },
  parkingPlace: { phoneNumber: '*801' },
  conference: { name: 'Conference' },
} as const
export type Who = keyof typeof PEOPLE
export const extensionOf = (who: 'bea' | 'sam' | 'noor' | 'ines') => PEOPLE[who].extensionId

/** What one party of a session is told to do. */
export interface Step {
  readonly session: string
  readonly atMs: number
  readonly who: Who
  readonly code: string
  readonly reason?: string
  /** Where the party goes: the session, and whose party it becomes there; without one the platform leaves it out. */
  readonly to?: { readonly session: string; readonly who?: Who; readonly nth?: number }
  /** Which party of this person: they may have several, one after the other. */
  readonly nth?: number
  /** Fields of the party in place of the usual ones. */
  readonly party?: Readonly<Record<string, unknown>>
}

export interface SessionPlan {
  readonly from: Who
  readonly to: Who
  readonly origin?: string
}

export interface TiedSessions {
  readonly sessions: Readonly<Record<string, SessionPlan>>
  readonly steps: readonly Step[]
}

/** Raw notifications of sessions that are tied together, numbered as the platform does, in the order of the steps. */
export function buildTiedSessions({ sessions, steps }: TiedSessions): readonly Record<string, unknown>[] {
  const sequences = new Map<string, number>()
  const parties = new Map<string, string[]>()

  function partyId(session: string, who: Who, nth = 1): string {
    const known = parties.get(session) ?? []
    parties.set(session, known)
    const key = `${who} ${nth}`
    if (!known.includes(key)) known.push(key)
    return `p-${session}-${known.indexOf(key) + 1}`
  }

  for (const { session, who, nth } of steps) partyId(session, who, nth)
  return steps.map((step) => {
    const { session, who, code, reason, to, nth } = step
    const plan = sessions[session]
    if (plan === undefined) throw new Error(`no session ${session} is planned`)
    const sequence = (sequences.get(session) ?? 1) + 1
    sequences.set(session, sequence)
    const isCaller = who === plan.from && nth === undefined
    const self = PEOPLE[who]
    const peerId = to && {
      telephonySessionId: to.session,
      ...(to.who === undefined ? {} : { partyId: partyId(to.session, to.who, to.nth) }),
    }
    return buildEnvelope({
      sequence,
      eventTime: at(step.atMs),
      telephonySessionId: session,
      origin: plan.origin,
      parties: [
        {
          accountId: '400100',
          id: partyId(session, who, nth),
          ...('extensionId' in self ? { extensionId: self.extensionId } : {}),
          direction: isCaller ? 'Outbound' : 'Inbound',
          from: isCaller ? self : PEOPLE[plan.from],
          to: isCaller ? PEOPLE[plan.to] : self,
          status: { code, rcc: false, ...(reason && { reason }), ...(peerId && { peerId }) },
          park: {},
          missedCall: false,
          standAlone: false,
          muted: false,
          ...step.party,
        },
      ],
    })
  })
}

/** The same, decoded. */
export function decodeTiedSessions(tied: TiedSessions): readonly TelephonyNotification[] {
  return buildTiedSessions(tied).map(decode)
}

/** Both sides of a session answer: who is called rings for `ringMs` before. */
export function answered(session: string, atMs: number, { from, to }: SessionPlan, ringMs = 3000): readonly Step[] {
  return [
    { session, atMs, who: from, code: 'Setup' },
    { session, atMs, who: to, code: 'Proceeding' },
    { session, atMs: atMs + 40, who: from, code: 'Answered' },
    { session, atMs: atMs + ringMs, who: to, code: 'Answered' },
  ]
}
