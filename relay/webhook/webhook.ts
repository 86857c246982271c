import type { Context } from 'hono'
import { mayConnect } from '../../shared/call/ties.ts'
import type { Clock } from '../../shared/clock.ts'
import { decodeNotification, type TelephonyNotification } from '../../shared/protocol/notification.ts'
import { describeFault } from '../../shared/protocol/raw.ts'
import { MINUTE_MS } from '../../shared/time.ts'
import { describeError } from '../errors.ts'
import { countFailure, type FailureCounting } from '../http/limit-failures.ts'
import { respondProblem } from '../http/problem.ts'
import { contentCoding } from '../http/refuse-compressed.ts'
import type { UnderWay } from '../http/under-way.ts'
import { parseJson } from '../json.ts'
import { isAddressee } from '../log/addressee.ts'
import type { EventLog } from '../log/event-log.ts'
import type { Logger } from '../logger.ts'
import type { DeliveryResult, Metrics } from '../metrics.ts'
import { ownersOf } from '../wire/owners.ts'
import { readBody } from './read-body.ts'
import { createSecretCheck } from './secret-check.ts'

/**
 * `POST /webhook`: check, append, answer. Fanning out follows by itself from the log.
 *
 * RingCentral stops sending to an address that refuses for some minutes, and repeats nothing, so everything with the
 * right secret is answered 200, also what can't be used; that is kept aside. The exceptions are a body that is too large
 * and a log that can't be written: an event is never acknowledged before it is durable.
 */
export interface WebhookDependencies extends FailureCounting {
  readonly log: EventLog
  readonly clock: Clock
  readonly logger: Logger
  readonly metrics: Pick<Metrics, 'countDelivery' | 'observeAppend'>
  /** Deliveries that are being taken in: other work can wait for them. */
  readonly deliveries: UnderWay
  /** Secrets of the subscriptions that may deliver now. */
  acceptedSecrets(): readonly string[]
  /** Looks whether there are others by now. */
  refreshSecrets(): Promise<void>
  /** The platform asks for the subscription to be renewed. */
  onReminder(): void
}

export const MAX_BODY_BYTES = 1024 * 1024
/** RingCentral refuses a handshake whose answer is longer than 1024 bytes; the other headers take the rest. */
const MAX_VALIDATION_TOKEN_CHARS = 512

export function createWebhook(dependencies: WebhookDependencies): (c: Context) => Promise<Response> {
  const { log, clock, logger, metrics } = dependencies
  let undecodableCount = 0
  /** Since the last line about them. */
  let unstored = { count: 0, loggedAtMs: Number.NEGATIVE_INFINITY }
  const isSecret = createSecretCheck()

  return async function webhook(c) {
    const { result, response } = await dependencies.deliveries.track(handle(c))
    metrics.countDelivery(result)
    return response.status === 401 ? countFailure(c, dependencies, response) : response
  }

  async function handle(c: Context): Promise<Handled> {
    const validationToken = c.req.header('validation-token')
    const tokens = [c.req.header('verification-token'), validationToken]
    const isTrusted = isKnown(tokens) || (await isKnownByNow(tokens).catch(() => undefined))
    // Whether it may deliver can't be known now.
    if (isTrusted === undefined) return refuseUnstored(c)
    if (!isTrusted && validationToken === undefined) return refuseSecret(c)
    const body = await readBody(c, isTrusted ? MAX_BODY_BYTES : 0)
    if (body.kind === 'aborted') return refuseAborted(c)
    if (validationToken !== undefined && body.kind === 'whole' && body.text === '') {
      return answerHandshake(validationToken)
    }
    if (!isTrusted) return refuseSecret(c)
    if (body.kind === 'tooLarge') return refuseSize(c)
    try {
      const result = await receive(body.text, contentCoding(c))
      return { result, response: new Response(null, { status: 200 }) }
    } catch (error) {
      noteUnstored(error)
      return refuseUnstored(c)
    }
  }

  function isKnown(tokens: readonly (string | undefined)[]): boolean {
    return tokens.some((token) => isSecret(token, dependencies.acceptedSecrets()))
  }

  /** Another relay may have made the secret a moment ago. */
  async function isKnownByNow(tokens: readonly (string | undefined)[]): Promise<boolean> {
    if (tokens.every((token) => token === undefined)) return false
    await dependencies.refreshSecrets()
    return isKnown(tokens)
  }

  /** A full disk fails every delivery until there is room; a line a minute tells it. */
  function noteUnstored(error: unknown): void {
    unstored.count += 1
    if (clock.nowMs() - unstored.loggedAtMs < MINUTE_MS) return
    logger.error(
      { err: describeError(error), count: unstored.count },
      'A notification could not be stored; it was answered with 503',
    )
    unstored = { count: 0, loggedAtMs: clock.nowMs() }
  }

  async function receive(text: string, coding: string | undefined): Promise<DeliveryResult> {
    const receivedAtMs = clock.nowMs()
    const decoded = coding === undefined ? decode(text) : unusableCoding(coding)
    if (decoded.kind === 'reminder') {
      dependencies.onReminder()
      return 'reminder'
    }
    if (decoded.kind === 'unusable') {
      undecodableCount += 1
      logger.warn(
        { reason: decoded.reason, count: undecodableCount },
        'A notification is no telephony event; it was kept aside',
      )
      await log.keepAside({ receivedAtMs, reason: decoded.reason, text })
      return 'undecodable'
    }
    const { uuid, telephonySessionId } = decoded.notification
    const extensionIds = await listMembers(decoded.notification)
    const startMs = performance.now()
    const { position, isNew } = await log.append({ uuid, telephonySessionId, extensionIds, receivedAtMs, text })
    if (isNew) {
      metrics.observeAppend(performance.now() - startMs)
      return 'accepted'
    }
    logger.debug({ position }, 'A notification came again')
    return 'duplicate'
  }

  /**
   * The people who may see the session from this event on: owners of a party in it, and where a party leaves for another
   * session and puts those who stay through to each other, the people of that one. Nothing else tells them whom they talk to.
   */
  async function listMembers(notification: TelephonyNotification): Promise<readonly string[]> {
    const owners = ownersOf(notification.parties)
    const peerIds = notification.parties.flatMap(({ status: { peer, reason } }) =>
      peer?.telephonySessionId !== undefined && mayConnect(reason) ? peer.telephonySessionId : [],
    )
    if (peerIds.length === 0) return owners
    const indexes = await Promise.all(peerIds.map((id) => log.readSessionIndex(id)))
    const peers = indexes.flat().flatMap(({ extensionIds }) => extensionIds)
    return [...new Set([...owners, ...peers.filter((id) => !isAddressee(id))])]
  }
}

