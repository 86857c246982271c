import { answered, PEOPLE, type SessionPlan, type Step, type TiedSessions, type Who } from './tied-sessions.ts'

/** Scenarios over several sessions, in all of which Bea has a part; those that differ from documented ones say how. */

type Sessions = Record<string, SessionPlan>

/** Ada reaches Sam, who asks Bea first and then connects her. `names`: whose party each of Sam's names as it leaves, by its session. */
export function attendedTransferToBea({
  customer = { from: 'ada', to: 'sam' } as SessionPlan,
  reason = 'AttendedTransfer',
  isNamed = true,
  lost = [] as readonly ('customer' | 'consultation')[],
  isMoved = false,
  names = {} as Readonly<Partial<Record<'customer' | 'consultation', Who>>>,
} = {}): TiedSessions {
  const outside = customer.from === 'sam' ? customer.to : customer.from
  const sessions: Sessions = { t: customer, s: { from: 'sam', to: 'bea' } }
  const gone = (session: string, to: string, who: Who = 'sam'): Step => ({
    session,
    atMs: 40_000,
    who: 'sam',
    code: 'Gone',
    reason,
    to: { session: to, ...(isNamed ? { who } : {}) },
  })
  const moved: readonly Step[] = [
    { session: 's', atMs: 40_000, who: 'bea', code: 'Gone', reason, to: { session: 't', who: 'bea' } },
    { session: 't', atMs: 40_000, who: 'bea', code: 'Answered' },
    { session: 't', atMs: 40_000, who: 'sam', code: 'Disconnected', reason },
    { session: 's', atMs: 40_000, who: 'sam', code: 'Disconnected', reason },
    { session: 't', atMs: 80_000, who: 'bea', code: 'Disconnected' },
  ]
  const left: readonly Step[] = [
    ...(lost.includes('customer') ? [] : [gone('t', 's', names.customer)]),
    ...(lost.includes('consultation') ? [] : [gone('s', 't', names.consultation)]),
    { session: 's', atMs: 80_000, who: 'bea', code: 'Disconnected' },
  ]
  return {
    sessions,
    steps: [
      ...answered('t', 0, customer),
      { session: 't', atMs: 20_000, who: 'sam', code: 'Hold' },
      ...answered('s', 21_000, { from: 'sam', to: 'bea' }),
      ...(isMoved ? moved : left),
      { session: 't', atMs: 80_010, who: outside, code: 'Disconnected' },
    ],
  }
}

/** The same, told by Ada's party alone: it is gone to Bea's session, in the place of whoever is named there. */
export function customerTakesPlace(whose: 'sam' | 'bea' | undefined): TiedSessions {
  const { sessions, steps } = attendedTransferToBea({ lost: ['customer', 'consultation'] })
  const gone: Step = {
    session: 't',
    atMs: 40_000,
    who: 'ada',
    code: 'Gone',
    reason: 'AttendedTransfer',
    to: { session: 's', ...(whose === undefined ? {} : { who: whose }) },
  }
  const left = (['t', 's'] as const).map(
    (session): Step => ({ session, atMs: 40_010, who: 'sam', code: 'Disconnected' }),
  )
  const kept = steps.filter(({ who, code }) => who !== 'ada' || code !== 'Disconnected')
  return { sessions, steps: [...kept, gone, ...left].toSorted((a, b) => a.atMs - b.atMs) }
}

/** Somebody leaves by an attended transfer, to their own part in another session. */
function goneTo(session: string, atMs: number, who: 'noor' | 'sam' | 'bea', to: string): Step {
  return { session, atMs, who, code: 'Gone', reason: 'AttendedTransfer', to: { session: to, who } }
}

