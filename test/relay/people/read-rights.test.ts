import { beforeEach, describe, expect, it } from 'vitest'
import { createConfirmedTime } from '../../../relay/confirmed-time.ts'
import { createMemoryRecords } from '../../../relay/log/records.memory.ts'
import type { Records } from '../../../relay/log/records.ts'
import type { Login } from '../../../relay/people/login.ts'
import { createPeoplePenalties } from '../../../relay/people/penalties.ts'
import { createRightsReading, type RightsReading } from '../../../relay/people/read-rights.ts'
import { createRights, type Rights } from '../../../relay/people/rights.ts'
import { RingCentralError } from '../../../relay/ringcentral/api.ts'
import type { Grants } from '../../../relay/ringcentral/grants.ts'
import type { RingCentralTokens } from '../../../relay/ringcentral/sign-in.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../shared/time.ts'
import { createManualClock, type ManualClock } from '../../support/manual-clock.ts'
import { createCollectedLogger } from '../support/collected-logger.ts'
import { settle } from '../support/subscriber-bench.ts'

const INES = { accountId: '400100', extensionId: '400101', name: 'Ines Moreau' }
const TOKENS: RingCentralTokens = { accessToken: 'a1', accessExpiresAtMs: 0, refreshToken: 'r1' }
const SAM: Grants = { monitors: ['400104'], runs: [] }
const NOBODY = { extensions: [], queues: [] }

let clock: ManualClock
let records: Records
let rights: Rights
let logins: Login[]
let ownTokens: RingCentralTokens | undefined
let answer: () => Promise<Grants>
let asked: number
let asService: string[]
let changed: string[]
let outcomes: string[]
let logger: ReturnType<typeof createCollectedLogger>
let reading: RightsReading

const watches = () => rights.describe(INES).watches
const refusal = (status: number, ...codes: string[]) =>
  new RingCentralError('refused', { status, codes, retryAfterMs: undefined })

beforeEach(async () => {
  clock = createManualClock()
  const time = createConfirmedTime(clock)
  time.confirm(clock.nowMs())
  logger = createCollectedLogger()
  records = createMemoryRecords()
  rights = await createRights({ records, settings: { supervisors: [] } })
  changed = []
  outcomes = []
  rights.onChanged((extensionId) => changed.push(extensionId))
  const times = { signedInAtMs: 0, expiresAtMs: clock.nowMs() + 30 * DAY_MS, checkedAtMs: clock.nowMs() }
  logins = [{ ...INES, ...times, tokenHash: 'hash', tokens: TOKENS }]
  ownTokens = TOKENS
  answer = async () => SAM
  asked = 0
  asService = []
  reading = createRightsReading({
    rights,
    logins: { all: () => logins },
    tokens: { ready: async () => ownTokens },
    client: {
      grants: () => {
        asked += 1
        return answer()
      },
    },
    penalties: createPeoplePenalties(clock),
    service: {
      send: async ({ path }) => {
        asService.push(path)
        return { records: [{ extension: { id: 400102 }, callMonitoring: true }] }
      },
    },
    takeRequest: () => 0,
    clock,
    time,
    logger: logger.logger,
    onRead: (extensionId, refusal) => outcomes.push(`${extensionId} ${refusal?.codes.join() ?? 'read'}`),
  })
})

