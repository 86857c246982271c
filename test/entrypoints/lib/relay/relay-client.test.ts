import { describe, expect, it } from 'vitest'
import { createFakeRelay, problem } from './fake-relay.ts'

const ASK = { method: 'POST', path: '/v1/x', body: { a: 1 } } as const

describe('the relay', () => {
  it('is asked as this person, in JSON', async () => {
    const relay = createFakeRelay(() => Response.json({ b: 2 }, { status: 202 }))
    expect(await relay.client.send(ASK)).toEqual({ body: { b: 2 } })
    expect(relay.sent).toMatchObject([{ line: 'POST /v1/x', body: { a: 1 } }])
    expect(relay.authorizations).toEqual(['Bearer token-1'])
  })

  it('says nothing more when it has done it', async () => {
    const relay = createFakeRelay(() => new Response(null, { status: 204 }))
    expect(await relay.client.send(ASK)).toEqual({ body: undefined })
  })

  it.each([
    [
      'in words',
      problem(409, 'wrong_state', { reason: 'It is over.' }),
      { code: 'wrong_state', reason: 'It is over.' },
    ],
    [
      'with a time',
      problem(503, 'ringcentral_busy', { retryAfterS: 30 }),
      { code: 'ringcentral_busy', retryAfterS: 30 },
    ],
    ['without a word', new Response('<h1>502</h1>', { status: 502 }), { code: 'refused' }],
    ['with a strange time', problem(503, 'ringcentral_busy', { retryAfterS: 'soon' }), { code: 'ringcentral_busy' }],
  ])('refuses %s', async (_how, response, refusal) => {
    const relay = createFakeRelay(() => response)
    expect((await relay.client.send(ASK)).refusal).toEqual(refusal)
  })

  it.each([
    ['cannot be reached', new TypeError('Failed to fetch'), 'relay_unreachable'],
    ['does not answer', new DOMException('signal timed out', 'TimeoutError'), 'relay_silent'],
  ])('%s, and is not asked again', async (_what, error, code) => {
    const relay = createFakeRelay()
    const answer = relay.client.send(ASK)
    relay.sent[0]?.fail(error)
    expect((await answer).refusal).toEqual({ code })
    expect(relay.sent).toHaveLength(1)
  })
})