/** Ada reaches Noor, who connects her with Sam, who connects her with Bea. */
export function transferredTwice(): TiedSessions {
  return {
    sessions: { t: { from: 'ada', to: 'noor' }, s: { from: 'noor', to: 'sam' }, u: { from: 'sam', to: 'bea' } },
    steps: [
      ...answered('t', 0, { from: 'ada', to: 'noor' }),
      ...answered('s', 10_000, { from: 'noor', to: 'sam' }),
      goneTo('t', 20_000, 'noor', 's'),
      goneTo('s', 20_000, 'noor', 't'),
      { session: 's', atMs: 30_000, who: 'sam', code: 'Hold' },
      ...answered('u', 31_000, { from: 'sam', to: 'bea' }),
      goneTo('s', 40_000, 'sam', 'u'),
      goneTo('u', 40_030, 'sam', 's'),
      { session: 'u', atMs: 60_000, who: 'bea', code: 'Disconnected' },
      { session: 't', atMs: 60_010, who: 'ada', code: 'Disconnected' },
    ],
  }
}

/** Ada calls a queue, Bea's phone rings as well, Sam takes the call; he asks Bea first and then connects Ada. */
export function attendedTransferToWhoRang(): TiedSessions {
  const { sessions, steps } = attendedTransferToBea()
  const rang: readonly Step[] = [
    { session: 't', atMs: 100, who: 'bea', code: 'Proceeding', party: { queueCall: true } },
    { session: 't', atMs: 3100, who: 'bea', code: 'Disconnected', reason: 'AgentAnswered', party: { queueCall: true } },
  ]
  return { sessions, steps: [...steps, ...rang].toSorted((a, b) => a.atMs - b.atMs) }
}

/** Ada reaches Bea, or is called by her; Bea connects her with Sam, who connects her with Bea again. */
export function connectedToAndFro(customer: SessionPlan = { from: 'ada', to: 'bea' }): TiedSessions {
  const plans = { t: customer, s: { from: 'bea', to: 'sam' }, u: { from: 'sam', to: 'bea' } } as const
  return {
    sessions: plans,
    steps: [
      ...answered('t', 0, plans.t),
      { session: 't', atMs: 20_000, who: 'bea', code: 'Hold' },
      ...answered('s', 21_000, plans.s),
      goneTo('t', 40_000, 'bea', 's'),
      goneTo('s', 40_000, 'bea', 't'),
      { session: 's', atMs: 50_000, who: 'sam', code: 'Hold' },
      ...answered('u', 51_000, plans.u),
      goneTo('s', 60_000, 'sam', 'u'),
      goneTo('u', 60_000, 'sam', 's'),
      { session: 'u', atMs: 90_000, who: 'bea', code: 'Disconnected' },
      { session: 't', atMs: 90_010, who: 'ada', code: 'Disconnected' },
    ],
  }
}

/** The same, but Sam sends Ada back without a word: Bea's phone rings again, in the session in which she had asked him. */
export function connectedAndSentBack(): TiedSessions {
  const { sessions, steps } = connectedToAndFro()
  const again = (atMs: number, code: string): Step => ({
    ...{ session: 's', atMs, who: 'bea', nth: 2, code },
    party: { from: PEOPLE.ada, to: PEOPLE.bea },
  })
  return {
    sessions,
    steps: [
      ...steps.filter(({ session, atMs }) => session !== 'u' && atMs < 50_000),
      { session: 's', atMs: 50_000, who: 'sam', code: 'Disconnected', reason: 'BlindTransfer' },
      again(50_010, 'Setup'),
      again(50_020, 'Proceeding'),
      again(54_020, 'Answered'),
      again(90_000, 'Disconnected'),
      { session: 't', atMs: 90_010, who: 'ada', code: 'Disconnected' },
    ],
  }
}

/** Bea talks to Grace, whom she has called, when Ada calls; she puts the two together. */
export function twoCustomersConnected(): TiedSessions {
  const plans = { t: { from: 'bea', to: 'grace' }, s: { from: 'ada', to: 'bea' } } as const
  return {
    sessions: plans,
    steps: [
      ...answered('t', 0, plans.t),
      { session: 't', atMs: 20_000, who: 'bea', code: 'Hold' },
      ...answered('s', 20_010, plans.s),
      goneTo('t', 40_000, 'bea', 's'),
      goneTo('s', 40_000, 'bea', 't'),
      { session: 't', atMs: 90_000, who: 'grace', code: 'Disconnected' },
      { session: 's', atMs: 90_010, who: 'ada', code: 'Disconnected' },
    ],
  }
}

