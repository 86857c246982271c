import { CLOSE_CODES, type ErrorMessage, RIGHTS_CHANGED_CODE } from '../../shared/protocol/wire.ts'
import { MINUTE_MS, SECOND_MS } from '../../shared/time.ts'
import { type CatchUpFailure, MAX_CATCH_UP_MS, MAX_SEND_MS } from './catch-up.ts'
import type { ClientSocket } from './client-socket.ts'
import { MAX_MESSAGES, PING_INTERVAL_MS } from './liveness.ts'

/** Why the relay ends a connection. */
export type CloseReason = keyof typeof CLOSE_CODES | 'tooMany' | 'rightsChanged'

/** A reason, and the sentence that goes with it. */
export type Closing = readonly [CloseReason, string]

/** The close codes and the stable words that go with them. */
const CLOSINGS: Readonly<Record<CloseReason, { readonly code: number; readonly word: string }>> = {
  badMessage: { code: CLOSE_CODES.badMessage, word: 'bad_message' },
  unauthorised: { code: CLOSE_CODES.unauthorised, word: 'unauthorised' },
  notAllowed: { code: CLOSE_CODES.notAllowed, word: 'not_allowed' },
  noHello: { code: CLOSE_CODES.noHello, word: 'no_hello' },
  tooLarge: { code: CLOSE_CODES.tooLarge, word: 'too_large' },
  tooSlow: { code: CLOSE_CODES.tooSlow, word: 'too_slow' },
  tooMany: { code: CLOSE_CODES.tooSlow, word: 'too_many' },
  /** To come again is all there is to do, as after a restart. */
  rightsChanged: { code: CLOSE_CODES.restart, word: RIGHTS_CHANGED_CODE },
  restart: { code: CLOSE_CODES.restart, word: 'restart' },
}

export const HELLO_TIMEOUT_MS = 5 * SECOND_MS

export const NO_HELLO: Closing = [
  'noHello',
  `The first message should be a hello within ${HELLO_TIMEOUT_MS / SECOND_MS} seconds.`,
]
export const TOKEN_NOT_VALID: Closing = ['unauthorised', 'The token is not valid or no longer so: sign in again.']
export const WATCHES_NOBODY: Closing = [
  'notAllowed',
  'RingCentral lets you watch nobody, and no queue is yours to run: there is nothing to show.',
]
export const RIGHTS_CHANGED: Closing = ['rightsChanged', 'What you may watch has changed: connect again.']
export const TOKEN_EXPIRED: Closing = ['unauthorised', 'The token has expired: sign in again.']
export const TOO_MANY_FAILED: Closing = [
  'tooMany',
  'Too many connections from this address failed: wait, and come back with a valid token.',
]
export const TOO_MANY_MESSAGES: Closing = [
  'tooMany',
  `At most ${MAX_MESSAGES} messages are taken within ${PING_INTERVAL_MS / SECOND_MS} seconds.`,
]
export const TOO_MUCH_UNSENT: Closing = [
  'tooSlow',
  'More than 1 MiB was waiting to be taken: connect again and resume from your cursor.',
]
export const NOT_TAKEN: Closing = [
  'tooSlow',
  `What was sent was not taken for ${MAX_SEND_MS / SECOND_MS} seconds: connect again and resume from your cursor.`,
]
export const LOG_RENAMED: Closing = ['restart', 'The log may have lost something: connect again.']
export const UNREADABLE: Closing = ['restart', 'The log could not be read.']

export const CATCH_UP_FAILED: Readonly<Record<CatchUpFailure, Closing>> = {
  stuck: NOT_TAKEN,
  tooLong: [
    'tooSlow',
    `Catching up took longer than ${MAX_CATCH_UP_MS / MINUTE_MS} minutes: connect again and resume from your cursor.`,
  ],
  forgotten: ['restart', 'Events were forgotten while they were being sent: connect again.'],
}

/** Says why, except before a restart, and closes. */
export function refuse(socket: Pick<ClientSocket, 'send' | 'close'>, reason: CloseReason, message: string): void {
  const { code, word } = CLOSINGS[reason]
  const error: ErrorMessage = { type: 'error', code: word, message }
  if (reason !== 'restart') socket.send(JSON.stringify(error))
  socket.close(code, word)
}
