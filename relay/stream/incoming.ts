import { unreachable } from '../../shared/assert.ts'
import { decodeClientMessage, type HelloMessage } from '../../shared/protocol/wire.ts'
import { type Closing, TOO_MANY_MESSAGES } from './close-reasons.ts'
import type { Liveness } from './liveness.ts'

/** What comes from one client: counted, and read. The first, and only the first, message should be a hello. */
export interface Incoming {
  receive(text: string): void
  /** Bytes came that are no message: they count as one. */
  noteFrame(): void
}

export interface IncomingOptions {
  readonly liveness: Pick<Liveness, 'note'>
  /** The subscriber's phase: `awaitingHello` and `closed` are told apart from all others. */
  phase(): string
  onHello(hello: HelloMessage): void
  onRefused(closing: Closing): void
}

type Received =
  | { readonly kind: 'hello'; readonly hello: HelloMessage }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'refused'; readonly closing: Closing }

export function createIncoming(options: IncomingOptions): Incoming {
  const { liveness, phase, onHello, onRefused } = options

  /** `false` when there is nothing to do with what came, because the client is closed or sends too much. */
  function count(): boolean {
    if (phase() === 'closed') return false
    if (liveness.note()) return true
    onRefused(TOO_MANY_MESSAGES)
    return false
  }

  return {
    receive(text) {
      if (!count()) return
      const received = decode(text, phase() === 'awaitingHello')
      switch (received.kind) {
        case 'hello':
          return onHello(received.hello)
        case 'refused':
          return onRefused(received.closing)
        case 'nothing':
          return
        default:
          return unreachable(received)
      }
    },
    noteFrame: () => void count(),
  }
}

function decode(text: string, isHelloAwaited: boolean): Received {
  const decoded = decodeClientMessage(text)
  if (decoded.kind === 'malformed') return refused(`The message can't be read: ${decoded.reason}.`)
  const hello = decoded.kind === 'message' && decoded.message.type === 'hello' ? decoded.message : undefined
  if (isHelloAwaited)
    return hello === undefined ? refused('The first message should be a hello.') : { kind: 'hello', hello }
  return hello === undefined ? { kind: 'nothing' } : refused('Only the first message may be a hello.')
}

function refused(message: string): Received {
  return { kind: 'refused', closing: ['badMessage', message] }
}
