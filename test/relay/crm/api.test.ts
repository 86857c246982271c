import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { CrmFault, createCrmApi } from '../../../relay/crm/api.ts'

/** One answer of a CRM, and what becomes of it. */
async function ask(
  answer: () => Response | Promise<Response>,
  isLimit?: (status: number, answer: string) => boolean,
): Promise<CrmFault> {
  const api = createCrmApi({
    baseUrl: 'https://crm.example.com',
    authorize: async () => ({ authorization: 'Bearer hunter2' }),
    takeTurn: async () => undefined,
    fetch: async () => answer(),
    isLimit,
  })
  try {
    await api.request(v.object({ id: v.string() }), { method: 'GET', path: '/calls' })
  } catch (error) {
    if (error instanceof CrmFault) return error
    throw error
  }
  throw new Error('it should have failed')
}

const json =
  (status: number, body: unknown, headers = {}) =>
  () =>
    Response.json(body, { status, headers })

describe('a fault', () => {
  it.each<[name: string, answer: () => Response, fault: Partial<CrmFault>]>([
    ['429', json(429, { message: 'Slow down' }, { 'retry-after': '7' }), { kind: 'limited', retryAfterMs: 7000 }],
    ['429 without a time', json(429, {}), { kind: 'limited', retryAfterMs: undefined, words: 'It answered 429.' }],
    [
      '429 until a moment',
      json(429, {}, { 'retry-after': 'Mon, 30 Nov 2026 10:00:30 GMT', date: 'Mon, 30 Nov 2026 10:00:00 GMT' }),
      { kind: 'limited', retryAfterMs: 30_000 },
    ],
    [
      'another address',
      () => new Response(undefined, { status: 302, headers: { location: 'https://elsewhere.example' } }),
      { kind: 'away', words: 'It is at another address: RELAY_CRM_URL should be that of the CRM’s API.' },
    ],
    ['423', json(423, { message: 'The record is locked' }), { kind: 'limited', words: 'The record is locked' }],
    ['477', json(477, { message: 'Moving' }, { 'retry-after': '3600' }), { kind: 'limited', retryAfterMs: 3_600_000 }],
    ['409 until later', json(409, {}, { 'retry-after': '2' }), { kind: 'limited', retryAfterMs: 2000 }],
    ['409', json(409, { message: 'It exists' }), { kind: 'refused', words: 'It exists' }],
    ['503', json(503, { message: 'Down' }), { kind: 'away', words: 'Down' }],
    ['401', json(401, { error: 'invalid_token' }), { kind: 'unauthorized', words: 'invalid_token' }],
    ['400', json(400, { error: { message: 'No such field' } }), { kind: 'refused', words: 'No such field' }],
    [
      'a list',
      json(400, [{ message: 'Too long', errorCode: 'STRING_TOO_LONG' }]),
      { kind: 'refused', words: 'Too long', status: 400 },
    ],
    [
      'fields',
      json(400, { description: 'Validation failed', errors: [{ field: 'body', message: 'is missing' }] }),
      { kind: 'refused', words: 'Validation failed is missing (body)' },
    ],
    [
      'another shape',
      json(200, { id: 7 }),
      { kind: 'away', words: 'Its answer has another shape: id should be string.' },
    ],
    [
      'the names of fields',
      () =>
        Response.json(
          { description: 'Not valid', details: { tags: [{ description: 'is too long' }] } },
          { status: 422 },
        ),
      { kind: 'refused', words: 'Not valid is too long (tags)' },
    ],
    ['no JSON', () => new Response('<html>'), { kind: 'away', words: 'Its answer broke off, or was no JSON.' }],
  ])('%s', async (_name, answer, fault) => {
    expect(await ask(answer)).toMatchObject(fault)
  })

  it('is one of the way where nobody answers', async () => {
    const fault = await ask(() => Promise.reject(new Error('hunter2')))
    expect(fault).toMatchObject({ kind: 'away', words: 'It did not answer.', status: undefined })
    expect(String(fault)).not.toContain('hunter2')
  })

  it('is a limit where the CRM says so in its own way', async () => {
    expect(await ask(json(403, { message: 'REQUEST_LIMIT_EXCEEDED' }), (status) => status === 403)).toMatchObject({
      kind: 'limited',
    })
  })
})