/** Ada reaches Bea, who asks Sam first and then connects him; or a supplier outside in his place. */
export function attendedTransferByBea(colleague: 'sam' | 'grace' = 'sam'): TiedSessions {
  const gone = (session: string, to: string): Step => ({
    session,
    atMs: 40_000,
    who: 'bea',
    code: 'Gone',
    reason: 'AttendedTransfer',
    to: { session: to, who: 'bea' },
  })
  return {
    sessions: { t: { from: 'ada', to: 'bea' }, s: { from: 'bea', to: colleague } },
    steps: [
      ...answered('t', 0, { from: 'ada', to: 'bea' }),
      { session: 't', atMs: 20_000, who: 'bea', code: 'Hold' },
      ...answered('s', 21_000, { from: 'bea', to: colleague }),
      gone('t', 's'),
      gone('s', 't'),
      { session: 's', atMs: 80_000, who: colleague, code: 'Disconnected' },
      { session: 't', atMs: 80_010, who: 'ada', code: 'Disconnected' },
    ],
  }
}

/** Bea calls Ada, then the other one, and merges both calls; the customers' legs in them never end, as the platform may leave it. */
export function conference(
  other: 'grace' | 'sam' = 'grace',
  { isEnded = true, isTold = true }: { readonly isEnded?: boolean; readonly isTold?: boolean } = {},
): TiedSessions {
  const host = { conferenceRole: 'Host' }
  const guest = { conferenceRole: 'Participant' }
  const gone = (session: string, who: 'bea' | 'sam'): Step => ({
    session,
    atMs: 40_000,
    who,
    code: 'Gone',
    reason: 'Conference',
    to: { session: 'c', who },
  })
  const end: readonly Step[] = [
    { session: 'c', atMs: 100_000, who: 'bea', code: 'Disconnected', party: host },
    { session: 'c', atMs: 100_010, who: 'ada', code: 'Disconnected', party: guest },
    ...(isTold ? [{ session: 'c', atMs: 100_020, who: other, code: 'Disconnected', party: guest } as Step] : []),
  ]
  return {
    sessions: {
      a: { from: 'bea', to: 'ada' },
      b: { from: 'bea', to: other },
      c: { from: 'bea', to: 'conference', origin: 'Conference' },
    },
    steps: [
      ...answered('a', 0, { from: 'bea', to: 'ada' }),
      { session: 'a', atMs: 20_000, who: 'bea', code: 'Hold' },
      ...answered('b', 21_000, { from: 'bea', to: other }),
      { session: 'c', atMs: 40_000, who: 'bea', code: 'Answered', party: host },
      { session: 'c', atMs: 40_000, who: 'ada', code: 'Answered', party: guest },
      ...(isTold ? [{ session: 'c', atMs: 40_000, who: other, code: 'Answered', party: guest } as Step] : []),
      gone('a', 'bea'),
      gone('b', 'bea'),
      ...(other === 'sam' ? [gone('b', 'sam')] : []),
      ...(isEnded ? end : []),
    ],
  }
}

/** Bea calls Ada, then Grace, and merges the second call into the first. */
export function mergedIntoCall(): TiedSessions {
  const plans = { t: { from: 'bea', to: 'ada' }, s: { from: 'bea', to: 'grace' } } as const
  return {
    sessions: plans,
    steps: [
      ...answered('t', 0, plans.t),
      ...answered('s', 10_000, plans.s),
      { session: 't', atMs: 20_000, who: 'grace', code: 'Answered' },
      ...(['bea', 'grace'] as const).map(
        (who): Step => ({
          session: 's',
          atMs: 20_000,
          who,
          code: 'Gone',
          reason: 'Conference',
          to: { session: 't', who },
        }),
      ),
    ],
  }
}

