import { beforeEach, describe, expect, it } from 'vitest'
import { LOOK_INTERVAL_MS, MAX_OVERDUE_MS } from '../../../relay/ringcentral/standing.ts'
import { DAY_MS, MINUTE_MS, SECOND_MS } from '../../../shared/time.ts'
import { type SubscriptionScene, startSubscriptionScene } from '../support/subscription-scene.ts'

/** What is shown of the subscription while RingCentral can't be asked about it. */

let scene: SubscriptionScene
beforeEach(async () => {
  scene = await startSubscriptionScene()
  return () => scene.close()
})

const PAGE = '<html><title>403 Forbidden</title></html>'
const logins = () => scene.platform.requests().filter(({ path }) => path === '/restapi/oauth/token')

describe('two minutes after a look was due', () => {
  it.each<[what: string, fail: () => () => void]>([
    ['RingCentral fails', () => scene.platform.misbehave.answerRequests('api', { status: 503 })],
    ['nobody answers', () => scene.platform.misbehave.resetRequests('any')],
    ['something in between answers', () => scene.platform.misbehave.answerRequests('any', { status: 403, page: PAGE })],
    ['what answers is a page', () => scene.platform.misbehave.answerRequests('any', { status: 200, page: PAGE })],
    ['the relay is not let in', () => scene.platform.misbehave.revokeJwt()],
  ])('it is no longer active because %s, and says why', async (_what, fail) => {
    const owner = await scene.start()
    fail()
    await scene.passSlowly(LOOK_INTERVAL_MS + MAX_OVERDUE_MS)
    expect(owner.state).toMatchObject({ status: 'Active', hindrance: expect.any(String) })
    await scene.pass(SECOND_MS)
    expect(owner.state).toMatchObject({ status: 'Unknown', hindrance: expect.stringMatching(/RingCentral.+\.$/) })
  })

  it('it is active again with the next look that succeeds', async () => {
    const owner = await scene.start()
    const mend = scene.platform.misbehave.answerRequests('api', { status: 503 })
    await scene.passSlowly(5 * MINUTE_MS)
    expect(owner.state.status).toBe('Unknown')
    mend()
    await scene.passSlowly(MINUTE_MS)
    expect(owner.state).toMatchObject({ status: 'Active', hindrance: undefined })
  })
})

it('is active all along while looks succeed, and through one that fails', async () => {
  const owner = await scene.start()
  scene.platform.misbehave.answerRequests('subscription', { status: 503 }, { times: 1 })
  for (let seconds = 0; seconds < 300; seconds += 1) {
    await scene.pass(SECOND_MS)
    expect(owner.state.status).toBe('Active')
  }
})

it('a clock that jumps a month ahead changes nothing at RingCentral, and nothing that is shown', async () => {
  const owner = await scene.start()
  const [before] = scene.platform.subscriptions()
  scene.clock.jump(31 * DAY_MS)
  scene.takeRequests()
  await scene.passSlowly(2 * MINUTE_MS)
  expect(owner.state.status).toBe('Active')
  expect(scene.platform.subscriptions().map(({ id }) => id)).toEqual([before?.id])
})

describe('one odd answer', () => {
  it.each([400, 401, 403, 404] as const)(
    '%i to the login, then all is well: the next login is ten seconds later',
    async (status) => {
      const owner = await scene.start()
      scene.platform.misbehave.answerRequests('token', { status, page: PAGE }, { times: 1 })
      scene.platform.misbehave.endLogins('400109')
      scene.platform.misbehave.deleteSubscription()
      await scene.pass(LOOK_INTERVAL_MS)
      expect(owner.state.status).toBe('Active')
      await scene.passSlowly(30 * SECOND_MS)
      expect(scene.platform.subscriptions()).toHaveLength(1)
      expect(owner.state.status).toBe('Active')
    },
  )

  it('for hours costs a login every quarter of an hour at most, and ends with it', async () => {
    scene.platform.misbehave.endLogins('400109')
    const mend = scene.platform.misbehave.answerRequests('token', { status: 403, page: PAGE })
    const owner = await scene.start()
    await scene.passSlowly(60 * MINUTE_MS, 5 * SECOND_MS)
    const sent = logins().length
    expect(sent).toBeLessThan(12)
    expect(scene.logText()).not.toContain('start the relay again')
    await scene.passSlowly(60 * MINUTE_MS, 5 * SECOND_MS)
    expect(logins().length - sent).toBeLessThanOrEqual(5)
    mend()
    await scene.passSlowly(16 * MINUTE_MS, 5 * SECOND_MS)
    expect(owner.state.status).toBe('Active')
  })
})
