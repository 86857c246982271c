import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type AuditEntry, listEntries } from '../../../relay/audit/audit-entries.ts'
import { connectToRelay } from '../../../relay/command-line/running-relay.ts'
import type { Call } from '../../platform/calls/call.ts'
import { SERVICE_USER } from '../../platform/people.ts'
import { type Platform, startPlatform } from '../../platform/platform.ts'
import { eventually } from '../../support/eventually.ts'
import { findFreePort } from '../../support/free-port.ts'
import { type RelayProcess, startRelayProcess } from '../support/relay-process.ts'

/**
 * The relay is killed at every step between what a rule wants and what is known of it. How often RingCentral was asked is counted by the
 * stand-in. Each call is from another number, so that its own act is all that its rule ever wants.
 */

const [BEA, SAM] = ['400102', '400104']
const FORWARD = /\/forward$/
const MANY_REQUESTS = { Light: 10_000, Medium: 10_000, Heavy: 10_000, Auth: 10_000 }

let platform: Platform
let folder: string
let relay: RelayProcess
let port: number
let numbers = 0

beforeEach(async () => {
  platform = await startPlatform({ tidy: true, rateLimits: MANY_REQUESTS, blacklistAfterMs: Number.MAX_SAFE_INTEGER })
  folder = await mkdtemp(join(tmpdir(), 'ringside-acts-'))
  port = await findFreePort()
  const rule = { name: 'To Sam', when: { extensions: [BEA] }, do: [{ forward: { extensionId: SAM } }] }
  await writeFile(join(folder, 'rules.jsonc'), JSON.stringify({ rules: [rule] }))
  await start()
})
afterEach(async () => {
  await relay.end()
  await platform.close()
  await rm(folder, { recursive: true })
})

async function start(): Promise<void> {
  const environment = { RELAY_ROUTING_FILE: join(folder, 'rules.jsonc') }
  relay = await startRelayProcess({ platform, dataFolder: join(folder, 'data'), port, environment })
}

const ring = () => platform.placeCall({ from: `+1408555${String(1000 + numbers++)}`, to: BEA ?? '' })

async function actsOf({ telephonySessionId }: Call): Promise<readonly AuditEntry[]> {
  const running = await connectToRelay(join(folder, 'data'))
  const { steps } = (await running?.audit({ sinceMs: 0 })) ?? { steps: [] }
  // A minute on, so that nothing is on its way any more.
  return listEntries(steps, Date.now() + 60_000).filter((entry) => entry.telephonySessionId === telephonySessionId)
}

const isIntended = (call: Call) => eventually(async () => expect(await actsOf(call)).toHaveLength(1))

/** How often the stand-in has sent the call on. */
const forwards = ({ telephonySessionId }: Call) =>
  platform
    .requests()
    .filter(({ path, status }) => FORWARD.test(path) && path.includes(telephonySessionId) && status !== 401).length
const isForwarded = (call: Call) =>
  platform.truth().legs.some((leg) => leg.telephonySessionId === call.telephonySessionId && leg.ownerId === SAM)

async function startAgain(): Promise<void> {
  await start()
  await lookAtAll()
}

/** Once the rule has acted on a later call it has looked at all that was before. */
async function lookAtAll(): Promise<void> {
  const later = ring()
  await eventually(async () => expect(await actsOf(later)).toMatchObject([{ outcome: 'done' }]))
  expect(forwards(later)).toBe(1)
}

it('after it was intended, while the login for the request is under way: it is never asked for', async () => {
  platform.misbehave.endLogins(SERVICE_USER.extensionId)
  const goOn = platform.misbehave.slowRequests('token')
  const call = ring()
  await isIntended(call)
  await eventually(() => expect(platform.requests().some(({ status }) => status === 401)).toBe(true))
  await relay.end()
  goOn()
  await startAgain()
  expect(forwards(call)).toBe(0)
  expect(isForwarded(call)).toBe(false)
  expect(await actsOf(call)).toMatchObject([{ outcome: 'unknown' }])
})

it('while it is asked for: at most that once', async () => {
  const goOn = platform.misbehave.slowRequests(FORWARD)
  const call = ring()
  await isIntended(call)
  await relay.end()
  goOn()
  await startAgain()
  expect(forwards(call)).toBeLessThanOrEqual(1)
  expect(await actsOf(call)).toMatchObject([{ outcome: 'unknown' }])
})

it.each([
  ['after it was done, before the answer', false],
  ['after the answer, before it is written down', true],
])('%s: it is not done again', async (_when, hasAnswer) => {
  const answer = platform.misbehave.slowRequests(FORWARD, undefined, { isCarriedOut: true })
  const call = ring()
  await eventually(() => expect(isForwarded(call)).toBe(true))
  // Stopped, it has the answer and nothing comes of it.
  relay.signal('SIGSTOP')
  if (hasAnswer) {
    answer()
    await eventually(() => expect(forwards(call)).toBe(1))
  }
  await relay.end('SIGKILL')
  answer()
  await startAgain()
  expect(forwards(call)).toBe(1)
  expect(await actsOf(call)).toMatchObject([{ outcome: 'unknown' }])
})

it('after it was written down: what came of it is known', async () => {
  const call = ring()
  await eventually(async () => expect(await actsOf(call)).toMatchObject([{ outcome: 'done' }]))
  await relay.end()
  await startAgain()
  expect(forwards(call)).toBe(1)
  expect(await actsOf(call)).toMatchObject([{ outcome: 'done' }])
})

it('anywhere in a burst: none is done twice, and the audit claims nothing that was not', async () => {
  const calls: Call[] = []
  for (const done of [1, 4]) {
    const burst = Array.from({ length: 10 }, ring)
    calls.push(...burst)
    await eventually(() => expect(burst.filter(isForwarded).length).toBeGreaterThanOrEqual(done), { intervalMs: 1 })
    await relay.end()
    await start()
  }
  await lookAtAll()
  for (const call of calls) {
    const acts = await actsOf(call)
    expect(acts.length).toBeLessThanOrEqual(1)
    expect(forwards(call)).toBeLessThanOrEqual(1)
    if (acts[0]?.outcome === 'done') expect(isForwarded(call)).toBe(true)
    if (acts.length === 0) expect(forwards(call)).toBe(0)
  }
})
