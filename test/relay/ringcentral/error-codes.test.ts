import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { HOUR_MS, MINUTE_MS } from '../../../shared/time.ts'
import { creates, type SubscriptionScene, startSubscriptionScene } from '../support/subscription-scene.ts'

/** What the relay makes of each of RingCentral's refusals. */

let scene: SubscriptionScene
beforeEach(async () => {
  scene = await startSubscriptionScene()
})
afterEach(() => scene.close())

const secretsAtPlatform = () => scene.platform.subscriptions().map(({ verificationToken }) => verificationToken)

type Code = readonly [code: string, status: 400 | 401 | 403 | 404 | 429 | 500, says: string]

/** Somebody must change something: one line says what, and nothing is sent for a quarter of an hour. */
const BLOCKING: readonly Code[] = [
  ...[402, 403, 404, 405, 406, 407, 408].map(
    (number): Code => [`SUB-${number}`, 403, 'give that user a role in the RingCentral console'],
  ),
  ['SUB-508', 400, 'RELAY_EXTENSIONS should hold extension ids'],
  ['SUB-515', 400, 'RELAY_EXTENSIONS should hold extension ids'],
  ['SUB-524', 400, 'serve the whole certificate chain'],
  ['SUB-525', 400, 'no proxy adds headers'],
  ['CMN-101', 400, 'RELAY_PUBLIC_URL should be a public https address'],
  ['CMN-401', 403, 'to the app in the RingCentral console'],
  ['CMN-408', 403, 'a role in the RingCentral console'],
]

/** It may pass by itself, or passes with the next try. */
const PASSING: readonly Code[] = [
  ['SUB-507', 404, 'trying again'],
  ['CMN-102', 404, 'trying again'],
  ['SUB-521', 400, 'RingCentral does not reach RELAY_PUBLIC_URL/webhook'],
  ['SUB-522', 400, 'Something else than this relay answers'],
  ['CMN-203', 500, 'trying again'],
]

/** The token is of no use any more; the login may be. */
const LOGIN_ENDED = ['OAU-128', 'OAU-129', 'OAU-149', 'AGW-401', 'AGW-402', 'CMN-405']

/** The login is refused: nothing more is sent until the relay starts again. */
const LOGIN_REFUSED: readonly Code[] = [
  ['OAU-112', 403, 'allow the JWT auth flow'],
  ['OAU-125', 400, 'check RINGCENTRAL_CLIENT_ID'],
  ['OAU-140', 400, 'create a new JWT credential'],
  ['OAU-141', 400, 'check RINGCENTRAL_CLIENT_ID'],
  ['OAU-142', 400, 'check RINGCENTRAL_CLIENT_ID'],
  ['OAU-146', 401, 'RINGCENTRAL_CLIENT_ID and RINGCENTRAL_CLIENT_SECRET should be'],
  ['OAU-147', 400, 'check RINGCENTRAL_CLIENT_ID'],
]

const RATE_LIMITED = ['CMN-301', 'CMN-302', 'CMN-303', 'CMN-304', 'CMN-310']

const logins = () => scene.platform.requests().filter(({ path }) => path === '/restapi/oauth/token')

it('every code that RingCentral documents has its reaction', () => {
  const rows = [...BLOCKING, ...PASSING, ...LOGIN_REFUSED].map(([code]) => code)
  // Made room for, which its own test shows.
  const known = new Set([...rows, ...LOGIN_ENDED, ...RATE_LIMITED, 'SUB-505'])
  const documented = `SUB-402 SUB-403 SUB-404 SUB-405 SUB-406 SUB-407 SUB-408 SUB-505 SUB-507 SUB-508 SUB-515 SUB-521
    SUB-522 SUB-524 SUB-525 CMN-101 CMN-102 CMN-401 CMN-408 OAU-128 OAU-129 OAU-149 AGW-401 AGW-402 CMN-405 OAU-140
    OAU-141 OAU-142 OAU-146 OAU-147 OAU-112 OAU-125 CMN-301 CMN-302 CMN-303 CMN-304 CMN-310`
  expect(documented.split(/\s+/).filter((code) => !known.has(code))).toEqual([])
})

