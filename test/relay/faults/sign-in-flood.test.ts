import { afterEach, expect, it } from 'vitest'
import { readMetric } from '../../support/read-metric.ts'
import { EXTENSION_ORIGIN, REDIRECT_URI } from '../support/extension-address.ts'
import { beginSignIn, challengeOf, chooseOnPage, followCallback, redeem } from '../support/sign-in-flow.ts'
import { type FaultScene, startFaultScene } from './fault-scene.ts'

/** Strangers at the doors of the sign-in, from one address. */

const STRANGER = { 'x-forwarded-for': '203.0.113.99' }
/** More than from one address, and from all together, are let in within a window. */
const STARTS = 2000
const CALLBACKS = 300
const AT_A_TIME = 100

let scene: FaultScene
afterEach(() => scene.close())

/** The answers' statuses, each with how often it came. */
async function flood(times: number, send: () => Promise<Response>): Promise<Readonly<Record<number, number>>> {
  const counts: Record<number, number> = {}
  for (let sent = 0; sent < times; sent += AT_A_TIME) {
    for (const { status } of await Promise.all(Array.from({ length: AT_A_TIME }, send))) {
      counts[status] = (counts[status] ?? 0) + 1
    }
  }
  return counts
}

const start = () => {
  const query = new URLSearchParams({
    redirect_uri: REDIRECT_URI,
    state: 'stranger',
    code_challenge: challengeOf('stranger'),
  })
  return fetch(`${scene.relay.url}/auth/start?${query}`, { headers: STRANGER, redirect: 'manual' })
}

const exchanges = () => scene.platform.requests().filter(({ path }) => path === '/restapi/oauth/token').length

const failures = () => readMetric(scene.relay.url, 'ringside_failures_total')

it('two thousand that begin push out nobody who has begun, and are counted', async () => {
  scene = await startFaultScene()
  const { authorizeUrl, codeVerifier } = await beginSignIn(scene.relay.url)
  const counts = await flood(STARTS, start)
  expect(counts[302]).toBeLessThan(1000)
  expect(counts[429]).toBeGreaterThan(STARTS - 1000)
  expect(await failures()).toBe(counts[429])
  const returned = await followCallback(await chooseOnPage(authorizeUrl, '400104'))
  const response = await redeem(scene.relay.url, returned.searchParams.get('code') ?? '', codeVerifier)
  expect(response.status).toBe(200)
  expect(response.headers.get('access-control-allow-origin')).toBe(EXTENSION_ORIGIN)
})

it('three hundred invented codes cost two of RingCentral’s logins and a few lines of the log, and others sign in', async () => {
  scene = await startFaultScene()
  const before = { exchanges: exchanges(), lines: scene.relay.log.length }
  const states = await Promise.all(
    Array.from({ length: AT_A_TIME }, async () => {
      const location = (await start()).headers.get('location') ?? ''
      return new URL(location).searchParams.get('state') ?? ''
    }),
  )
  let next = 0
  const counts = await flood(CALLBACKS, () => {
    const query = new URLSearchParams({ code: `invented-${next}`, state: states[next++ % states.length] ?? '' })
    return fetch(`${scene.relay.url}/auth/callback?${query}`, { headers: STRANGER, redirect: 'manual' })
  })
  expect((counts[302] ?? 0) + (counts[400] ?? 0) + (counts[429] ?? 0)).toBe(CALLBACKS)
  expect(exchanges() - before.exchanges).toBe(2)
  expect(scene.relay.log.length - before.lines).toBeLessThan(10)
  expect(await failures()).toBeGreaterThan(CALLBACKS - 10)

  const { authorizeUrl, codeVerifier } = await beginSignIn(scene.relay.url)
  const returned = await followCallback(await chooseOnPage(authorizeUrl, '400104'))
  expect((await redeem(scene.relay.url, returned.searchParams.get('code') ?? '', codeVerifier)).status).toBe(200)
})
