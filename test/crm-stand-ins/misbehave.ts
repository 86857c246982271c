import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'

/** What can go wrong with a CRM, on command. Each gives back how to stop it. */
export interface Misbehaviour {
  /** The next requests that write are carried out, and the connection is cut before the answer. */
  loseAnswers(count?: number): void
  /** The next requests that write are cut before anything is done. */
  loseRequests(count?: number): void
  /** So many requests are answered 429, with `Retry-After` unless it is `undefined`. */
  limit(options: { readonly count: number; readonly retryAfterS?: number }): void
  /** Every request is answered 503, until this is called off. */
  goAway(): () => void
  /** Requests that write are refused with 400 and these words, until this is called off. */
  refuseWrites(words: string): () => void
  /** Keys and tokens are refused, until this is called off. */
  refuseLogins(): () => void
  /** Requests that write wait until this is called. */
  holdWrites(): () => void
  /** How many of them wait. */
  heldWrites(): number
}

/** What a stand-in asks before and after it carries out a request. */
export interface MisbehavingState extends Misbehaviour {
  readonly areLoginsRefused: boolean
  /** Answers in the CRM's place; `undefined` for a request that is carried out. */
  before(c: Context, isWrite: boolean): Promise<Response | undefined>
  /** Cuts the connection where the answer is to be lost. */
  after(c: Context, isWrite: boolean): Promise<void>
}

export function createMisbehaviour(describe: (words: string, status: number) => unknown): MisbehavingState {
  let lost = 0
  let lostRequests = 0
  let limited = { count: 0, retryAfterS: undefined as number | undefined }
  let isAway = false
  let refusal: string | undefined
  let areLoginsRefused = false
  let held: Promise<void> | undefined
  let waiting = 0

  return {
    loseAnswers(count = 1) {
      lost += count
    },
    loseRequests(count = 1) {
      lostRequests += count
    },
    limit({ count, retryAfterS }) {
      limited = { count, retryAfterS }
    },
    goAway() {
      isAway = true
      return () => {
        isAway = false
      }
    },
    refuseWrites(words) {
      refusal = words
      return () => {
        refusal = undefined
      }
    },
    refuseLogins() {
      areLoginsRefused = true
      return () => {
        areLoginsRefused = false
      }
    },
    holdWrites() {
      let letGo = () => {}
      held = new Promise((resolve) => {
        letGo = resolve
      })
      return () => {
        held = undefined
        letGo()
      }
    },
    heldWrites: () => waiting,
    get areLoginsRefused() {
      return areLoginsRefused
    },
    async before(c, isWrite) {
      if (isAway) return c.json(describe('The service is not available', 503) as object, 503)
      if (limited.count > 0) {
        limited = { ...limited, count: limited.count - 1 }
        if (limited.retryAfterS !== undefined) c.header('retry-after', String(limited.retryAfterS))
        return c.json(describe('You have reached your secondly limit.', 429) as object, 429)
      }
      if (isWrite && lostRequests > 0) {
        lostRequests--
        cut(c)
      }
      if (isWrite && held !== undefined) {
        // What has arrived is carried out, also when nobody waits for the answer any more.
        await c.req.text()
        waiting++
        await held
        waiting--
      }
      if (isWrite && refusal !== undefined) return c.json(describe(refusal, 400) as object, 400)
      return undefined
    },
    async after(c, isWrite) {
      if (!isWrite || lost === 0) return
      lost--
      cut(c)
    },
  }
}

/** Ends the connection of a request without an answer. */
function cut(c: Context): never {
  const { incoming } = c.env as { incoming?: { socket: { destroy(): void } } }
  incoming?.socket.destroy()
  throw new HTTPException(500)
}