describe('of the create call', () => {
  it.each(BLOCKING)(
    '%s: one line that says what to change, then quiet for a quarter of an hour',
    async (errorCode, status, says) => {
      const mend = scene.platform.misbehave.answerRequests('create subscription', { status, errorCode })
      const owner = await scene.start()
      scene.takeRequests()
      await scene.pass(15 * MINUTE_MS - 1)
      expect(scene.takeRequests()).toEqual([])
      await scene.pass(1)
      expect(creates(scene.takeRequests())).toHaveLength(1)
      expect(scene.logText().split(says)).toHaveLength(2)
      mend()
      await scene.pass(15 * MINUTE_MS)
      expect(owner.state.status).toBe('Active')
    },
  )

  it.each(PASSING)('%s: tried again after two seconds', async (errorCode, status, says) => {
    scene.platform.misbehave.answerRequests('create subscription', { status, errorCode }, { times: 1 })
    const owner = await scene.start()
    expect(owner.state.status).toBe('None')
    expect(scene.logText()).toContain(says)
    await scene.pass(2000)
    expect(owner.state.status).toBe('Active')
  })

  it('an unreachable webhook is named once, and tried again ever more slowly', async () => {
    scene.platform.misbehave.answerRequests('create subscription', { status: 400, errorCode: 'SUB-521' })
    await scene.start()
    scene.takeRequests()
    await scene.passSlowly(3 * MINUTE_MS)
    expect(creates(scene.takeRequests())).toHaveLength(6)
    expect(scene.logText().split('does not reach')).toHaveLength(2)
  })

  it('a create call whose answer is lost leaves one subscription and one secret', async () => {
    scene.platform.misbehave.resetRequests('create subscription', { times: 1, isCarriedOut: true })
    const owner = await scene.start()
    expect(scene.platform.subscriptions()).toHaveLength(1)
    expect(owner.acceptedSecrets()).toEqual(secretsAtPlatform())
    await scene.pass(2000)
    expect(scene.platform.subscriptions()).toHaveLength(1)
    expect(owner.acceptedSecrets()).toEqual(secretsAtPlatform())
    expect(owner.state.status).toBe('Active')
  })
})

describe('of a renewal', () => {
  it.each([['SUB-507'], ['CMN-102']])('%s of a renewal: created again', async (errorCode) => {
    const owner = await scene.start()
    const [before] = scene.platform.subscriptions()
    scene.platform.misbehave.answerRequests(/\/renew$/, { status: 404, errorCode }, { times: 1 })
    scene.platform.misbehave.deleteSubscription()
    const list = scene.platform.misbehave.answerRequests(/^GET .*subscription$/, { status: 500 }, { times: 1 })
    owner.renewSoon()
    await scene.idle()
    list()
    await scene.pass(2000)
    expect(scene.platform.subscriptions()).toHaveLength(1)
    expect(scene.platform.subscriptions()[0]?.id).not.toBe(before?.id)
  })
})

describe('of any request', () => {
  it.each(LOGIN_ENDED)('%s: one new login, and the request goes through', async (errorCode) => {
    scene.platform.misbehave.answerRequests(/^GET .*subscription$/, { status: 401, errorCode }, { times: 1 })
    const owner = await scene.start()
    expect(owner.state.status).toBe('Active')
    expect(logins()).toHaveLength(2)
  })

  it.each(LOGIN_ENDED)('%s again and again: one new login a try, and two a minute at most', async (errorCode) => {
    scene.platform.misbehave.answerRequests(/^GET .*subscription$/, { status: 401, errorCode })
    await scene.start()
    expect(logins()).toHaveLength(2)
    await scene.passSlowly(MINUTE_MS - 2000)
    expect(logins()).toHaveLength(2)
  })

  it.each(RATE_LIMITED)('%s: a minute without a request', async (errorCode) => {
    scene.platform.misbehave.answerRequests(/^GET .*subscription$/, { status: 429, errorCode }, { times: 1 })
    const owner = await scene.start()
    const sent = scene.platform.requests().length
    await scene.passSlowly(MINUTE_MS - 1000)
    expect(scene.platform.requests()).toHaveLength(sent)
    await scene.pass(1000)
    expect(owner.state.status).toBe('Active')
  })
})

describe('of the login', () => {
  it.each(LOGIN_REFUSED)(
    '%s: one line that says what to change, and not one request more',
    async (errorCode, status, says) => {
      scene.platform.misbehave.answerRequests('token', { status, errorCode })
      const owner = await scene.start()
      expect(scene.logText().split(says)).toHaveLength(2)
      const sent = scene.platform.requests().length
      owner.renewSoon()
      await scene.passSlowly(HOUR_MS, MINUTE_MS)
      expect(scene.platform.requests()).toHaveLength(sent)
      expect(logins()).toHaveLength(1)
    },
  )
})
