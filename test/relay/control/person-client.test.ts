import { afterAll, beforeAll, beforeEach, expect, it, onTestFinished } from 'vitest'
import { machineTime } from '../../../relay/confirmed-time.ts'
import { createPersonClient, UnansweredRequestError } from '../../../relay/control/person-client.ts'
import { createMemoryRecords } from '../../../relay/log/records.memory.ts'
import type { Login } from '../../../relay/people/login.ts'
import { createLogins } from '../../../relay/people/logins.ts'
import { createPeoplePenalties } from '../../../relay/people/penalties.ts'
import { createTokenCipher } from '../../../relay/people/token-cipher.ts'
import { openWayOut } from '../../../relay/ringcentral/way-out.ts'
import { type Platform, startPlatform } from '../../platform/platform.ts'
import { createManualClock } from '../../support/manual-clock.ts'

/** Requests as a person, at a RingCentral that takes its time. */

let platform: Platform
let login: Login
beforeAll(async () => {
  platform = await startPlatform({ tidy: true })
})
afterAll(() => platform.close())
beforeEach(async () => {
  const clock = createManualClock()
  const cipher = createTokenCipher(new Uint8Array(32))
  const logins = await createLogins({ records: createMemoryRecords(), cipher, time: machineTime(clock) })
  const identity = { accountId: '400100', extensionId: '400102', name: 'Bea' }
  const tokens = { accessToken: 'a', accessExpiresAtMs: 0, refreshToken: 'r' }
  login = (await logins.create(identity, tokens)).login
})

it('gives up in time, and does not ask a second time', async () => {
  const stop = platform.misbehave.slowRequests('telephony')
  onTestFinished(stop)
  const { tokens } = login
  const client = createPersonClient({
    serverUrl: platform.url,
    tokens: { ready: async () => tokens, renew: async () => tokens },
    penalties: createPeoplePenalties(createManualClock()),
    wayOut: openWayOut({ httpsProxy: undefined, noProxy: undefined }),
    timeoutMs: 100,
  })
  const request = { method: 'POST', path: '/telephony/call-out', body: {} } as const
  await expect(client.send(login, request)).rejects.toBeInstanceOf(UnansweredRequestError)
  stop()
  expect(platform.requests().filter(({ path }) => path.endsWith('/call-out')).length).toBeLessThanOrEqual(1)
})
