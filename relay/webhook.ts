import { createHash, timingSafeEqual } from 'node:crypto'
import type { Context } from 'hono'
import { decodeNotification, type TelephonyNotification } from '../shared/protocol/notification.ts'
import { describeFault } from '../shared/protocol/raw.ts'
import type { Clock } from './clock.ts'
import { describeError } from './errors.ts'
import type { EventLog } from './event-log.ts'
import { parseJson } from './json.ts'
import type { Logger } from './log.ts'
import { respondProblem } from './problem.ts'

/**
 * `POST /webhook`: check, append, answer. Fanning out follows by itself from the log.
 *
 * RingCentral stops sending to an address that refuses for some minutes, and repeats nothing, so everything with the
 * right secret is answered 200, also what can't be used; that is kept aside. The exceptions are a body that is too large
 * and a log that can't be written: an event is never acknowledged before it is durable.
 */
export interface WebhookDependencies {
  readonly log: EventLog
  readonly clock: Clock
  readonly logger: Logger
  /** Secrets of the subscriptions that may deliver now. */
  acceptedSecrets(): readonly string[]
  /** The platform asks for the subscription to be renewed. */
  onReminder(): void
}

export const MAX_BODY_BYTES = 1024 * 1024
/** RingCentral refuses a handshake whose answer is longer than 1024 bytes; the other headers take the rest. */
const MAX_VALIDATION_TOKEN_CHARS = 512

export function createWebhook(dependencies: WebhookDependencies): (c: Context) => Promise<Response> {
  const { log, clock, logger } = dependencies
  let unusableCount = 0
  const isSecret = createSecretCheck()

  return async function webhook(c) {
    const validationToken = c.req.header('validation-token')
    const isTrusted = [c.req.header('verification-token'), validationToken].some((token) =>
      isSecret(token, dependencies.acceptedSecrets()),
    )
    if (!isTrusted && validationToken === undefined) return refuseSecret(c)
    const body = await readBody(c, isTrusted ? MAX_BODY_BYTES : 0)
    if (validationToken !== undefined && body === '') return answerHandshake(validationToken)
    if (!isTrusted) return refuseSecret(c)
    if (body === undefined) {
      return respondProblem(c, { status: 413, code: 'too_large', detail: 'A notification should be at most 1 MB.' })
    }
    try {
      await take(body)
    } catch (error) {
      logger.error({ err: describeError(error) }, 'A notification could not be stored; it was answered with 503')
      return respondProblem(c, { status: 503, code: 'log_unavailable', detail: 'The event log could not be written.' })
    }
    return accepted()
  }

  async function take(text: string): Promise<void> {
    const receivedAtMs = clock.nowMs()
    const decoded = decode(text)
    if (decoded.kind === 'reminder') return dependencies.onReminder()
    if (decoded.kind === 'unusable') {
      unusableCount += 1
      logger.warn(
        { reason: decoded.reason, count: unusableCount },
        'A notification is no telephony event; it was kept aside',
      )
      return log.keepAside({ receivedAtMs, reason: decoded.reason, text })
    }
    const { uuid, telephonySessionId } = decoded.notification
    const extensionIds = ownersOf(decoded.notification)
    const { position, isNew } = await log.append({ uuid, telephonySessionId, extensionIds, receivedAtMs, text })
    if (!isNew) logger.debug({ position }, 'A notification came again')
  }
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

function ownersOf({ parties }: TelephonyNotification): readonly string[] {
  return [...new Set(parties.flatMap(({ extensionId }) => (extensionId === undefined ? [] : [extensionId])))]
}

/** Compares digests, which have one length, so that the time tells nothing about the secret. */
function createSecretCheck(): (token: string | undefined, secrets: readonly string[]) => boolean {
  // The same secret for days: its digest is made once. One that is replaced makes room for the next.
  const digests = new Map<string, Buffer>()
  const digestOf = (secret: string): Buffer => {
    const known = digests.get(secret) ?? digest(secret)
    if (digests.size > MAX_KNOWN_DIGESTS) digests.clear()
    digests.set(secret, known)
    return known
  }
  return (token, secrets) => {
    if (token === undefined) return false
    const given = digest(token)
    let isKnown = false
    for (const secret of secrets) isKnown = timingSafeEqual(given, digestOf(secret)) || isKnown
    return isKnown
  }
}

/** A subscription's secret, and the ones it replaced that are accepted for some minutes. */
const MAX_KNOWN_DIGESTS = 8

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

/** The body as text; `undefined` when it is longer than `maxBytes`, and then the rest is not read. */
async function readBody(c: Context, maxBytes: number): Promise<string | undefined> {
  const announced = c.req.header('content-length')
  // Every event passes here, and reading a body of known length at once takes a fraction of the stream's time.
  if (announced !== undefined) return Number(announced) <= maxBytes ? c.req.text() : undefined
  const { body } = c.req.raw
  if (body === null) return ''
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of body) {
    bytes += chunk.byteLength
    if (bytes > maxBytes) return undefined
    chunks.push(chunk)
  }
  return new TextDecoder().decode(Buffer.concat(chunks))
}

function answerHandshake(validationToken: string): Response {
  if (validationToken.length > MAX_VALIDATION_TOKEN_CHARS) return new Response(null, { status: 400 })
  return new Response(null, {
    status: 200,
    headers: { 'validation-token': validationToken, 'content-type': 'application/json' },
  })
}

function accepted(): Response {
  return new Response(null, { status: 200 })
}

function refuseSecret(c: Context): Response {
  return respondProblem(c, {
    status: 401,
    code: 'wrong_secret',
    detail: 'The Verification-Token header should be the secret of a current subscription.',
  })
}
