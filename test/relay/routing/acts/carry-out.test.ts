import { beforeEach, describe, expect, it } from 'vitest'
import { createCapabilities } from '../../../../relay/capabilities.ts'
import { type PersonRequest, SignInAgainError } from '../../../../relay/control/person-client.ts'
import { createMemoryEventLog } from '../../../../relay/log/event-log.memory.ts'
import type { EventLog } from '../../../../relay/log/event-log.ts'
import type { Login } from '../../../../relay/people/login.ts'
import { type ApiRequest, RingCentralError } from '../../../../relay/ringcentral/api.ts'
import type { ActOrder } from '../../../../relay/routing/act-order.ts'
import { ACTS_PER_MINUTE } from '../../../../relay/routing/acts/act-budget.ts'
import { createAskers } from '../../../../relay/routing/acts/askers.ts'
import { createCarryOut } from '../../../../relay/routing/acts/carry-out.ts'
import { decodeAct, readNotice } from '../../../../relay/wire/act-record.ts'
import type { ActRecord } from '../../../../shared/protocol/act.ts'
import type { Act } from '../../../../shared/rules/rule.ts'
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../../shared/time.ts'
import { createManualClock } from '../../../support/manual-clock.ts'
import { createCollectedLogger } from '../../support/collected-logger.ts'

const BEA = '400102'
const SAM = '400104'
const SALES = '400195'
const clock = createManualClock()
const toSam: Act = { kind: 'forward', to: { extensionId: SAM } }

let log: EventLog
/** What is asked, as whom, in order. */
let asked: string[]
/** What goes wrong for whom; one a request. */
let failures: Record<string, (Error | undefined)[]>
let signedIn: Login[]
let left: number
let capabilities: ReturnType<typeof createCapabilities>
let carryOut: ReturnType<typeof createCarryOut>
let logged: () => string
let count = 0

const login = (extensionId: string): Login => ({
  tokenHash: extensionId,
  accountId: '1',
  extensionId,
  name: 'Bea Lindqvist',
  homeCountry: undefined,
  signedInAtMs: 0,
  expiresAtMs: HOUR_MS,
  checkedAtMs: 0,
  tokens: { accessToken: 'a', accessExpiresAtMs: HOUR_MS, refreshToken: 'r' },
})

function answer(who: string, { method, path, body }: PersonRequest | ApiRequest): undefined {
  asked.push(`${who}: ${method} ${path} ${JSON.stringify(body)}`)
  const failure = failures[who]?.shift()
  if (failure !== undefined) throw failure
}

const failure = (
  status: number | undefined,
  codes: readonly string[] = [],
  more: { retryAfterMs?: number; words?: string; isUnsent?: boolean } = {},
) => new RingCentralError('It failed', { status, codes, retryAfterMs: undefined, ...more })

const order = (act: Act = toSam, more: Partial<ActOrder> = {}): ActOrder => ({
  rule: 'Harbor',
  act,
  actId: `act-${count++}`,
  telephonySessionId: 's-1',
  partyId: 'p-1',
  ownerId: BEA,
  agentId: BEA,
  caller: '+14085550123',
  ...more,
})

async function records(): Promise<readonly ActRecord[]> {
  return (await log.read(0, 1000)).map((event) => decodeAct(event)).filter((record) => record !== undefined)
}
const lastAnswer = async () => (await records()).at(-1)

beforeEach(() => {
  log = createMemoryEventLog()
  asked = []
  failures = {}
  signedIn = [login(BEA)]
  left = 1000
  capabilities = createCapabilities(clock)
  const { logger, text } = createCollectedLogger()
  logged = text
  const listAskers = createAskers({
    client: { send: async ({ extensionId }, request) => answer(extensionId, request) },
    logins: { all: () => signedIn },
    service: { send: async (request) => answer('relay', request) },
    takeRequest: () => (left-- > 0 ? 0 : 7 * SECOND_MS),
    clock,
  })
  carryOut = createCarryOut({
    log,
    directory: { people: new Map([[SAM, { name: 'Sam', extensionNumber: '104', type: 'User' }]]) },
    logger,
    listAskers,
    isQueueId: (id) => id === SALES,
    capabilities,
    clock,
  })
})