interface Handled {
  readonly result: DeliveryResult
  readonly response: Response
}

type Usable =
  | { readonly kind: 'telephony'; readonly notification: TelephonyNotification }
  | { readonly kind: 'reminder' }
  | { readonly kind: 'unusable'; readonly reason: string }

function decode(text: string): Usable {
  let raw: unknown
  try {
    raw = parseJson(text)
  } catch {
    // The parser's own words may quote the body.
    return { kind: 'unusable', reason: 'the notification should be JSON' }
  }
  const decoded = decodeNotification(raw)
  return decoded.kind === 'unusable' ? { kind: 'unusable', reason: describeFault(decoded.fault) } : decoded
}

/** RingCentral sends no compressed bodies; unpacking those of others would let a few bytes fill the memory. */
function unusableCoding(coding: string): Usable {
  const named = /^[a-z-]{1,16}$/.test(coding) ? coding : 'something else'
  return { kind: 'unusable', reason: `the notification should not be compressed, but is ${named}` }
}

function answerHandshake(validationToken: string): Handled {
  const isTooLong = validationToken.length > MAX_VALIDATION_TOKEN_CHARS
  const response = isTooLong
    ? new Response(null, { status: 400 })
    : new Response(null, {
        status: 200,
        headers: { 'validation-token': validationToken, 'content-type': 'application/json' },
      })
  return { result: isTooLong ? 'refused' : 'handshake', response }
}

function refuseSecret(c: Context): Handled {
  const detail = 'The Verification-Token header should be the secret of a current subscription.'
  return { result: 'refused', response: respondProblem(c, { status: 401, code: 'wrong_secret', detail }) }
}

function refuseSize(c: Context): Handled {
  const response = respondProblem(c, {
    status: 413,
    code: 'too_large',
    detail: 'A notification should be at most 1 MB.',
  })
  // What is still to come is not waited for.
  response.headers.set('connection', 'close')
  return { result: 'too_large', response }
}

function refuseAborted(c: Context): Handled {
  const detail = 'The whole notification should arrive.'
  return { result: 'aborted', response: respondProblem(c, { status: 400, code: 'aborted', detail }) }
}

function refuseUnstored(c: Context): Handled {
  const detail = 'The event log could not be written.'
  return { result: 'not_stored', response: respondProblem(c, { status: 503, code: 'log_unavailable', detail }) }
}