describe('reading', () => {
  it('keeps what RingCentral grants, and tells of it once', async () => {
    await reading.readFirst(INES.extensionId, TOKENS)
    await reading.readFirst(INES.extensionId, TOKENS)
    expect(rights.describe(INES)).toMatchObject({ role: 'supervisor', watches: { extensions: ['400104'], queues: [] } })
    expect(changed).toEqual([INES.extensionId])
  })

  it('is known to the next start', async () => {
    await reading.readFirst(INES.extensionId, TOKENS)
    const again = await createRights({ records, settings: { supervisors: [] } })
    expect(again.describe(INES).watches).toEqual(watches())
  })

  it.each<[what: string, error: Error]>([
    ['RingCentral does not answer', new Error('no')],
    ['RingCentral fails', refusal(500)],
    ['RingCentral limits requests', refusal(429, 'CMN-301')],
    ['something on the way refuses', refusal(403)],
  ])('leaves what was known when %s', async (_what, error) => {
    await reading.readFirst(INES.extensionId, TOKENS)
    answer = () => Promise.reject(error)
    await reading.readFirst(INES.extensionId, TOKENS)
    expect(watches().extensions).toEqual(['400104'])
  })

  it.each(['CMN-401', 'CMN-408'])('leaves nothing to who may not even ask (%s)', async (code) => {
    await reading.readFirst(INES.extensionId, TOKENS)
    answer = () => Promise.reject(refusal(403, code))
    await reading.readFirst(INES.extensionId, TOKENS)
    expect(watches()).toEqual(NOBODY)
    expect(changed).toHaveLength(2)
    expect(outcomes).toEqual([`${INES.extensionId} read`, `${INES.extensionId} ${code}`])
  })

  it('keeps nobody waiting who signs in, and is known when RingCentral answers', async () => {
    let tell: (grants: Grants) => void = () => undefined
    answer = () =>
      new Promise((resolve) => {
        tell = resolve
      })
    const signedIn = reading.readFirst(INES.extensionId, TOKENS)
    clock.advance(5 * SECOND_MS)
    await signedIn
    expect(watches()).toEqual(NOBODY)
    tell(SAM)
    await settle()
    expect(watches().extensions).toEqual(['400104'])
    expect(changed).toEqual([INES.extensionId])
  })

  it('says to nobody whom they watch', async () => {
    await reading.readFirst(INES.extensionId, TOKENS)
    expect(logger.text()).not.toContain('400104')
  })
})

describe('the look', () => {
  const at = async (ms: number) => {
    clock.advance(ms)
    await settle()
  }

  it('asks for who is signed in and was not asked for, and for them again after a day', async () => {
    const stop = reading.start()
    await settle()
    expect(asked).toBe(1)
    for (let hours = 0; hours < 23; hours++) await at(HOUR_MS)
    expect(asked).toBe(1)
    await at(HOUR_MS)
    expect(asked).toBe(2)
    stop()
    await at(2 * DAY_MS)
    expect(asked).toBe(2)
  })

  it('tries again within the hour what failed', async () => {
    answer = () => Promise.reject(refusal(500))
    const stop = reading.start()
    await settle()
    answer = async () => SAM
    await at(HOUR_MS)
    expect(watches().extensions).toEqual(['400104'])
    stop()
  })

  it('asks in its own name for who has no tokens any more', async () => {
    ownTokens = undefined
    const stop = reading.start()
    await settle()
    expect(asService).toEqual([expect.stringContaining('/restapi/v1.0/account/~/extension/400101/grant?')])
    expect(watches().extensions).toEqual(['400102'])
    stop()
  })

  it('forgets who is not signed in any more', async () => {
    await reading.readFirst(INES.extensionId, TOKENS)
    logins = []
    const stop = reading.start()
    await settle()
    expect(watches()).toEqual(NOBODY)
    expect(await records.list('rights/')).toEqual([])
    stop()
  })
})

describe('a doubt', () => {
  const login = () => logins[0] as Login

  it('asks again, at most once a minute', async () => {
    reading.doubt(login())
    reading.doubt(login())
    await settle()
    expect(asked).toBe(1)
    clock.advance(MINUTE_MS)
    answer = async () => ({ monitors: [], runs: ['400201'] })
    reading.doubt(login())
    await settle()
    expect(watches()).toEqual({ extensions: [], queues: ['400201'] })
  })
})

it('whoever the settings name watches everything, whatever is granted', async () => {
  const named = await createRights({ records, settings: { supervisors: [INES.extensionId] } })
  await named.keep(INES.extensionId, { grants: SAM, atMs: 0 })
  expect(named.describe(INES)).toMatchObject({ role: 'supervisor', watches: { extensions: 'all', queues: 'all' } })
})