it('tells the log of the session, and not of what the rule is called: that may be somebody’s name', async () => {
  await carryOut(order())
  await carryOut(order({ kind: 'alert', to: SAM, text: 'Harbor calls' }))
  expect(logged()).toContain('"act":"forward","outcome":"done","telephonySessionId":"s-1"')
  expect(logged()).toContain('"act":"alert"')
  expect(logged()).not.toContain('Harbor')
})

describe('what RingCentral is asked for', () => {
  it.each<[Act, string, object]>([
    [toSam, 'parties/p-1/forward', { extensionId: SAM }],
    [{ kind: 'forward', to: { voicemail: BEA } }, 'parties/p-1/forward', { voicemail: BEA }],
    [{ kind: 'transfer', to: { phoneNumber: '+1' } }, 'parties/p-1/transfer', { phoneNumber: '+1' }],
    [{ kind: 'reply', text: 'Later' }, 'parties/p-1/reply', { replyWithText: 'Later' }],
  ])('%o', async (act, path, body) => {
    await carryOut(order(act))
    expect(asked).toEqual([`${BEA}: POST /telephony/sessions/s-1/${path} ${JSON.stringify(body)}`])
    expect((await records()).map(({ step }) => step)).toEqual(['intended', 'answered'])
    expect(await lastAnswer()).toMatchObject({ outcome: 'done', asWhom: BEA, by: { rule: 'Harbor' }, partyId: 'p-1' })
  })

  it.each([
    [1, 's-1'],
    [2, 's-1/parties/p-1'],
  ] as const)(
    'to hear an agent’s call in %i channels, as the relay’s own user: nobody listens to themselves',
    async (channels, path) => {
      await carryOut(order({ kind: 'supervise', deviceId: '77', channels }))
      expect(asked).toEqual([
        `relay: POST /restapi/v1.0/account/~/telephony/sessions/${path}/supervise ${JSON.stringify({
          mode: 'Listen',
          supervisorDeviceId: '77',
          agentExtensionId: BEA,
          autoAnswer: true,
        })}`,
      ])
      expect(await lastAnswer()).toMatchObject({ act: 'supervise', deviceId: '77', outcome: 'done' })
      expect(capabilities.of(BEA)).toContainEqual(expect.objectContaining({ name: 'ruleSupervision', state: 'works' }))
    },
  )

  it('is nothing for an alert, which is done by being told', async () => {
    await carryOut(order({ kind: 'alert', to: '400101', text: 'A key account' }))
    await carryOut(order({ kind: 'alert', to: 'watchers', text: 'Third call' }))
    expect(asked).toEqual([])
    expect((await records()).map(({ step }) => step)).toEqual(['answered', 'answered'])
    expect((await log.read(0, 10)).map(readNotice)).toMatchObject([
      { kind: 'alert', to: '400101', text: 'A key account', caller: '+14085550123' },
      { kind: 'alert', to: 'watchers' },
    ])
  })
})

it('is intended once, and never asked for by whoever finds that it was', async () => {
  const once = order()
  await Promise.all([carryOut(once), carryOut(once)])
  await carryOut(once)
  expect(asked).toHaveLength(1)
  expect((await records()).map(({ step }) => step)).toEqual(['intended', 'answered'])
})

it('is not asked for when the intention can not be written, and is in the log before it is asked for', async () => {
  const { append } = log
  log.append = async (event) => {
    if (decodeAct(event)?.step === 'intended') expect(asked).toEqual([])
    throw new Error('The disk is full')
  }
  await expect(carryOut(order())).rejects.toThrow('The disk is full')
  expect(asked).toEqual([])
  log.append = append
})

