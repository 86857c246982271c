import { type CallPlan, durationOf, type EndpointPlan, type PartyPlan, type Stage } from './call-plan.ts'

/** What tells one invented call from another. */
export interface CallSeed {
  /** Different for every call of a stream: its ids follow from it. */
  readonly number: number
  /** ms since the epoch, platform's clock. */
  readonly startsAtMs: number
  /** Numbers in [0, 1). */
  readonly random: () => number
  /** The person outside; another one for every call unless given. */
  readonly customer?: EndpointPlan
}

/** The shapes that a random call takes, each as often as the others. Source: the scenarios of RingCentral's call session guide. */
export const CALL_SHAPES = {
  direct: (cast: Cast) => planInbound(cast, [answered(cast)]),
  hold: (cast: Cast) => planInbound(cast, talkWithHolds(cast)),
  menu: planMenu,
  outgoing: planOutgoing,
  internal: planInternal,
  queue: planQueue,
  blindTransfer: planBlindTransfer,
  attendedTransfer: planAttendedTransfer,
  voicemail: planVoicemail,
  unanswered: planUnanswered,
} as const satisfies Readonly<Record<string, (cast: Cast) => readonly PartyPlan[]>>
export type CallShape = keyof typeof CALL_SHAPES

const SHAPE_NAMES = Object.keys(CALL_SHAPES) as readonly CallShape[]

/** A random call of a random shape, or of the given one. */
export function createCallPlan(seed: CallSeed, shape: CallShape = pick(seed.random, SHAPE_NAMES)): CallPlan {
  const key = `a${seed.number.toString(16).padStart(31, '0')}`
  const telephonySessionId = `s-${key}`
  return {
    telephonySessionId,
    sessionId: String(425_000_000_000 + seed.number * SESSION_ID_STEP),
    startsAtMs: seed.startsAtMs,
    parties: CALL_SHAPES[shape]({
      random: seed.random,
      partyId: (index) => `p-${key}-${index}`,
      otherSessionId: `s-b${key.slice(1)}`,
      customer: seed.customer ?? {
        phoneNumber: `+1202555${String(seed.number % 10_000).padStart(4, '0')}`,
        name: 'A Customer',
      },
    }),
  }
}

/** Sessions that lie a few thousand apart would be legs of one RingOut call to RingCentral's own client. */
const SESSION_ID_STEP = 7919

/** Who and what a call is made of. */
interface Cast {
  readonly random: () => number
  /** The id of the call's party with this number, from 1. */
  readonly partyId: (index: number) => string
  /** A session that the call may be joined with. */
  readonly otherSessionId: string
  readonly customer: EndpointPlan
}

const COMPANY: EndpointPlan = { phoneNumber: '+18005550100', name: 'The Company' }
const MENU: EndpointPlan = { phoneNumber: '+18005550100', name: 'IVR Menu 1001', extensionId: '400190' }
const QUEUE: EndpointPlan = { phoneNumber: '+18005550100', name: 'Support', extensionId: '400180' }
const AGENTS: readonly EndpointPlan[] = [101, 102, 103, 104, 105, 106].map((extension) => ({
  phoneNumber: String(extension),
  name: `Agent ${extension}`,
  extensionId: `400${extension}`,
}))

/** From what the platform does with one party to what it does with the next. */
const HOP_MS = 24
/** From the first party's leaving to the second's. */
const HANG_UP_MS = 4
const DISCONNECTED = { code: 'Disconnected' } as const

function planInbound(cast: Cast, talk: readonly Stage[]): readonly PartyPlan[] {
  const [setup, ring] = [setUp(cast), ringing(cast)]
  const agent = pick(cast.random, AGENTS)
  return [
    caller(cast, [
      { code: 'Setup', lastsMs: HOP_MS + setup.lastsMs },
      { code: 'Proceeding', lastsMs: ring.lastsMs },
      { code: 'Answered', lastsMs: durationOf(talk) + HANG_UP_MS },
    ]),
    called(cast, 2, agent, HOP_MS, [setup, ring, ...talk]),
  ]
}

function planMenu(cast: Cast): readonly PartyPlan[] {
  const inMenuMs = between(cast.random, 3_000, 20_000)
  const stages = [setUp(cast), ringing(cast), ...talkWithHolds(cast)]
  const joinsAfterMs = HOP_MS + inMenuMs
  return [
    caller(cast, [
      { code: 'Setup', lastsMs: 143 },
      { code: 'Answered', lastsMs: joinsAfterMs - 143 + durationOf(stages) + HANG_UP_MS },
    ]),
    called(cast, 2, MENU, HOP_MS, [{ code: 'Setup', lastsMs: inMenuMs }]),
    called(cast, 3, pick(cast.random, AGENTS), joinsAfterMs, stages),
  ]
}

