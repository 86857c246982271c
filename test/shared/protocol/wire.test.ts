import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import {
  CLIENT_SCHEMAS,
  decodeClientMessage,
  decodeRelayMessage,
  RELAY_SCHEMAS,
} from '../../../shared/protocol/wire.ts'

const hello = { type: 'hello', token: 't', after: { epoch: 'e', position: 4 }, client: 'ringside/0.1.0' }

describe('messages of a client', () => {
  it('reads a hello, with a cursor and without', () => {
    expect(decodeClientMessage(JSON.stringify(hello))).toEqual({ kind: 'message', message: hello })
    const first = { ...hello, after: null }
    expect(decodeClientMessage(JSON.stringify(first))).toEqual({ kind: 'message', message: first })
  })

  it.each([
    ['garbage', '{"type":', 'the message is not JSON'],
    ['a list', '[]', 'type should be a string, but is missing'],
    ['no token', JSON.stringify({ ...hello, token: undefined }), 'token should be "token", but is missing'],
    ['a huge position', JSON.stringify({ ...hello, after: { epoch: 'e', position: 2 ** 60 } }), 'after.position'],
    [
      'a token of another type',
      JSON.stringify({ ...hello, token: 5 }),
      'token should be string, but is something else',
    ],
  ])('refuses %s and says why', (_, text, reason) => {
    const decoded = decodeClientMessage(text)
    expect(decoded.kind).toBe('malformed')
    expect(decoded.kind === 'malformed' && decoded.reason).toContain(reason)
  })

  it('never repeats a value in its reason: it may be a token', () => {
    const decoded = decodeClientMessage(JSON.stringify({ ...hello, token: 'secret'.repeat(200) }))
    expect(decoded.kind).toBe('malformed')
    expect(JSON.stringify(decoded)).not.toContain('secretsecret')
  })

  it.each(['constructor', '__proto__', 'tomorrow'])('ignores a type that it does not know: %s', (type) => {
    expect(decodeClientMessage(`{"type":"${type}"}`)).toEqual({ kind: 'unknown' })
  })
})

describe('messages of the relay', () => {
  it('reads events of every kind and leaves the notification as it came', () => {
    const receivedAt = '2026-06-01T12:00:00.000Z'
    const notification = { uuid: '1', body: { anything: [1] } }
    const status = { telephonySessionId: 's-1', asOf: receivedAt, found: false }
    const hand = { telephonySessionId: 's-1', kind: 'hand', from: '102', raised: true }
    const whisper = { telephonySessionId: 's-1', kind: 'whisper', from: '101', to: '102', text: 'Go on' }
    const sent = { telephonySessionId: 's-1', kind: 'sent', rule: 'Harbor', to: '102', from: '103' }
    const message = {
      type: 'events',
      head: 5,
      events: [
        { position: 1, receivedAt, notification },
        { position: 2, receivedAt, status },
        { position: 3, receivedAt, desk: hand },
        { position: 4, receivedAt, desk: whisper },
        { position: 5, receivedAt, act: sent },
      ],
    }
    expect(decodeRelayMessage(JSON.stringify(message))).toEqual({ kind: 'message', message })
  })

  it('ignores records of a kind that it does not know, and keeps the head that counts them', () => {
    const receivedAt = '2026-06-01T12:00:00.000Z'
    const known = { position: 1, receivedAt, notification: {} }
    const clap = { telephonySessionId: 's-1', kind: 'clap', from: '102' }
    const events = [known, { position: 2, receivedAt, recording: {} }, { position: 3, receivedAt, desk: clap }]
    expect(decodeRelayMessage(JSON.stringify({ type: 'events', head: 3, events }))).toEqual({
      kind: 'message',
      message: { type: 'events', head: 3, events: [known] },
    })
  })

  it('refuses a record of a known kind that is malformed', () => {
    const record = { position: 1, receivedAt: '2026-06-01T12:00:00.000Z', status: { telephonySessionId: 5 } }
    expect(decodeRelayMessage(JSON.stringify({ type: 'events', head: 1, events: [record] })).kind).toBe('malformed')
  })

  it('ignores fields that it does not know', () => {
    expect(decodeRelayMessage('{"type":"error","code":"tooSlow","message":"m","colour":"red"}')).toEqual({
      kind: 'message',
      message: { type: 'error', code: 'tooSlow', message: 'm' },
    })
  })
})

it('has the shape that was decided on: what older clients and relays make of another one is asked first', () => {
  const shape = JSON.stringify({ CLIENT_SCHEMAS, RELAY_SCHEMAS }, (key, value) =>
    key === '~standard' || key === '~run' || key === 'reference' || typeof value === 'function' ? undefined : value,
  )
  const fingerprint = createHash('sha256').update(shape).digest('hex').slice(0, 16)
  expect(fingerprint).toMatchInlineSnapshot(`"948a39b1a87e71be"`)
})
