import { decodeClientMessage, type HelloMessage } from '../../shared/protocol/wire.ts'
import type { Closing } from './close-reasons.ts'

/** What a client's message asks for. */
export type ClientMessageRead =
  | { readonly kind: 'hello'; readonly hello: HelloMessage }
  /** Nothing is to be done. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'refused'; readonly closing: Closing }

/** Reads one message of a client, of which the first, and only the first, should be a hello. */
export function readClientMessage(text: string, isHelloAwaited: boolean): ClientMessageRead {
  const decoded = decodeClientMessage(text)
  if (decoded.kind === 'malformed') return refused(`The message can't be read: ${decoded.reason}.`)
  const hello = decoded.kind === 'message' && decoded.message.type === 'hello' ? decoded.message : undefined
  if (isHelloAwaited)
    return hello === undefined ? refused('The first message should be a hello.') : { kind: 'hello', hello }
  return hello === undefined ? { kind: 'nothing' } : refused('Only the first message may be a hello.')
}

function refused(message: string): ClientMessageRead {
  return { kind: 'refused', closing: ['badMessage', message] }
}