function planOutgoing(cast: Cast): readonly PartyPlan[] {
  const agent = pick(cast.random, AGENTS)
  const ring = ringing(cast)
  const talk = talkWithHolds(cast)
  const ends = { from: agent, to: cast.customer }
  return [
    {
      ...ends,
      id: cast.partyId(1),
      direction: 'Outbound',
      ...owner(agent),
      joinsAfterMs: 0,
      stages: [{ code: 'Setup', lastsMs: HOP_MS * 2 }, ring, ...talk],
      end: DISCONNECTED,
    },
    {
      ...ends,
      id: cast.partyId(2),
      direction: 'Inbound',
      joinsAfterMs: HOP_MS,
      stages: [
        { code: 'Proceeding', lastsMs: ring.lastsMs + HOP_MS },
        { code: 'Answered', lastsMs: durationOf(talk) + HANG_UP_MS },
      ],
      end: DISCONNECTED,
    },
  ]
}

/** The caller's own Answered comes before the other's phone has rung. */
function planInternal(cast: Cast): readonly PartyPlan[] {
  const first = between(cast.random, 0, AGENTS.length - 1)
  const [from = COMPANY, to = COMPANY] = [AGENTS[first], AGENTS[(first + 1) % AGENTS.length]]
  const stages = [setUp(cast), ringing(cast), answered(cast)]
  return [
    {
      id: cast.partyId(1),
      direction: 'Outbound',
      from,
      to,
      ...owner(from),
      joinsAfterMs: 0,
      stages: [
        { code: 'Setup', lastsMs: HOP_MS * 2 },
        { code: 'Answered', lastsMs: durationOf(stages) - HOP_MS - HANG_UP_MS },
      ],
      end: DISCONNECTED,
    },
    {
      id: cast.partyId(2),
      direction: 'Inbound',
      from,
      to,
      ...owner(to),
      joinsAfterMs: HOP_MS,
      stages,
      end: DISCONNECTED,
    },
  ]
}

/** Several agents ring; one takes the call, the others' phones stop. Theirs begin with Proceeding and name the queue. */
function planQueue(cast: Cast): readonly PartyPlan[] {
  const rung = AGENTS.slice(0, between(cast.random, 2, 4))
  const taker = between(cast.random, 0, rung.length - 1)
  const waitMs = between(cast.random, 1_000, 15_000)
  const ring = ringing(cast)
  const talk = talkWithHolds(cast)
  const inbound = { direction: 'Inbound', from: cast.customer, to: QUEUE } as const
  return [
    caller(cast, [
      { code: 'Setup', lastsMs: 143 },
      { code: 'Answered', lastsMs: waitMs - 143 + ring.lastsMs + durationOf(talk) + HANG_UP_MS },
    ]),
    {
      ...called(cast, 2, QUEUE, HOP_MS, [{ code: 'Setup', lastsMs: waitMs + ring.lastsMs }]),
      end: { code: 'Disconnected', reason: 'AgentAnswered' },
    },
    ...rung.map(
      (agent, index): PartyPlan => ({
        ...inbound,
        id: cast.partyId(3 + index),
        ...owner(agent),
        queueName: 'Support',
        joinsAfterMs: waitMs,
        stages: index === taker ? [ring, ...talk] : [{ ...ring, lastsMs: ring.lastsMs + HOP_MS + index }],
        end: DISCONNECTED,
      }),
    ),
  ]
}

function planBlindTransfer(cast: Cast): readonly PartyPlan[] {
  const [agent = COMPANY, target = COMPANY] = AGENTS.slice(between(cast.random, 0, AGENTS.length - 2))
  const before = [setUp(cast), ringing(cast), answered(cast)]
  const after = [setUp(cast), ringing(cast), answered(cast)]
  const transferredAfterMs = HOP_MS + durationOf(before)
  return [
    caller(cast, [
      { code: 'Setup', lastsMs: 143 },
      { code: 'Answered', lastsMs: transferredAfterMs - 143 + durationOf(after) + HANG_UP_MS },
    ]),
    { ...called(cast, 2, agent, HOP_MS, before), end: { code: 'Disconnected', reason: 'BlindTransfer' } },
    called(cast, 3, target, transferredAfterMs, after),
  ]
}

