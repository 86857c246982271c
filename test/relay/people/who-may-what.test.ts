import { afterAll, beforeAll, expect, it } from 'vitest'
import { fillRoute, ROUTES } from '../../../shared/protocol/http/routes.ts'
import type { Call } from '../../platform/calls/call.ts'
import { SUPERVISOR } from '../../platform/people.ts'
import { SALES } from '../../platform/queue.ts'
import { eventually } from '../../support/eventually.ts'
import { askRelay, partyPath } from '../control/relay-client.ts'
import { type RelayFixture, startFixture } from '../support/relay-fixture.ts'
import { signIn } from '../support/sign-in-flow.ts'
import { openStream } from '../support/stream-client.ts'

/**
 * Who may do what about two calls of Bea's: one of her own, and one that she took from the queue Sales, in which Sam's phone
 * rang too. Noor may listen to Bea, and Ines manages the queue's members. Last Sam is named in RELAY_SUPERVISORS.
 */
const BEA = '400102'
const SAM = '400104'
const PEOPLE = {
  member: BEA,
  colleague: SAM,
  listener: '400103',
  manager: SUPERVISOR.extensionId,
  supervisor: SAM,
} as const
type Who = keyof typeof PEOPLE
const PHONES: Readonly<Record<Who, string>> = {
  member: '400802',
  colleague: '400804',
  listener: '400803',
  manager: SUPERVISOR.deviceId,
  supervisor: '400804',
}

let fixture: RelayFixture
const tokens = new Map<Who, string>()
let own: Call
let queued: Call

async function talk(to: string): Promise<Call> {
  const call = fixture.platform.placeCall({ from: '+14085550123', to })
  call.answer(BEA)
  await call.settled()
  return call
}

beforeAll(async () => {
  fixture = await startFixture()
  const { grants } = fixture.platform
  grants.take(PEOPLE.manager, 'callMonitoring')
  grants.take(PEOPLE.manager, 'callQueueSetup')
  grants.give(PEOPLE.manager, 'callQueueMembersSetup', [SALES.extensionId])
  grants.give(PEOPLE.listener, 'callMonitoring', [BEA])
  for (const who of ['member', 'colleague', 'listener', 'manager'] as const) {
    tokens.set(who, (await signIn(fixture, PEOPLE[who])).token)
  }
  queued = await talk(SALES.extensionId)
  own = await talk(BEA)
})
afterAll(() => fixture.close())

const ask = (who: Who, method: 'GET' | 'POST', path: string, body?: unknown) =>
  askRelay(fixture, tokens.get(who) ?? '', method, path, body)
const of = (call: Call) => ({ telephonySessionId: call.telephonySessionId })
const whisper = (who: Who, call: Call) =>
  ask(who, 'POST', fillRoute(ROUTES.whisper, of(call)), { extensionId: BEA, text: 'Well done' })
const listen = (who: Who, call: Call) =>
  ask(who, 'POST', fillRoute(ROUTES.supervise, of(call)), { agentExtensionId: BEA, deviceId: PHONES[who] })

/** `yes`, or why not. */
async function outcome(answer: Promise<Response>): Promise<string> {
  const response = await answer
  return response.ok ? 'yes' : ((await response.json()) as { code: string }).code
}

const DEEDS: Readonly<Record<string, (who: Who) => Promise<Response>>> = {
  'see her own call': (who) => ask(who, 'GET', fillRoute(ROUTES.sessionEvents, of(own))),
  'ask how her own call stands': (who) => ask(who, 'GET', fillRoute(ROUTES.session, of(own))),
  "see the queue's call": (who) => ask(who, 'GET', fillRoute(ROUTES.sessionEvents, of(queued))),
  'open the board': (who) => ask(who, 'GET', ROUTES.board),
  'list her calls': (who) => ask(who, 'GET', `${ROUTES.calls}?extension=${BEA}`),
  "list the queue's calls": (who) => ask(who, 'GET', `${ROUTES.calls}?queue=${SALES.extensionId}`),
  'raise a hand in her own call': (who) => ask(who, 'POST', fillRoute(ROUTES.hand, of(own)), { raised: true }),
  'write to her in her own call': (who) => whisper(who, own),
  "write to her in the queue's call": (who) => whisper(who, queued),
  'hold her own call': (who) => ask(who, 'POST', `${partyPath(own, 2)}/hold`),
  'let it go on': (who) => ask(who, 'POST', `${partyPath(own, 2)}/unhold`),
  "listen to her in the queue's call": (who) => listen(who, queued),
}

