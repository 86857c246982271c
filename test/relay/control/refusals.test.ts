import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import type { Call } from '../../platform/calls/call.ts'
import { type RelayFixture, startFixture } from '../support/relay-fixture.ts'
import { signIn } from '../support/sign-in-flow.ts'
import { askRelay, partyPath, steps } from './relay-client.ts'

/** What a person is told when RingCentral refuses or fails, and that nothing is ever done twice. */

const BEA = '400102'
const CALL_OUT = /^POST .*\/call-out$/
const callOut = { deviceId: '400802', to: '+12065550147' }

let fixture: RelayFixture
let token: string
let call: Call
beforeAll(async () => {
  fixture = await startFixture({ platform: { rateLimits: { Auth: 1000, Light: 1000, Heavy: 1000 } } })
  token = (await signIn(fixture, BEA)).token
})
afterAll(() => fixture.close())
beforeEach(async () => {
  call = fixture.platform.placeCall({ from: '+14085550123', to: BEA })
  await call.settled()
})

interface Told {
  readonly status: number
  readonly code: string
  readonly detail: string
  readonly retryAfter: string | null
  readonly exposed: string | null
}

async function told(answer: Promise<Response>): Promise<Told> {
  const response = await answer
  const { code, detail } = (await response.json()) as { code: string; detail: string }
  const { headers, status } = response
  const exposed = headers.get('access-control-expose-headers')
  return { status, code, detail, retryAfter: headers.get('retry-after'), exposed }
}

const act = (operation: string, body?: object) =>
  told(askRelay(fixture, token, 'POST', `${partyPath(call, 2)}/${operation}`, body))
const place = () => told(askRelay(fixture, token, 'POST', '/v1/calls', callOut))

describe('a refusal is passed on in words', () => {
  it('with the reason of a wrong state', async () => {
    expect(await act('hold')).toMatchObject({
      status: 409,
      code: 'wrong_state',
      detail: expect.stringMatching(/^The call is in no state for this\. RingCentral says: .+/),
    })
  })

  it('when the app lacks a permission', async () => {
    onTestFinished(fixture.platform.misbehave.takeScope('CallControl'))
    expect(await act('answer')).toMatchObject({
      status: 403,
      code: 'app_permission_missing',
      detail: expect.stringContaining('CallControl'),
    })
  })

  it('when the person lacks a permission', async () => {
    onTestFinished(fixture.platform.misbehave.takePermission('CallControl', BEA))
    expect(await act('answer')).toMatchObject({ status: 403, code: 'permission_missing' })
  })

  it('when the call is over', async () => {
    const route = /\/answer$/
    onTestFinished(fixture.platform.misbehave.answerRequests(route, { status: 404, errorCode: 'CMN-102' }))
    expect(await act('answer')).toMatchObject({ status: 404, code: 'not_there' })
  })

  it('when RingCentral wants something else', async () => {
    onTestFinished(fixture.platform.misbehave.answerRequests('telephony', { status: 400, errorCode: 'CMN-101' }))
    expect(await act('answer')).toMatchObject({ status: 400, code: 'invalid_request' })
  })
})

describe('a failure is no refusal, and is not tried again', () => {
  it.each([500, 502, 503])('%i', async (status) => {
    onTestFinished(fixture.platform.misbehave.answerRequests(CALL_OUT, { status: status as 500 }))
    const before = steps(fixture).length
    expect(await place()).toMatchObject({ status: 502, code: 'ringcentral_failed' })
    expect(steps(fixture).slice(before)).toEqual([`POST call-out ${status}`])
  })

  it('a cut connection, after which the call may have been placed', async () => {
    onTestFinished(fixture.platform.misbehave.resetRequests(CALL_OUT, { isCarriedOut: true }))
    const before = steps(fixture).length
    expect(await place()).toMatchObject({ status: 502, code: 'ringcentral_unreachable' })
    expect(steps(fixture).slice(before)).toEqual(['POST call-out 0'])
  })

  it('neither the reason nor the number is in the log', () => {
    expect(fixture.logText()).not.toContain(callOut.to)
    expect(fixture.logText()).not.toContain('RingCentral says')
  })
})

describe('too many requests', () => {
  it('are answered 503 with when to come again, and RingCentral is left alone until then', async () => {
    fixture.platform.misbehave.penalise('Heavy')
    const before = steps(fixture).length
    expect(await place()).toMatchObject({
      status: 503,
      code: 'ringcentral_busy',
      retryAfter: '60',
      exposed: 'retry-after',
    })
    const again = await place()
    expect(again.status).toBe(503)
    expect(Number(again.retryAfter)).toBeGreaterThan(50)
    expect(steps(fixture).slice(before)).toEqual(['POST call-out 429'])
    expect(fixture.platform.requests().filter(({ isDuringPenalty }) => isDuringPenalty)).toHaveLength(1)
  })

  it('of one kind and one person are in nobody else’s way', async () => {
    expect((await askRelay(fixture, token, 'GET', '/v1/devices')).status).toBe(200)
    call.answer()
    expect((await askRelay(fixture, token, 'POST', `${partyPath(call, 2)}/hold`)).status).toBe(202)
  })
})
