import { describeError } from '../errors.ts'
import { NotStoredError } from '../log/not-stored-error.ts'
import { FENCED, FOREIGN, NEWER, OCCUPIED, RENAMED, UNFINISHED } from './scripts.ts'

/** Redis does not do what it is asked for now; nothing was stored, or it is not known that it was. */
export class RedisAwayError extends NotStoredError {}

/** There is a Redis, but it is none that a log can be kept on: somebody has to change something. The message says what. */
export class RedisRefusedError extends RedisAwayError {}

/** Another relay owns the subscription and what goes with it by now, so this one may not write what only the owner may. */
export class FencedError extends Error {
  override readonly name = 'FencedError'
}

/** What an error means, as one that says so. `target`: where Redis is, without a password. */
export function explainFault(error: unknown, target: string): Error {
  if (error instanceof RedisAwayError || error instanceof FencedError) return error
  const words = describeError(error)
  const code = codeOf(error)
  const options = { cause: error }
  if (code === FENCED) return new FencedError('Another relay is the owner by now.', options)
  const refusal = REFUSALS[code] ?? REFUSALS[findPhrase(words)]
  if (refusal !== undefined) return new RedisRefusedError(`Redis at ${target} ${refusal}`, options)
  const found = AWAY[code] ?? `should answer, but does not (${words})`
  return new RedisAwayError(`Redis at ${target} ${found}.`, options)
}

/** Whether the connection is of no use any more after such an error. */
export function endsConnection(error: unknown): boolean {
  return [RENAMED, 'READONLY', 'LOADING', 'MASTERDOWN', 'NOAUTH', 'UNBLOCKED'].includes(codeOf(error))
}

/** Whether Redis has no room, or takes no writes for another reason of its own, while it is there. */
export function isWriteRefused(error: unknown): boolean {
  return ['OOM', 'MISCONF', 'NOREPLICAS'].includes(codeOf(error))
}

/** Whether Redis was told to forget its scripts. */
export function isScriptUnknown(error: unknown): boolean {
  return codeOf(error) === 'NOSCRIPT'
}

/** The system's or Redis's word for an error, which is the first of its message. */
function codeOf(error: unknown): string {
  const origin = error instanceof Error && error.cause !== undefined ? error.cause : error
  if (origin instanceof Error && 'code' in origin) return String(origin.code)
  return describeError(origin).split(' ')[0] ?? ''
}

const AWAY: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'should be running, but nothing listens there',
  ENOTFOUND: 'should have a name that leads somewhere, but it is not known',
  EAI_AGAIN: 'should have a name that leads somewhere, but it is not known now',
  ETIMEDOUT: 'should be within reach, but does not answer',
  OOM: 'should have room, but is full: give it more maxmemory, or lower RELAY_RETENTION_HOURS',
  MISCONF: 'should be able to save, but refuses writes because it can not: its own log says why',
  NOREPLICAS: 'should have as many replicas as its min-replicas-to-write wants, but has not',
  READONLY: 'should be the primary, but has become a replica',
  LOADING: 'should be ready, but is still loading its data',
  [RENAMED]: 'should hold the log that it held before, but does not: what is there is looked at',
}

const NEEDS_PASSWORD =
  'wants a password: RELAY_REDIS_URL should have one, as in redis://:PASSWORD@host:6379, or redis://NAME:PASSWORD@host:6379.'

const REFUSALS: Readonly<Record<string, string>> = {
  NOAUTH: NEEDS_PASSWORD,
  WRONGPASS: 'does not take the name and password of RELAY_REDIS_URL: they should be those of a user of that Redis.',
  NOPERM:
    'lets the user of RELAY_REDIS_URL do too little: they should be allowed all commands on keys that begin with ringside:.',
  'without any password': 'has no password, but RELAY_REDIS_URL has one: it should be without.',
  'DB index': 'has no database with the number in RELAY_REDIS_URL: it should be one that there is, as 0 is.',
  [FOREIGN]:
    "holds other data than a relay's in that database: give the relay one of its own, as in redis://host:6379/1, or an empty Redis.",
  WRONGTYPE:
    "holds something else under the relay's names (ringside:…): give the relay a database of its own, as in redis://host:6379/1.",
  [UNFINISHED]: 'holds a log that was being moved there and is not whole: move it again, or empty that database.',
  [OCCUPIED]:
    'should be empty to have a log moved there, but holds something: name another database, or empty that one.',
  [NEWER]: 'holds a log that a newer relay wrote: run that one.',
  ERR_SSL_WRONG_VERSION_NUMBER:
    'does not speak TLS, but RELAY_REDIS_URL begins with rediss: it should begin with redis.',
  DEPTH_ZERO_SELF_SIGNED_CERT:
    'has a certificate that nobody vouches for: NODE_EXTRA_CA_CERTS should name the file of the authority that issued it.',
  SELF_SIGNED_CERT_IN_CHAIN:
    'has a certificate that nobody vouches for: NODE_EXTRA_CA_CERTS should name the file of the authority that issued it.',
}

function findPhrase(words: string): string {
  return ['without any password', 'DB index'].find((phrase) => words.includes(phrase)) ?? ''
}
