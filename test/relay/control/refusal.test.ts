import { Hono } from 'hono'
import { expect, it } from 'vitest'
import { createOwnPhones } from '../../../relay/control/own-phones.ts'
import { SignInAgainError, StrangeAnswerError, UnansweredRequestError } from '../../../relay/control/person-client.ts'
import { respondRefusal } from '../../../relay/control/refusal.ts'
import type { Login } from '../../../relay/people/login.ts'
import { RingCentralError } from '../../../relay/ringcentral/api.ts'
import { MIN_PENALTY_MS } from '../../../relay/ringcentral/verdicts.ts'
import { SECOND_MS } from '../../../shared/time.ts'
import { createManualClock } from '../../support/manual-clock.ts'

const failure = (status: number | undefined, codes: readonly string[] = [], retryAfterMs?: number) =>
  new RingCentralError('failed', { status, codes, retryAfterMs })
const silence = { status: undefined, codes: [], retryAfterMs: undefined }

async function answerTo(error: Error): Promise<Response> {
  const app = new Hono()
  app.get('/', (c) => respondRefusal(c, error))
  app.onError((thrown, c) => c.text(thrown.message, 500))
  return app.request('/')
}

it.each<[what: string, error: Error, status: number, code: string]>([
  ['a wrong request', failure(400, ['CMN-101']), 400, 'invalid_request'],
  ['a forbidden one', failure(403, ['TAS-999']), 403, 'forbidden'],
  ['a missing permission of the app', failure(403, ['CMN-401']), 403, 'app_permission_missing'],
  ['a missing permission of the person', failure(403, ['CMN-408']), 403, 'permission_missing'],
  ['something that is not there', failure(404, ['CMN-102']), 404, 'not_there'],
  ['a forbidden one by the word of something in between', failure(403), 502, 'ringcentral_failed'],
  ['nothing there by the word of something in between', failure(404), 502, 'ringcentral_failed'],
  ['a wrong state', failure(409), 409, 'wrong_state'],
  ['too many requests', failure(429), 503, 'ringcentral_busy'],
  ['a login that is refused after it was renewed', failure(401, ['OAU-129']), 502, 'ringcentral_failed'],
  ['an unknown refusal', failure(418), 502, 'ringcentral_failed'],
  ['a failure', failure(500), 502, 'ringcentral_failed'],
  ['an answer of another shape', new StrangeAnswerError('the list'), 502, 'ringcentral_failed'],
  ['silence', new UnansweredRequestError('late', silence), 504, 'ringcentral_silent'],
  ['no connection', failure(undefined), 502, 'ringcentral_unreachable'],
  ['an ended login', new SignInAgainError('ended'), 403, 'sign_in_again'],
])('%s', async (_what, error, status, code) => {
  const response = await answerTo(error)
  const problem = (await response.json()) as { detail: string }
  expect(problem).toMatchObject({ status, code })
  expect(problem.detail).toMatch(/\.$/)
  expect(response.status).toBe(status)
})

it('says in seconds when to come again, rounded up, also when RingCentral does not say', async () => {
  expect((await answerTo(failure(429, [], 1001))).headers.get('retry-after')).toBe('2')
  expect((await answerTo(failure(429))).headers.get('retry-after')).toBe(String(MIN_PENALTY_MS / SECOND_MS))
})

it('passes RingCentral’s words on, for people and for programs', async () => {
  const refusal = { status: 409, codes: ['TAS-106'], retryAfterMs: undefined, words: 'Call is not on hold' }
  const response = await answerTo(new RingCentralError('failed', refusal))
  expect(await response.json()).toEqual({
    status: 409,
    code: 'wrong_state',
    detail: 'The call is in no state for this. RingCentral says: Call is not on hold',
    reason: 'Call is not on hold',
    ringCentralCodes: ['TAS-106'],
  })
})

it('leaves a mistake of our own to whoever handles those', async () => {
  const response = await answerTo(new TypeError('ours'))
  expect(response.status).toBe(500)
  expect(await response.text()).toBe('ours')
})

it('a list of devices that is none is a failure of RingCentral’s', async () => {
  const client = { send: async () => ({ records: 'none' }) }
  const phones = createOwnPhones({ client, clock: createManualClock(), capabilities: { note: () => undefined } })
  await expect(phones.list({} as Login)).rejects.toBeInstanceOf(StrangeAnswerError)
})
