import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { eventually } from '../../support/eventually.ts'
import { type ExtensionStream, openExtensionStream } from '../support/extension-stream.ts'
import { type FaultScene, startFaultScene } from './fault-scene.ts'

/** Extensions of other versions than the relay's, and relays of later versions: the whole stream, or a refusal in words. */

const EVENTS = 20
const ALL = Array.from({ length: EVENTS }, (_, index) => index + 1)

let scene: FaultScene
beforeAll(async () => {
  scene = await startFaultScene()
  await scene.checker.post({ url: scene.relay.url, secret: scene.secret(), count: EVENTS, atATime: 1 })
})
afterAll(() => scene.close())

interface Talk {
  readonly positions: readonly number[]
  readonly welcome: { readonly resumed: boolean } | undefined
  readonly error: { readonly code: string; readonly message: string } | undefined
  readonly closeCode: number | undefined
}

/** Sends these texts and listens until all was sent, or the relay has closed. */
async function talk(...texts: readonly string[]): Promise<Talk> {
  const socket = new WebSocket(`${scene.relay.url.replace('http', 'ws')}/v1/stream`)
  const messages: Record<string, unknown>[] = []
  let closeCode: number | undefined
  const closed = once(socket, 'close').then(([code]) => {
    closeCode = code
  })
  const caughtUp = new Promise<void>((resolve) =>
    socket.on('message', (data) => {
      const message = JSON.parse(data.toString())
      messages.push(message)
      if (message.type === 'ping') resolve()
    }),
  )
  await once(socket, 'open')
  for (const text of texts) socket.send(text)
  await Promise.race([caughtUp, closed])
  socket.terminate()
  const byType = (type: string) => messages.filter((message) => message.type === type)
  return {
    positions: byType('events').flatMap(({ events }) => (events as { position: number }[]).map((one) => one.position)),
    welcome: byType('welcome')[0] as Talk['welcome'],
    error: byType('error')[0] as Talk['error'],
    closeCode,
  }
}

const hello = (fields: object = {}): string =>
  JSON.stringify({ type: 'hello', token: scene.supervisor.token, after: null, client: 'ringside/1.0.0', ...fields })

describe('the relay', () => {
  it.each<[what: string, fields: object]>([
    ['older', { client: 'ringside/0.0.1' }],
    ['much newer', { client: 'ringside/99.0.0-beta.1+build' }],
    ['without a version', { client: '' }],
    ['of another make', { client: 'somebody else’s reader' }],
    [
      'that says more than is known',
      { protocol: 7, capabilities: ['compression'], after: null, nested: { deep: [1] } },
    ],
    ['with a cursor of an older epoch', { after: { epoch: '1', position: 7 } }],
    ['with an epoch of another form', { after: { epoch: '6f1c1f0e-0d0b-4a52-9c79-2d5a4f6c2f10/400101', position: 7 } }],
    ['whose cursor says more than is known', { after: { epoch: '1', position: 7, shard: 3, sequence: '12' } }],
  ])('serves a client %s the whole stream', async (_what, fields) => {
    const { positions, welcome, error } = await talk(hello(fields))
    expect({ positions, resumed: welcome?.resumed, error }).toEqual({
      positions: ALL,
      resumed: false,
      error: undefined,
    })
  })

  it('passes over messages that it does not know, once it was greeted', async () => {
    const later = [{ type: 'subscribe', to: ['presence'] }, { type: 'constructor' }, { type: 'pong', sentAt: 5 }]
    const { positions, error } = await talk(hello(), ...later.map((message) => JSON.stringify(message)))
    expect({ positions, error }).toEqual({ positions: ALL, error: undefined })
  })

  it.each<[what: string, first: () => string, message: RegExp]>([
    ['greets in another way', () => '{"type":"hello2","token":"t"}', /^The first message should be a hello\.$/],
    ['knows no cursor yet', () => hello({ after: undefined }), /can't be read: after should be .*missing/],
    ['counts its place by a number alone', () => hello({ after: 7 }), /can't be read: after should be /],
    [
      'counts its place by a text',
      () => hello({ after: { epoch: 'e', position: '7' } }),
      /: after\.position should be /,
    ],
    ['does not say what it is', () => hello({ client: undefined }), /can't be read: client should be .*missing/],
  ])('refuses one in words that %s', async (_what, first, message) => {
    const { positions, error, closeCode } = await talk(first())
    expect({ positions, closeCode, code: error?.code }).toEqual({ positions: [], closeCode: 4400, code: 'bad_message' })
    expect(error?.message).toMatch(message)
  })
})

/** What a later relay might add: a field in every object, and messages of kinds that are not known yet. */
function asLaterRelay(text: string): readonly string[] {
  return [
    '{"type":"notice","text":"of a later version"}',
    JSON.stringify(addField(JSON.parse(text))),
    '{"type":"__proto__","sent":9}',
  ]
}

function addField(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(addField)
  if (typeof value !== 'object' || value === null) return value
  const fields = Object.entries(value).map(([name, field]) => [name, addField(field)])
  return { ...Object.fromEntries(fields), later: { than: ['this'] } }
}

describe('the extension', () => {
  let stream: ExtensionStream | undefined
  afterAll(() => stream?.close())

  it('reads a later relay’s stream whole, and goes on where it stopped', async () => {
    const { token } = scene.agent
    const { positions: mine } = await talk(hello({ token }))
    expect(mine).not.toEqual([])
    const opened = openExtensionStream({ relayUrl: scene.relay.url, token, receive: asLaterRelay })
    stream = opened
    await eventually(() => expect(opened.positions).toEqual(mine))
    await eventually(() => expect(opened.pings.length).toBeGreaterThan(0))
    await scene.relay.end('SIGKILL')
    await scene.start()
    await eventually(() => expect(opened.welcomes).toHaveLength(2))
    expect(opened.welcomes[1]?.resumed).toBe(true)
    await scene.checker.post({ url: scene.relay.url, secret: scene.secret(), count: 5, atATime: 1 })
    await eventually(() => expect(opened.positions.length).toBeGreaterThan(mine.length))
    expect(new Set(opened.positions).size).toBe(opened.positions.length)
    expect(opened.connections).not.toContain('unauthorised')
  })
})
