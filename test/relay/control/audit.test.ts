import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { type AuditEntry, listEntries } from '../../../relay/audit/audit-entries.ts'
import { connectToRelay } from '../../../relay/command-line/running-relay.ts'
import { fillRoute, ROUTES } from '../../../shared/protocol/http/routes.ts'
import type { Call } from '../../platform/calls/call.ts'
import { SUPERVISOR } from '../../platform/people.ts'
import { type RelayFixture, startFixture } from '../support/relay-fixture.ts'
import { signIn } from '../support/sign-in-flow.ts'
import { openStream, type StreamClient } from '../support/stream-client.ts'
import { askRelay, partyPath, seen } from './relay-client.ts'

/** What people do with calls is kept for the audit, whatever came of it. */

const BEA = '400102'
const INES = SUPERVISOR.extensionId
const ADA = '+14085550123'
const beaLindqvist = { extensionId: BEA, name: 'Bea Lindqvist' }

let fixture: RelayFixture
let bea: string
let ines: string
let stream: StreamClient
let call: Call

beforeAll(async () => {
  fixture = await startFixture({ platform: { rateLimits: { Auth: 1000, Light: 1000, Heavy: 1000 } } })
  bea = (await signIn(fixture, BEA)).token
  ines = (await signIn(fixture, INES)).token
  stream = await openStream(fixture.relay.url)
  stream.hello(bea)
  await stream.welcome()
})
afterAll(async () => {
  await stream.close()
  await fixture.close()
})
beforeEach(async () => {
  call = fixture.platform.placeCall({ from: ADA, to: BEA })
  await seen(stream.frames, `${call.telephonySessionId.replace('s-', 'p-')}-2`)
})

/** Those of this call, or of none. */
async function entries(telephonySessionId = call.telephonySessionId): Promise<readonly AuditEntry[]> {
  const relay = await connectToRelay(fixture.settings.dataFolder)
  const { steps } = (await relay?.audit({ sinceMs: 0 })) ?? { steps: [] }
  return listEntries(steps, Date.now()).filter((entry) => entry.telephonySessionId === telephonySessionId)
}
const act = (operation: string, body?: unknown) =>
  askRelay(fixture, bea, 'POST', `${partyPath(call, 2)}/${operation}`, body)

it('tells who did what with which call, and that it was done', async () => {
  await act('answer', { deviceId: '400802' })
  await act('hold')
  await act('mute', { muted: true })
  await act('transfer', { extensionNumber: '104' })
  const common = { by: beaLindqvist, telephonySessionId: call.telephonySessionId, caller: ADA, outcome: 'done' }
  expect(await entries()).toMatchObject([
    { ...common, act: 'answer', deviceId: '400802' },
    { ...common, act: 'hold' },
    { ...common, act: 'mute', text: 'on' },
    { ...common, act: 'transfer', to: { extensionNumber: '104' } },
  ])
  expect((await entries())[0]?.partyId).toBe(`${call.telephonySessionId.replace('s-', 'p-')}-2`)
})

it('tells what RingCentral said when it refused, and what nobody knows the end of', async () => {
  await act('hold')
  const stop = fixture.platform.misbehave.resetRequests('telephony', { times: 1, isCarriedOut: true })
  await act('reply', { replyWithPattern: { pattern: 'WillCallYouBack', time: 5, timeUnit: 'Minute' } })
  stop()
  expect(await entries()).toMatchObject([
    { act: 'hold', outcome: 'tooLate', status: 409, words: expect.stringContaining('still ringing') },
    { act: 'reply', text: 'WillCallYouBack 5 Minute', outcome: 'unknown' },
  ])
})

it('tells of calls that were placed, of parts that ended, and of who listened to whom', async () => {
  await act('answer')
  const { telephonySessionId } = call
  const supervised = { agentExtensionId: BEA, deviceId: SUPERVISOR.deviceId }
  expect(
    (await askRelay(fixture, ines, 'POST', fillRoute(ROUTES.supervise, { telephonySessionId }), supervised)).status,
  ).toBe(202)
  await askRelay(fixture, bea, 'DELETE', partyPath(call, 2))
  const told = await askRelay(fixture, bea, 'POST', ROUTES.calls, { deviceId: '400802', to: ADA })
  const placed = (await told.json()) as { telephonySessionId: string }
  expect((await entries()).slice(1)).toMatchObject([
    { by: { extensionId: INES }, act: 'supervise', to: { extensionId: BEA }, deviceId: SUPERVISOR.deviceId },
    { by: beaLindqvist, act: 'remove', outcome: 'done' },
  ])
  expect(await entries(placed.telephonySessionId)).toMatchObject([
    { act: 'call', to: { phoneNumber: ADA }, deviceId: '400802', outcome: 'done' },
  ])
})

it('tells which call was joined with which', async () => {
  await act('answer')
  const told = await askRelay(fixture, bea, 'POST', ROUTES.calls, { deviceId: '400802', to: '104' })
  const { telephonySessionId } = (await told.json()) as { telephonySessionId: string }
  const partyId = `${telephonySessionId.replace('s-', 'p-')}-1`
  await seen(stream.frames, partyId)
  await act('bridge', { telephonySessionId, partyId })
  expect((await entries()).at(-1)).toMatchObject({
    by: beaLindqvist,
    act: 'bridge',
    to: { telephonySessionId },
    outcome: 'done',
  })
})

it('tells nothing of what was refused before RingCentral was asked', async () => {
  await act('forward', {})
  expect((await askRelay(fixture, ines, 'POST', `${partyPath(call, 2)}/hold`)).status).toBe(404)
  expect(await entries()).toEqual([])
})
