import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CLOSE_CODES } from '../../../shared/protocol/wire.ts'
import { DAY_MS, formatInstant, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../shared/time.ts'
import { eventually } from '../../support/eventually.ts'
import { createManualClock, type ManualClock } from '../../support/manual-clock.ts'
import { askRelay } from '../control/relay-client.ts'
import { type RelayFixture, startFixture } from '../support/relay-fixture.ts'
import { type SignedIn, signIn } from '../support/sign-in-flow.ts'
import { openStream, type StreamClient } from '../support/stream-client.ts'

/** How long somebody stays signed in, and what ends it. */

const BEA = '400102'
const SAM = '400104'

let clock: ManualClock
let fixture: RelayFixture
let bea: SignedIn
let streams: StreamClient[]
beforeEach(async () => {
  clock = createManualClock(Date.now())
  streams = []
  fixture = await startFixture({ relay: { clock }, platform: { nowMs: () => clock.nowMs() } })
  bea = await signIn(fixture, BEA)
})
afterEach(async () => {
  for (const { socket } of streams) socket.terminate()
  await fixture.close()
})

async function join(token: string, after: Parameters<StreamClient['hello']>[1] = null) {
  const stream = await openStream(fixture.relay.url)
  streams.push(stream)
  stream.hello(token, after)
  return stream
}
const devices = (token = bea.token) => askRelay(fixture, token, 'GET', '/v1/devices')
const tokenRequests = () => fixture.platform.requests().filter(({ path }) => path === '/restapi/oauth/token').length

/** The close code after `begin`, on a clock of the relay's that stands still meanwhile: no timer is waited for. */
async function cutBy(stream: StreamClient, begin: () => unknown): Promise<number> {
  await stream.welcome()
  begin()
  return stream.closed()
}

describe('a token', () => {
  /** So much later, by the clocks of both; that the relay believes it takes an answer of RingCentral's. */
  async function passDays(days: number): Promise<void> {
    clock.jump(days * DAY_MS)
    const looks = () => fixture.platform.requests().filter(({ path }) => path.endsWith('/subscription')).length
    const before = looks()
    await eventually(() => {
      clock.advance(SECOND_MS)
      expect(looks()).toBeGreaterThan(before + 1)
    })
  }

  it('lives 30 days from the last hello, and not from requests', async () => {
    await passDays(29)
    const welcome = await (await join(bea.token)).welcome()
    expect(welcome.tokenExpiresAt).toBe(formatInstant(clock.nowMs() + 30 * DAY_MS))
    await passDays(29)
    expect((await devices()).status).not.toBe(401)
    await passDays(1)
    expect((await devices()).status).toBe(401)
    expect(await (await join(bea.token)).closed()).toBe(CLOSE_CODES.unauthorised)
  })

  it('lives on while only the relay’s own clock is 31 days ahead, its sockets too', async () => {
    await fixture.close()
    fixture = await startFixture({ relay: { clock }, platform: { nowMs: () => clock.elapsedMs() } })
    bea = await signIn(fixture, BEA)
    const stream = await join(bea.token)
    await stream.welcome()
    clock.jump(31 * DAY_MS)
    clock.advance(20 * SECOND_MS)
    await eventually(() => expect(stream.messages().filter(({ type }) => type === 'ping')).toHaveLength(2))
    expect((await devices()).status).toBe(200)
    expect(await (await join(bea.token)).welcome()).toMatchObject({ user: { extensionId: BEA } })
  })

  it('ends with a sign-out: its socket at once, those of others not', async () => {
    const other = await signIn(fixture, BEA)
    const otherStream = await join(other.token)
    await otherStream.welcome()
    const signOut = () => askRelay(fixture, bea.token, 'DELETE', '/auth/token')
    const code = await cutBy(await join(bea.token), signOut)
    expect(code).toBe(CLOSE_CODES.unauthorised)
    expect((await devices()).status).toBe(401)
    expect((await devices(other.token)).status).toBe(200)
    expect(otherStream.socket.readyState).toBe(otherStream.socket.OPEN)
  })
})

describe('the login at RingCentral', () => {
  it('is renewed once for all who ask at once, and kept', async () => {
    // Less than the relay's own login lives: only the person's is due.
    fixture.platform.misbehave.shortenAccessTokens((10 * MINUTE_MS) / SECOND_MS)
    bea = await signIn(fixture, BEA)
    clock.advance(10 * MINUTE_MS)
    const before = tokenRequests()
    const answers = await Promise.all([devices(), devices(), devices()])
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(tokenRequests()).toBe(before + 1)
    fixture = await fixture.restart()
    const afterRestart = tokenRequests()
    expect((await devices()).status).toBe(200)
    expect(tokenRequests()).toBe(afterRestart)
  })

  it('that ended too early is renewed before the request is sent again', async () => {
    fixture.platform.misbehave.answerRequests(/\/device$/, { status: 401, errorCode: 'OAU-128' }, { times: 1 })
    expect((await devices()).status).toBe(200)
  })

  it('that can not be renewed any more ends the login: the person is asked to sign in again', async () => {
    fixture.platform.misbehave.endLogins(BEA)
    let answer: Promise<Response> | undefined
    const code = await cutBy(await join(bea.token), () => {
      answer = devices()
    })
    expect(code).toBe(CLOSE_CODES.unauthorised)
    const refusal = await answer
    expect(refusal?.status).toBe(403)
    expect(await refusal?.json()).toMatchObject({
      code: 'sign_in_again',
      detail: expect.stringContaining('sign in again'),
    })
    expect((await devices()).status).toBe(401)
    const again = await signIn(fixture, BEA)
    expect((await devices(again.token)).status).toBe(200)
  })

  it('is in no log, old or new', async () => {
    clock.advance(HOUR_MS)
    await devices()
    expect(fixture.logText()).not.toContain(bea.token)
    expect(fixture.logText()).not.toMatch(/accessToken|refreshToken|bearer/i)
  })
})

describe('every day RingCentral is asked who somebody is', () => {
  it.each<[what: string, change: () => void]>([
    ['disabled', () => fixture.platform.misbehave.disablePerson(BEA)],
    ['moved to another account', () => fixture.platform.misbehave.movePerson(BEA)],
  ])('whoever was %s is cut within a second, and nobody else', async (_what, change) => {
    const sam = await signIn(fixture, SAM)
    // The look of the 24th hour is the first at which the last check is a day old.
    clock.advance(DAY_MS - SECOND_MS)
    change()
    const samStream = await join(sam.token)
    await samStream.welcome()
    const code = await cutBy(await join(bea.token), () => clock.advance(SECOND_MS))
    expect(code).toBe(CLOSE_CODES.unauthorised)
    expect((await devices()).status).toBe(401)
    expect((await devices(sam.token)).status).toBe(200)
    expect(samStream.socket.readyState).toBe(samStream.socket.OPEN)
  })
})

it('a supervisor is one from the next start on, and begins anew with what they now see', async () => {
  const agent = await (await join(bea.token)).welcome()
  expect(agent.user.role).toBe('agent')
  fixture = await fixture.restart({ supervisors: [BEA] })
  const cursor = { epoch: agent.epoch, position: agent.head }
  const supervisor = await (await join(bea.token, cursor)).welcome()
  expect(supervisor.user.role).toBe('supervisor')
  expect(supervisor.epoch).not.toBe(agent.epoch)
  expect(supervisor.resumed).toBe(false)
  fixture = await fixture.restart({ supervisors: [] })
  expect(await (await join(bea.token, cursor)).welcome()).toMatchObject({ epoch: agent.epoch, resumed: true })
})