const TABLE: readonly [who: Who, deeds: Readonly<Record<keyof typeof DEEDS, string>>][] = [
  [
    'member',
    {
      'see her own call': 'yes',
      'ask how her own call stands': 'yes',
      "see the queue's call": 'yes',
      'open the board': 'not_allowed',
      'list her calls': 'not_allowed',
      "list the queue's calls": 'not_allowed',
      'raise a hand in her own call': 'yes',
      'write to her in her own call': 'not_watched',
      "write to her in the queue's call": 'not_watched',
      'hold her own call': 'yes',
      'let it go on': 'yes',
      "listen to her in the queue's call": 'not_watched',
    },
  ],
  [
    'colleague',
    {
      'see her own call': 'unknown_session',
      'ask how her own call stands': 'unknown_session',
      "see the queue's call": 'yes',
      'open the board': 'not_allowed',
      'list her calls': 'not_allowed',
      "list the queue's calls": 'not_allowed',
      'raise a hand in her own call': 'unknown_session',
      'write to her in her own call': 'unknown_session',
      "write to her in the queue's call": 'not_watched',
      'hold her own call': 'not_there',
      'let it go on': 'not_there',
      "listen to her in the queue's call": 'not_watched',
    },
  ],
  [
    'manager',
    {
      'see her own call': 'unknown_session',
      'ask how her own call stands': 'unknown_session',
      "see the queue's call": 'yes',
      'open the board': 'yes',
      'list her calls': 'not_allowed',
      "list the queue's calls": 'yes',
      'raise a hand in her own call': 'unknown_session',
      'write to her in her own call': 'unknown_session',
      "write to her in the queue's call": 'yes',
      'hold her own call': 'not_there',
      'let it go on': 'not_there',
      "listen to her in the queue's call": 'not_watched',
    },
  ],
  [
    'listener',
    {
      'see her own call': 'yes',
      'ask how her own call stands': 'yes',
      "see the queue's call": 'yes',
      'open the board': 'yes',
      'list her calls': 'yes',
      "list the queue's calls": 'not_allowed',
      'raise a hand in her own call': 'unknown_session',
      'write to her in her own call': 'yes',
      "write to her in the queue's call": 'yes',
      'hold her own call': 'not_there',
      'let it go on': 'not_there',
      "listen to her in the queue's call": 'yes',
    },
  ],
  [
    'supervisor',
    {
      'see her own call': 'yes',
      'ask how her own call stands': 'yes',
      "see the queue's call": 'yes',
      'open the board': 'yes',
      'list her calls': 'yes',
      "list the queue's calls": 'yes',
      'raise a hand in her own call': 'unknown_session',
      'write to her in her own call': 'yes',
      "write to her in the queue's call": 'yes',
      // These RingCentral decides, and it has not been told of RELAY_SUPERVISORS.
      'hold her own call': 'not_there',
      'let it go on': 'not_there',
      "listen to her in the queue's call": 'permission_missing',
    },
  ],
]

it.each(TABLE)('the %s may do so much, and no more', async (who, deeds) => {
  if (who === 'supervisor') {
    fixture = await fixture.restart({ supervisors: [SAM] })
    tokens.set(who, tokens.get('colleague') ?? '')
  }
  const outcomes: [deed: string, outcome: string][] = []
  for (const [deed, attempt] of Object.entries(DEEDS)) outcomes.push([deed, await outcome(attempt(who))])
  expect(Object.fromEntries(outcomes)).toEqual(deeds)
  const stream = await openStream(fixture.relay.url)
  stream.hello(tokens.get(who) ?? '', null, 'watched')
  const first = await eventually(() => {
    const message = stream.messages()[0]
    if (message === undefined) throw new Error('no message yet')
    return message
  })
  expect(first.type).toBe(deeds['open the board'] === 'yes' ? 'welcome' : 'error')
  await stream.close()
})