it.each<[Act, string | undefined]>([
  [toSam, SAM],
  [{ kind: 'transfer', to: { extensionNumber: '104' } }, SAM],
  [{ kind: 'forward', to: { extensionNumber: '999' } }, undefined],
  [{ kind: 'forward', to: { phoneNumber: '+14085550199' } }, undefined],
  [{ kind: 'forward', to: { voicemail: SAM } }, undefined],
])('tells to whom it was sent, and from whom: %o', async (act, to) => {
  await carryOut(order(act))
  const [, answered] = await log.read(0, 10)
  const notice = answered && readNotice(answered)
  expect(notice).toEqual(
    to === undefined ? undefined : { telephonySessionId: 's-1', kind: 'sent', rule: 'Harbor', to, from: BEA },
  )
})

describe('as whom', () => {
  it('whose leg it is, on the browser that was there last', async () => {
    signedIn = [login(BEA), { ...login(BEA), tokenHash: 'later', expiresAtMs: 2 * HOUR_MS }]
    await carryOut(order())
    expect(asked[0]).toMatch(/^400102: /)
  })

  it.each([
    ['nobody is signed in', () => (signedIn = [])],
    ['their login is none any more', () => (signedIn = [{ ...login(BEA), tokens: undefined }])],
  ])('the relay’s own user where %s', async (_what, arrange) => {
    arrange()
    await carryOut(order())
    expect(asked).toEqual([expect.stringMatching(/^relay: POST \/restapi\/v1.0\/account\/~\/telephony/)])
    expect(await lastAnswer()).not.toHaveProperty('asWhom')
    expect(capabilities.of(BEA)).toContainEqual(expect.objectContaining({ name: 'rules', state: 'works' }))
  })

  it.each<[string, Error]>([
    ['RingCentral has ended their login', new SignInAgainError('ended')],
    ['RingCentral forbids it to them', failure(403, ['CMN-408'])],
    ['RingCentral limits them', failure(429, ['CMN-301'])],
    ['their token could not be renewed', failure(undefined, [], { isUnsent: true })],
  ])('and after them the relay’s own user where %s', async (_what, error) => {
    failures[BEA] = [error]
    await carryOut(order())
    expect(asked.map((line) => line.split(':')[0])).toEqual([BEA, 'relay'])
    expect((await records()).map(({ step, asWhom }) => [step, asWhom])).toEqual([
      ['intended', BEA],
      ['answered', undefined],
    ])
    expect(await lastAnswer()).toMatchObject({ outcome: 'done' })
  })

  it.each<[string, Error, string]>([
    ['the call is in another state', failure(409, ['TAS-106']), 'tooLate'],
    ['there is no such call any more', failure(404, ['CMN-102']), 'tooLate'],
    ['it is refused for what it is', failure(400, ['CMN-101']), 'refused'],
    ['nobody can tell whether it was done', failure(500, ['CMN-211']), 'unknown'],
    ['no answer came', failure(undefined), 'unknown'],
  ])('nobody else where %s', async (_what, error, outcome) => {
    failures[BEA] = [error]
    await carryOut(order())
    expect(asked).toHaveLength(1)
    expect(await lastAnswer()).toMatchObject({ step: 'answered', outcome, asWhom: BEA })
  })
})

