import { describe, expect, it } from 'vitest'
import { createCrmClient } from '../../../../entrypoints/background/crm-record/crm-client.ts'
import { accepted, createFakeRelay, problem } from '../../lib/relay/fake-relay.ts'
import { ADA, buildCrm, buildMatches, buildRecord, buildRecords } from './crm-answers.ts'

const answering = (answer: () => Response) => {
  const relay = createFakeRelay(answer)
  return { relay, client: createCrmClient(relay.client, ({ code }) => `refused: ${code}`) }
}

describe('how the CRM stands', () => {
  it.each([
    [() => Response.json(buildCrm()), { kind: 'given', crm: buildCrm() }],
    [
      () => Response.json({ isOn: false, isConnected: false, canConnect: false }),
      expect.objectContaining({ kind: 'given' }),
    ],
    [() => Response.json({ isOn: 'yes' }), { kind: 'otherVersion' }],
    [() => problem(404, 'not_found'), { kind: 'otherVersion' }],
    [() => problem(503, 'restart'), { kind: 'away' }],
    [() => problem(401, 'unauthorised'), { kind: 'refused', sentence: 'refused: unauthorised' }],
  ])('is told, or why it is not', async (answer, expected) => {
    expect(await answering(answer).client.standing()).toEqual(expected)
  })
})

describe('records', () => {
  it('are asked for by when, whose and of which session', async () => {
    const addresses: string[] = []
    const client = createCrmClient(
      {
        send: async ({ path }) => {
          addresses.push(path)
          return { body: buildRecords(buildRecord()) }
        },
      },
      () => '',
    )
    const sinceMs = Date.parse('2026-06-05T00:00:00Z')
    await client.records({ sinceMs, isMine: false })
    const report = await client.records({ sinceMs, isMine: true, state: 'refused', telephonySessionId: 's 1' })
    expect(addresses).toEqual([
      '/v1/crm/records?since=2026-06-05T00%3A00%3A00.000Z',
      '/v1/crm/records?since=2026-06-05T00%3A00%3A00.000Z&state=refused&session=s+1&mine=true',
    ])
    expect(report).toEqual({ kind: 'given', answer: buildRecords(buildRecord()) })
  })

  it('are decided about by their key', async () => {
    const record = buildRecord({ state: 'ready', contact: ADA })
    const { client, relay } = answering(() => Response.json(record))
    expect(await client.choose('s/1', { contactId: 'c-1' })).toEqual({ record })
    expect(relay.sent[0]).toMatchObject({ line: 'POST /v1/crm/records/s%2F1', body: { contactId: 'c-1' } })
    expect(await answering(() => problem(409, 'wrong_state')).client.choose('s-1', { skip: true })).toEqual({
      problem: 'refused: wrong_state',
    })
  })
})

describe('matches', () => {
  it('are told, and nothing where the relay cannot say', async () => {
    const { client, relay } = answering(() => Response.json(buildMatches(ADA)))
    expect(await client.matches('+14085550123')).toEqual(buildMatches(ADA))
    expect(relay.sent[0]?.line).toBe('GET /v1/crm/matches')
    expect(await answering(() => problem(503, 'restart')).client.matches('+14085550123')).toBeUndefined()
  })
})

describe('a note', () => {
  it.each([
    [accepted, 'kept'],
    [() => problem(503, 'restart'), 'away'],
    [() => problem(429, 'too_many', { retryAfterS: 5 }), 'away'],
    [() => problem(401, 'unauthorised'), 'away'],
    [() => problem(503, 'not_stored'), 'later'],
    [() => problem(500, 'internal'), 'later'],
    [() => problem(404, 'not_found'), 'never'],
  ])('is sent whole as far as the relay takes it', async (answer, expected) => {
    const { client, relay } = answering(answer)
    expect(await client.sendNote('s-1', 'x'.repeat(5000))).toBe(expected)
    expect(relay.sent[0]?.body).toEqual({ telephonySessionId: 's-1', text: 'x'.repeat(4000) })
  })
})

describe('the connection', () => {
  it('begins where the relay says, and ends with a request', async () => {
    const { client, relay } = answering(() => Response.json({ url: 'https://relay.example.com/crm/start?ticket=1' }))
    expect(await client.connect('https://id.chromiumapp.org/')).toEqual({
      url: 'https://relay.example.com/crm/start?ticket=1',
    })
    expect(relay.sent[0]).toMatchObject({
      line: 'POST /v1/crm/connect',
      body: { redirectUri: 'https://id.chromiumapp.org/' },
    })
    expect(await client.disconnect()).toBeUndefined()
    expect(relay.sent[1]?.line).toBe('DELETE /v1/crm/connection')
    const refused = answering(() => problem(403, 'not_allowed')).client
    expect(await refused.connect('https://id.chromiumapp.org/')).toEqual({ problem: 'refused: not_allowed' })
    expect(await refused.disconnect()).toBe('refused: not_allowed')
  })
})
