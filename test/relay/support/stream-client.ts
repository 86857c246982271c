import { once } from 'node:events'
import { WebSocket } from 'ws'
import {
  type Cursor,
  decodeRelayMessage,
  type EventsMessage,
  type HelloMessage,
  type RelayMessage,
  type WelcomeMessage,
} from '../../../shared/protocol/wire.ts'
import { eventually } from '../../support/eventually.ts'
import { EXTENSION_ORIGIN } from './extension-address.ts'

/** A client of the stream that keeps what it is sent. */
export interface StreamClient {
  readonly socket: WebSocket
  /** Frames as they came. */
  readonly frames: readonly string[]
  messages(): readonly RelayMessage[]
  welcome(): Promise<WelcomeMessage>
  /** Waits for the `events` frames to bring so many events, and gives the frames. */
  events(count: number): Promise<readonly EventsMessage[]>
  send(text: string): void
  hello(token: string, after?: Cursor | null, view?: HelloMessage['view']): void
  /** The close code, once the socket has ended. */
  closed(): Promise<number>
  close(): Promise<void>
}

export async function openStream(relayUrl: string, headers: Record<string, string> = {}): Promise<StreamClient> {
  const socket = new WebSocket(`${relayUrl.replace('http', 'ws')}/v1/stream`, {
    headers: { origin: EXTENSION_ORIGIN, ...headers },
  })
  const frames: string[] = []
  socket.on('message', (data) => frames.push(data.toString()))
  const ended = new Promise<number>((resolve) => socket.once('close', resolve))
  await once(socket, 'open')
  const messages = (): RelayMessage[] =>
    frames.map((frame) => {
      const decoded = decodeRelayMessage(frame)
      if (decoded.kind !== 'message') throw new Error(`The relay sent what its schema does not know: ${frame}`)
      return decoded.message
    })
  const eventsFrames = () => messages().filter((message) => message.type === 'events')
  return {
    socket,
    frames,
    messages,
    welcome: () =>
      eventually(() => {
        const message = messages().find(({ type }) => type === 'welcome')
        if (message?.type !== 'welcome') throw new Error(`no welcome among ${frames.join('\n')}`)
        return message
      }),
    events: (count) =>
      eventually(() => {
        const brought = eventsFrames()
        const total = brought.reduce((sum, { events }) => sum + events.length, 0)
        if (total < count) throw new Error(`${total} of ${count} events`)
        return brought
      }),
    send: (text) => socket.send(text),
    hello: (token, after = null, view) =>
      socket.send(JSON.stringify({ type: 'hello', token, after, client: 'test/1', view })),
    closed: () => ended,
    async close() {
      socket.close()
      await ended
    },
  }
}
