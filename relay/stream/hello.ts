import { decodeClientMessage, type HelloMessage } from '../../shared/protocol/wire.ts'
import type { Closing } from './closing.ts'

/** What a message of a client calls for. */
export type Received =
  | { readonly kind: 'hello'; readonly hello: HelloMessage }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'refused'; readonly closing: Closing }

/** Reads a message of a client: the first, and only the first, should be a hello. */
export function readMessage(text: string, isHelloAwaited: boolean): Received {
  const decoded = decodeClientMessage(text)
  if (decoded.kind === 'malformed') return refuse(`The message can't be read: ${decoded.reason}.`)
  const hello = decoded.kind === 'message' && decoded.message.type === 'hello' ? decoded.message : undefined
  if (isHelloAwaited)
    return hello === undefined ? refuse('The first message should be a hello.') : { kind: 'hello', hello }
  return hello === undefined ? { kind: 'nothing' } : refuse('Only the first message may be a hello.')
}

function refuse(message: string): Received {
  return { kind: 'refused', closing: ['badMessage', message] }
}
