import * as v from 'valibot'
import { SECOND_MS } from '../../shared/time.ts'

/** A CRM's API as a connector uses it: requests with a time-out, answers decoded, failures as one kind of error. */
export interface CrmApi {
  /** Where requests go, without a slash at the end. */
  readonly baseUrl: string
  /** The answer, decoded; without a body it is `undefined`. Throws a {@link CrmFault}. */
  request<Schema extends v.GenericSchema>(schema: Schema, request: CrmRequest): Promise<v.InferOutput<Schema>>
}

export interface CrmRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  /** From the slash on; or a whole address, where an answer told it. */
  readonly path: string
  /** What is `undefined` is left out. */
  readonly query?: Readonly<Record<string, string | undefined>>
  /** JSON. */
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** Whether it counts among the searches, where a CRM limits those by themselves. */
  readonly isSearch?: boolean
}

/**
 * Why a request came to nothing.
 *
 * - `limited`: too many; nothing was done. `away`: no answer, or an answer that says that the CRM failed: it may have been done.
 * - `refused`: the CRM says no, and will again. `unauthorized`: it does not take the key or the login.
 */
export class CrmFault extends Error {
  override readonly name = 'CrmFault'
  readonly kind: CrmFaultKind
  /** What the CRM says, or what the relay can say in its place. Not for the log: it may name somebody. */
  readonly words: string
  readonly retryAfterMs: number | undefined
  /** HTTP status; `undefined` when there was no answer. */
  readonly status: number | undefined

  constructor(
    kind: CrmFaultKind,
    facts: { words: string; status?: number | undefined; retryAfterMs?: number | undefined },
  ) {
    super(`The CRM ${SAID[kind]}${facts.status === undefined ? '' : ` (${facts.status})`}`)
    this.kind = kind
    this.words = facts.words
    this.status = facts.status
    this.retryAfterMs = facts.retryAfterMs
  }
}

export type CrmFaultKind = 'limited' | 'away' | 'refused' | 'unauthorized'

const SAID: Readonly<Record<CrmFaultKind, string>> = {
  limited: 'takes no more requests now',
  away: 'did not answer',
  refused: 'refused',
  unauthorized: 'does not take the login',
}

/** The CRM says no, and will again. */
export function isRefused(error: unknown): error is CrmFault {
  return error instanceof CrmFault && error.kind === 'refused'
}

/** What is asked for, or this where the CRM refuses it: for what is not worth a record. */
export async function orIfRefused<Asked, Instead>(asked: Promise<Asked>, instead: Instead): Promise<Asked | Instead> {
  try {
    return await asked
  } catch (error) {
    if (isRefused(error)) return instead
    throw error
  }
}

export interface CrmApiOptions {
  readonly baseUrl: string
  /** What requests say on whose behalf they are. */
  readonly authorize: () => Promise<Readonly<Record<string, string>>>
  /** After the CRM did not take that: whether there is something else to say by now. */
  readonly renew?: (() => Promise<boolean>) | undefined
  /** Resolves when a request may be sent. */
  readonly takeTurn: (isSearch: boolean) => Promise<void>
  readonly isLimit?: ((status: number, answer: string) => boolean) | undefined
  readonly fetch?: typeof globalThis.fetch
  readonly timeoutMs?: number
  /** Ends what is under way. */
  readonly signal?: AbortSignal
}

/** Nobody waits for it, and some CRMs search long. */
export const REQUEST_TIMEOUT_MS = 20 * SECOND_MS

export function createCrmApi(options: CrmApiOptions): CrmApi {
  const { baseUrl, authorize, takeTurn, renew = async () => false, isLimit = () => false } = options

  async function ask(request: CrmRequest): Promise<Response> {
    const authorization = await authorize()
    await takeTurn(request.isSearch === true)
    return send(options, request, authorization)
  }

  return {
    baseUrl,
    async request(schema, request) {
      const first = await ask(request)
      // What was not taken was not done either.
      const response = first.status === 401 && (await renew()) ? await ask(request) : first
      if (REDIRECTS.has(response.status)) throw new CrmFault('away', { words: ELSEWHERE, status: response.status })
      if (response.ok) return decode(schema, await readAnswer(response))
      throw await describeRefusal(response, isLimit)
    },
  }
}

/** What stands there may be the page of a lightning or host-mapped address, and does nothing; it is mended in the settings. */
const ELSEWHERE = 'It is at another address: RELAY_CRM_URL should be that of the CRM’s API.'
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

