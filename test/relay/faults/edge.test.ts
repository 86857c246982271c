import { afterEach, expect, it } from 'vitest'
import { SECOND_MS } from '../../../shared/time.ts'
import { eventually } from '../../support/eventually.ts'
import { readMetric } from '../../support/read-metric.ts'
import { withClock } from '../support/process-clock.ts'
import { signIn } from '../support/sign-in-flow.ts'
import { openStream } from '../support/stream-client.ts'
import { type FaultScene, startFaultScene } from './fault-scene.ts'

/** Something between the relay and RingCentral answers in its place: a firewall, a proxy, a page of maintenance. */

const FORBIDDEN = { status: 403, page: '<html><title>403 Forbidden</title></html>' } as const
/** A minute of the relay's passes in three seconds. */
const HURRIED = withClock({ hurry: { factor: 20, fromMs: SECOND_MS }, elapsedFactor: 20 })

let scene: FaultScene
afterEach(() => scene.close())

const readiness = async () => {
  const response = await fetch(`${scene.relay.url}/readyz`)
  return { status: response.status, text: await response.text() }
}
const isShownActive = async () => (await readMetric(scene.relay.url, 'ringside_subscription_active')) === 1

it('a single 403 to the login stops nothing: the subscription that was lost meanwhile is created again', async () => {
  scene = await startFaultScene({ environment: HURRIED })
  const { platform } = scene
  platform.misbehave.answerRequests('token', FORBIDDEN, { times: 1 })
  platform.misbehave.endLogins('400109')
  platform.misbehave.deleteSubscription()
  await eventually(() => expect(platform.subscriptions()).toHaveLength(1))
  await eventually(async () => expect((await readiness()).status).toBe(200))
})

it('as long as it lasts the relay is not ready, and says so to everybody; then it is again', async () => {
  scene = await startFaultScene({ environment: HURRIED })
  const client = await openStream(scene.relay.url)
  client.hello(scene.agent.token)
  await client.welcome()
  const mend = scene.platform.misbehave.answerRequests('any', FORBIDDEN)
  await eventually(async () => expect((await readiness()).status).toBe(503))
  expect((await readiness()).text).toContain('is Unknown. RingCentral answered 403 without a code of its own')
  expect(await isShownActive()).toBe(false)
  await eventually(() =>
    expect(client.messages().at(-1)).toMatchObject({ type: 'ping', subscription: { status: 'Unknown' } }),
  )
  mend()
  await eventually(async () => expect((await readiness()).status).toBe(200))
  expect(await isShownActive()).toBe(true)
  await client.close()
})

it('it signs nobody out: what people asked for meanwhile has failed, and works afterwards', async () => {
  scene = await startFaultScene()
  const { platform, relay } = scene
  // Tokens that end this soon are renewed with every request.
  const stop = platform.misbehave.shortenAccessTokens(60)
  const people = platform.people.filter(({ canSignIn, accountId }) => canSignIn && accountId === platform.accountId)
  const signedIn = await Promise.all(people.map(({ extensionId }) => signIn({ relay }, extensionId)))
  const ask = async () => {
    const answers = signedIn.map(({ token }) =>
      fetch(`${relay.url}/v1/devices`, { headers: { authorization: `Bearer ${token}` } }),
    )
    return (await Promise.all(answers)).map(({ status }) => status)
  }
  const mend = platform.misbehave.answerRequests('token', FORBIDDEN)
  expect(new Set(await ask())).toEqual(new Set([502]))
  mend()
  expect(new Set(await ask())).toEqual(new Set([200]))
  stop()
})