/** Both parties leave for the session in which the agent asked the colleague first. */
function planAttendedTransfer(cast: Cast): readonly PartyPlan[] {
  const stages: readonly Stage[] = [
    setUp(cast),
    ringing(cast),
    answered(cast),
    { code: 'Hold', lastsMs: between(cast.random, 5_000, 60_000) },
  ]
  const gone = (index: number) =>
    ({
      code: 'Gone',
      reason: 'AttendedTransfer',
      peer: { telephonySessionId: cast.otherSessionId, partyId: `${cast.otherSessionId}-${index}` },
    }) as const
  return [
    {
      ...caller(cast, [
        { code: 'Setup', lastsMs: 143 },
        { code: 'Answered', lastsMs: HOP_MS - 143 + durationOf(stages) },
      ]),
      end: gone(1),
    },
    { ...called(cast, 2, pick(cast.random, AGENTS), HOP_MS, stages), end: gone(2) },
  ]
}

function planVoicemail(cast: Cast): readonly PartyPlan[] {
  const [setup, ring] = [setUp(cast), ringing(cast)]
  const message: Stage = { code: 'VoiceMail', lastsMs: between(cast.random, 2_000, 60_000) }
  return [
    caller(cast, [
      { code: 'Setup', lastsMs: HOP_MS + setup.lastsMs },
      { code: 'Proceeding', lastsMs: ring.lastsMs },
      { code: 'Answered', lastsMs: message.lastsMs - HANG_UP_MS },
    ]),
    called(cast, 2, pick(cast.random, AGENTS), HOP_MS, [setup, ring, message]),
  ]
}

function planUnanswered(cast: Cast): readonly PartyPlan[] {
  const [setup, ring] = [setUp(cast), ringing(cast)]
  const reason = pick(cast.random, ['NoAnswer', 'Cancelled', 'Rejected', 'TargetBusy'] as const)
  return [
    caller(cast, [
      { code: 'Setup', lastsMs: HOP_MS + setup.lastsMs },
      { code: 'Proceeding', lastsMs: ring.lastsMs + HANG_UP_MS },
    ]),
    {
      ...called(cast, 2, pick(cast.random, AGENTS), HOP_MS, [setup, ring]),
      end: { code: 'Disconnected', reason },
    },
  ]
}

/** The customer's own party. */
function caller(cast: Cast, stages: readonly Stage[]): PartyPlan {
  const { customer, partyId } = cast
  return {
    id: partyId(1),
    direction: 'Outbound',
    from: customer,
    to: COMPANY,
    joinsAfterMs: 0,
    stages,
    end: DISCONNECTED,
  }
}

/** Somebody or something of the company's that the customer was led to. */
function called(
  cast: Cast,
  index: number,
  to: EndpointPlan,
  joinsAfterMs: number,
  stages: readonly Stage[],
): PartyPlan {
  const { customer, partyId } = cast
  return {
    id: partyId(index),
    direction: 'Inbound',
    from: customer,
    to,
    ...owner(to),
    joinsAfterMs,
    stages,
    end: DISCONNECTED,
  }
}

function owner({ extensionId }: EndpointPlan): { readonly extensionId?: string } {
  return extensionId === undefined ? {} : { extensionId }
}

function setUp({ random }: Cast): Stage {
  return { code: 'Setup', lastsMs: between(random, 20, 150) }
}

function ringing({ random }: Cast): Stage {
  return { code: 'Proceeding', lastsMs: between(random, 1_000, 25_000) }
}

function answered({ random }: Cast): Stage {
  return { code: 'Answered', lastsMs: between(random, 2_000, 240_000) }
}

/** A talk with up to three holds, and here and there a mute, which the platform tells as Answered again. */
function talkWithHolds(cast: Cast): readonly Stage[] {
  const stages: Stage[] = [answered(cast)]
  for (let holds = between(cast.random, 0, 3); holds > 0; holds -= 1) {
    stages.push({ code: 'Hold', lastsMs: between(cast.random, 2_000, 60_000) }, answered(cast))
  }
  if (cast.random() < 0.3) stages.push({ ...answered(cast), muted: true })
  return stages
}

/** A whole number, both ends included. */
function between(random: () => number, least: number, most: number): number {
  return least + Math.floor(random() * (most - least + 1))
}

function pick<T>(random: () => number, items: readonly T[]): T {
  const item = items[Math.floor(random() * items.length)]
  if (item === undefined) throw new RangeError('there should be something to pick from, but there is nothing')
  return item
}