async function send(
  { baseUrl, fetch = globalThis.fetch, timeoutMs = REQUEST_TIMEOUT_MS, signal }: CrmApiOptions,
  { method, path, query = {}, body, headers = {} }: CrmRequest,
  authorization: Readonly<Record<string, string>>,
): Promise<Response> {
  const url = new URL(path.startsWith('/') ? baseUrl + path : path)
  for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, value)
  const late = AbortSignal.timeout(timeoutMs)
  try {
    return await fetch(url, {
      method,
      headers: {
        accept: 'application/json',
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
        ...authorization,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      // Whoever is sent elsewhere must not take the key along.
      redirect: 'manual',
      signal: signal === undefined ? late : AbortSignal.any([late, signal]),
    })
  } catch {
    throw new CrmFault('away', { words: 'It did not answer.' })
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

async function readAnswer(response: Response): Promise<unknown> {
  try {
    const text = await response.text()
    return text === '' ? undefined : JSON.parse(text)
  } catch {
    throw new CrmFault('away', { words: 'Its answer broke off, or was no JSON.', status: response.status })
  }
}

function decode<Schema extends v.GenericSchema>(schema: Schema, answer: unknown): v.InferOutput<Schema> {
  const decoded = v.safeParse(schema, answer)
  if (decoded.success) return decoded.output
  const [issue] = decoded.issues
  const words = `Its answer has another shape: ${v.getDotPath(issue) ?? 'it'} should be ${issue.expected}.`
  // It may have been done all the same.
  throw new CrmFault('away', { words })
}

async function describeRefusal(
  response: Response,
  isLimit: (status: number, answer: string) => boolean,
): Promise<CrmFault> {
  const { status } = response
  const answer = await response.text().catch(() => '')
  const words = findWords(readJson(answer)) ?? `It answered ${status}.`
  const retryAfterMs = readRetryAfterMs(response)
  const kind = isLimit(status, answer) ? 'limited' : kindOf(status, retryAfterMs)
  return new CrmFault(kind, { words, status, retryAfterMs })
}

/** Too many requests, a record that somebody else changes at this moment, an account that is being moved: the same request will do later. */
const NOT_NOW = [423, 425, 429, 477]

function kindOf(status: number, retryAfterMs: number | undefined): CrmFaultKind {
  if (status === 401) return 'unauthorized'
  if (status >= 500 || status === 408) return 'away'
  return NOT_NOW.includes(status) || retryAfterMs !== undefined ? 'limited' : 'refused'
}

/** Fields in which CRMs say what is wrong, the most telling first. */
const FIELDS_OF_WORDS = ['message', 'error_description', 'description', 'error_info', 'detail', 'title', 'error']
/** Fields that hold more of the kind. */
const FIELDS_OF_ERRORS = ['error', 'errors', 'data', 'details', 'results']
/** Fields that say which field of ours is meant. */
const FIELDS_OF_PLACES = ['field', 'fields', 'api_name']
const MAX_WORDS = 500
const MAX_DEPTH = 4

/** What an answer says to people, wherever it says it. */
function findWords(answer: unknown, depth = 0): string | undefined {
  if (depth > MAX_DEPTH || typeof answer !== 'object' || answer === null) return undefined
  if (Array.isArray(answer)) return joinWords(answer.map((one) => findWords(one, depth + 1)))
  const fields = answer as Readonly<Record<string, unknown>>
  const own = selectText(fields, FIELDS_OF_WORDS)
  const more = FIELDS_OF_ERRORS.map((field) => findWords(fields[field], depth + 1))
  const said = joinWords([
    own === undefined ? undefined : withPlace(own, selectText(fields, FIELDS_OF_PLACES)),
    ...more,
  ])
  if (said !== undefined || depth === 0) return said
  // Some file what is wrong under the names of fields.
  return joinWords(Object.entries(fields).map(([name, value]) => withPlace(findWords(value, depth + 1), name)))
}

function selectText(fields: Readonly<Record<string, unknown>>, names: readonly string[]): string | undefined {
  return names.flatMap((name) => fields[name]).find((value) => typeof value === 'string' && value !== '') as
    | string
    | undefined
}

function withPlace(words: string, place: string | undefined): string
function withPlace(words: string | undefined, place: string | undefined): string | undefined
function withPlace(words: string | undefined, place: string | undefined): string | undefined {
  return words === undefined || place === undefined ? words : `${words} (${place})`
}

function joinWords(all: readonly (string | undefined)[]): string | undefined {
  const words = [...new Set(all.filter((one) => one !== undefined))].join(' ')
  return words === '' ? undefined : words.slice(0, MAX_WORDS)
}

/** Seconds, or the moment until which to wait by the answer's own clock. */
function readRetryAfterMs({ headers }: Response): number | undefined {
  const text = headers.get('retry-after')?.trim()
  if (text === undefined) return undefined
  const ms = /^\d+(\.\d+)?$/.test(text)
    ? Number(text) * SECOND_MS
    : Date.parse(text) - Date.parse(headers.get('date') ?? '')
  return Number.isNaN(ms) ? undefined : Math.max(0, ms)
}