/** Sam parked Ada; Bea dials the place and talks to her. */
export function pickedUpByBea(): TiedSessions {
  return {
    sessions: { t: { from: 'ada', to: 'sam' }, p: { from: 'bea', to: 'parkingPlace' } },
    steps: [
      ...answered('t', 0, { from: 'ada', to: 'sam' }),
      { session: 't', atMs: 20_000, who: 'sam', code: 'Parked', reason: 'CallPark', party: { park: { id: '*801' } } },
      { session: 'p', atMs: 30_000, who: 'bea', code: 'Setup' },
      { session: 'p', atMs: 30_100, who: 'bea', code: 'Answered' },
      { session: 'p', atMs: 30_200, who: 'bea', code: 'Gone', reason: 'Pickup', to: { session: 't', who: 'bea' } },
      { session: 't', atMs: 30_200, who: 'sam', code: 'Disconnected', reason: 'Pickup' },
      { session: 't', atMs: 30_200, who: 'bea', code: 'Answered' },
      { session: 't', atMs: 60_000, who: 'bea', code: 'Disconnected' },
      { session: 't', atMs: 60_010, who: 'ada', code: 'Disconnected' },
    ],
  }
}

/** Bea listens to Sam's call with Ada. */
export function listenedToByBea(): TiedSessions {
  return {
    sessions: { t: { from: 'ada', to: 'sam' }, l: { from: 'bea', to: 'sam' } },
    steps: [
      ...answered('t', 0, { from: 'ada', to: 'sam' }),
      { session: 'l', atMs: 10_000, who: 'bea', code: 'Setup' },
      { session: 'l', atMs: 10_100, who: 'bea', code: 'Gone', reason: 'Supervising', to: { session: 't', who: 'bea' } },
      { session: 't', atMs: 10_100, who: 'bea', code: 'Answered', party: { muted: true } },
      { session: 't', atMs: 50_000, who: 'bea', code: 'Disconnected', party: { muted: true } },
      { session: 't', atMs: 60_000, who: 'sam', code: 'Disconnected' },
      { session: 't', atMs: 60_010, who: 'ada', code: 'Disconnected' },
    ],
  }
}

export const ALL_SCENARIOS: readonly (readonly [name: string, tied: TiedSessions])[] = [
  ['an attended transfer to me', attendedTransferToBea()],
  [
    'an attended transfer to me of a customer who was called',
    attendedTransferToBea({ customer: { from: 'sam', to: 'ada' } }),
  ],
  ['an attended transfer to me whose parties are not named', attendedTransferToBea({ isNamed: false })],
  ['an attended transfer to me for a reason that is not known', attendedTransferToBea({ reason: 'Hologram' })],
  ['an attended transfer to me of which the customer’s side is lost', attendedTransferToBea({ lost: ['customer'] })],
  ['an attended transfer to me of which my side is lost', attendedTransferToBea({ lost: ['consultation'] })],
  ['an attended transfer that moves me to the customer’s session', attendedTransferToBea({ isMoved: true })],
  ['a customer who was transferred twice', transferredTwice()],
  ['an attended transfer to me of a call that had rung for me', attendedTransferToWhoRang()],
  ['a customer whom I passed on and had back', connectedToAndFro()],
  ['a customer whom I called, passed on and had back', connectedToAndFro({ from: 'bea', to: 'ada' })],
  ['a customer whom I passed on and who was sent back', connectedAndSentBack()],
  ['two customers whom I connected', twoCustomersConnected()],
  ['an attended transfer by me', attendedTransferByBea()],
  ['an attended transfer by me to somebody outside', attendedTransferByBea('grace')],
  ['a conference of two customers', conference()],
  ['a conference that does not tell all of its people', conference('grace', { isTold: false })],
  ['a conference with a colleague', conference('sam')],
  ['a call that I picked up', pickedUpByBea()],
  ['a call that I listened to', listenedToByBea()],
]