describe('what is forbidden', () => {
  it('is not asked for again within the hour as the same, and the answer says why', async () => {
    signedIn = []
    failures.relay = [
      failure(403, ['CMN-408'], { words: 'In order to call this API endpoint, user needs CallControl' }),
    ]
    await carryOut(order())
    await carryOut(order())
    await carryOut(order({ kind: 'forward', to: { phoneNumber: '+14085550199' } }, { ownerId: SAM }))
    expect(asked).toHaveLength(1)
    const told = {
      outcome: 'refused',
      status: 403,
      words: 'In order to call this API endpoint, user needs CallControl',
    }
    expect(await records()).toMatchObject([{ step: 'intended' }, told, told, told])
    expect(capabilities.of(BEA)).toContainEqual(
      expect.objectContaining({ name: 'rules', state: 'refused', reason: told.words }),
    )
    await carryOut(order({ kind: 'reply', text: 'Later' }))
    expect(asked).toHaveLength(2)
    clock.advance(HOUR_MS)
    await carryOut(order())
    expect(asked).toHaveLength(3)
  })

  it('of the calls of one colleague says nothing of another’s', async () => {
    signedIn = []
    failures.relay = [failure(403, ['TAS-105'])]
    await carryOut(order())
    await carryOut(order())
    expect(asked).toHaveLength(1)
    await carryOut(order(toSam, { ownerId: '400103' }))
    expect(asked).toHaveLength(2)
  })

  it('to the person is left to the relay’s own user at once the next time', async () => {
    failures[BEA] = [failure(403, ['CMN-408'])]
    await carryOut(order())
    await carryOut(order())
    expect(asked.map((line) => line.split(':')[0])).toEqual([BEA, 'relay', 'relay'])
    expect(capabilities.of(BEA)).toContainEqual(expect.objectContaining({ name: 'callControl', state: 'refused' }))
  })
})

describe('what is limited', () => {
  it('by RingCentral may be intended anew after as long as it says', async () => {
    signedIn = []
    failures.relay = [failure(429, ['CMN-301'], { retryAfterMs: 21 * SECOND_MS })]
    await carryOut(order())
    expect(await lastAnswer()).toMatchObject({ outcome: 'limited', status: 429, retryAfterMs: 21 * SECOND_MS })
  })

  it('in a storm is not asked for at all: each is told another moment, and people keep requests of their own', async () => {
    for (let i = 0; i < 2 * ACTS_PER_MINUTE; i++) await carryOut(order())
    expect(asked.filter((line) => line.startsWith(BEA))).toHaveLength(ACTS_PER_MINUTE)
    expect(asked.filter((line) => line.startsWith('relay'))).toHaveLength(ACTS_PER_MINUTE)
    clock.advance(SECOND_MS)
    await carryOut(order())
    await carryOut(order())
    const limited = (await records()).slice(-2)
    expect(limited).toMatchObject([
      { step: 'answered', outcome: 'limited', retryAfterMs: MINUTE_MS - SECOND_MS },
      { step: 'answered', outcome: 'limited', retryAfterMs: MINUTE_MS - SECOND_MS },
    ])
    expect(asked).toHaveLength(2 * ACTS_PER_MINUTE)
    clock.advance(MINUTE_MS - SECOND_MS)
    await carryOut(order())
    expect(asked).toHaveLength(2 * ACTS_PER_MINUTE + 1)
  })

  it('by what questions about calls leave to it', async () => {
    signedIn = []
    left = 0
    await carryOut(order())
    expect(asked).toEqual([])
    expect(await lastAnswer()).toMatchObject({ outcome: 'limited', retryAfterMs: 7 * SECOND_MS })
  })
})

describe('a caller in a queue whose leg RingCentral takes for connected', () => {
  it('is transferred', async () => {
    failures.relay = [failure(409, ['TAS-106'])]
    await carryOut(order(toSam, { ownerId: SALES, agentId: undefined }))
    expect(asked.map((line) => line.split('/').at(-1))).toEqual([
      `forward {"extensionId":"${SAM}"}`,
      `transfer {"extensionId":"${SAM}"}`,
    ])
    expect(await lastAnswer()).toMatchObject({ act: 'forward', outcome: 'done' })
  })

  it('is too late for when both are refused', async () => {
    failures.relay = [failure(409, ['TAS-106']), failure(409, ['TAS-106'])]
    await carryOut(order(toSam, { ownerId: SALES, agentId: undefined }))
    expect(await lastAnswer()).toMatchObject({ outcome: 'tooLate' })
  })
})
