import { WebSocket } from 'ws'
import type { Connection } from '../../../entrypoints/lib/contract/messages.ts'
import { createRelaySocket, type RelaySocket, type SocketLike } from '../../../entrypoints/lib/relay/relay-socket.ts'
import { systemClock } from '../../../relay/clock.ts'
import type { Cursor, PingMessage, WelcomeMessage } from '../../../shared/protocol/wire.ts'
import { EXTENSION_ORIGIN } from './extension-address.ts'

/** The extension's own end of the stream, over a socket of Node's, with what it was told and a cursor in memory. */
export interface ExtensionStream extends RelaySocket {
  readonly positions: readonly number[]
  readonly welcomes: readonly WelcomeMessage[]
  readonly pings: readonly PingMessage[]
  readonly connections: readonly Connection['state'][]
}

export interface ExtensionStreamOptions {
  readonly relayUrl: string
  readonly token: string
  readonly client?: string
  /** How many times faster its timers run. */
  readonly hurry?: number
  /** Asks for all that the person may see, which the extension does not. */
  readonly seesAll?: boolean
  /** What becomes of a text that the relay sent: the texts that arrive in its place. */
  readonly receive?: (text: string) => readonly string[]
}

export function openExtensionStream(options: ExtensionStreamOptions): ExtensionStream {
  const { relayUrl, token, client = 'ringside/test', hurry = 1, seesAll = false, receive = (text) => [text] } = options
  const positions: number[] = []
  const welcomes: WelcomeMessage[] = []
  const pings: PingMessage[] = []
  const connections: Connection['state'][] = []
  let epoch = ''
  let cursor: Cursor | undefined
  const socket = createRelaySocket({
    relayUrl,
    token,
    client,
    view: 'mine',
    readCursor: async () => cursor,
    onWelcome(welcome) {
      welcomes.push(welcome)
      epoch = welcome.epoch
    },
    onEvents({ events, head }) {
      positions.push(...events.map(({ position }) => position))
      cursor = { epoch, position: head }
    },
    onPing(ping) {
      pings.push(ping)
      cursor = { epoch, position: ping.head }
    },
    onConnection: ({ state }) => connections.push(state),
    connect: (url) => connect(url, { receive, seesAll }),
    random: () => Math.random(),
    clock: { ...systemClock, after: (delayMs, action) => systemClock.after(delayMs / hurry, action) },
  })
  return { ...socket, positions, welcomes, pings, connections }
}

/** As in the browser, closing waits for nobody: a socket that nobody answers any more is simply gone. */
function connect(
  url: string,
  { receive, seesAll }: Required<Pick<ExtensionStreamOptions, 'receive' | 'seesAll'>>,
): SocketLike {
  const socket = new WebSocket(url, { origin: EXTENSION_ORIGIN, perMessageDeflate: false })
  const like: SocketLike = {
    onopen: null,
    onmessage: null,
    onclose: null,
    send: (text) => socket.send(seesAll ? String(text).replace(',"view":"mine"', '') : String(text)),
    close: () => socket.terminate(),
  }
  const heard = like as { [Name in 'onopen' | 'onmessage' | 'onclose']: ((event: object) => void) | null }
  socket.on('open', () => heard.onopen?.({}))
  socket.on('message', (data) => {
    for (const text of receive(data.toString())) heard.onmessage?.({ data: text })
  })
  // A connection that breaks is followed by its close.
  socket.on('error', () => undefined)
  socket.on('close', (code) => heard.onclose?.({ code }))
  return like
}
