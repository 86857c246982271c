import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { notification } from '../support/notification.ts'
import { redeem } from '../support/sign-in-flow.ts'
import { openStream } from '../support/stream-client.ts'
import { type FaultScene, startFaultScene } from './fault-scene.ts'

/** Words that nobody would write by chance go through every way into the relay, and must not come out where they don't belong. */

const CANARIES = {
  number: '+12025559871',
  name: 'Canaria Birdwell',
  wrongSecret: 'canary-secret-4417',
  wrongToken: 'canary-token-4417'.padEnd(43, 'x'),
  code: 'canary-code-4417',
  garbage: 'canary-garbage-4417',
} as const

let scene: FaultScene
beforeAll(async () => {
  scene = await startFaultScene({ environment: { RELAY_LOG_LEVEL: 'trace' } })
})
afterAll(() => scene.close())

it('keeps tokens, numbers and names out of logs, metrics, answers, and names of files', async () => {
  const { relay, platform } = scene
  const deliver = (body: string, secret = scene.secret(), path = '/webhook') =>
    fetch(`${relay.url}${path}`, { method: 'POST', headers: { 'verification-token': secret }, body })
  const answers: string[] = []
  const keep = async (answer: Promise<Response>) => answers.push(await (await answer).text())

  const event = JSON.stringify(notification({ telephonySessionId: 's-canary', owners: ['400102'] })).replace(
    '"direction"',
    `"from":{"phoneNumber":"${CANARIES.number}","name":"${CANARIES.name}"},"direction"`,
  )
  await keep(deliver(event))
  await keep(deliver(event))
  await keep(deliver(event, CANARIES.wrongSecret))
  await keep(deliver(`{"uuid":"${CANARIES.garbage}","from":"${CANARIES.number}"`))
  await keep(deliver(`{"event":"${CANARIES.garbage}","body":{"name":"${CANARIES.name}"}}`))
  await keep(deliver(event, scene.secret(), `/${CANARIES.garbage}`))
  await keep(redeem(relay.url, CANARIES.code, CANARIES.wrongToken))
  await keep(fetch(`${relay.url}/auth/callback?state=${CANARIES.garbage}&code=${CANARIES.code}`))
  await keep(fetch(`${relay.url}/auth/start?redirect_uri=https://${CANARIES.garbage}.example/`))
  const stranger = await openStream(relay.url)
  stranger.hello(CANARIES.wrongToken)
  await stranger.closed()
  const shouting = await openStream(relay.url)
  shouting.send(`{"type":"hello","token":5,"client":"${CANARIES.garbage}"}`)
  await shouting.closed()
  const agent = await openStream(relay.url)
  agent.hello(scene.agent.token)
  await agent.events(1)
  // It did arrive: what is searched for below went through.
  expect(agent.frames.join()).toContain(CANARIES.number)
  await agent.close()
  const metrics = await (await fetch(`${relay.url}/metrics`)).text()
  await relay.end('SIGTERM')

  const { credentials } = platform
  const secrets = [scene.agent.token, scene.supervisor.token, scene.secret(), credentials.clientSecret, credentials.jwt]
  const files = readdirSync(scene.dataFolder, { recursive: true }).map(String)
  const places = {
    log: relay.log.join('\n'),
    metrics,
    answers: answers.join('\n'),
    said: [...stranger.frames, ...shouting.frames].join('\n'),
    fileNames: files.join('\n'),
  }
  for (const [place, text] of Object.entries(places)) {
    for (const word of [...Object.values(CANARIES), ...secrets]) {
      expect(text.includes(word) ? `${place} has ${word}` : '').toBe('')
    }
  }
  expect(places.log).toContain('was kept aside')
  // People's tokens are on the disk as hashes only.
  const stored = files.filter((name) => name.endsWith('.mdb')).map((name) => readFileSync(join(scene.dataFolder, name)))
  for (const token of [scene.agent.token, scene.supervisor.token]) {
    expect(stored.some((bytes) => bytes.includes(token))).toBe(false)
  }
})
