import { RedisAwayError, RedisRefusedError } from './faults.ts'
import { openSession, type Session } from './session.ts'

/**
 * The relay's connection to Redis, which comes back by itself. What is on it is looked at before anybody may use it, each time,
 * because it need not be what it was.
 */
export interface Link {
  /** The session as it is now; throws a {@link RedisAwayError} while there is none. */
  use(): Session
  /** Why there is none, as a sentence; `undefined` while there is. */
  readonly hindrance: string | undefined
  close(): void
}

export interface LinkOptions {
  readonly url: string
  /** Prepares what uses the session; it is used by others when this has resolved, and given up when it rejects. */
  readonly onOpened: (session: Session) => Promise<void>
  /** Nobody can use it any more. */
  readonly onLost: (reason: Error) => void
}

/** It is back within five seconds, of which an attempt takes what a slow answer takes. */
const RETRY_MS = 500

/** Resolves when there is a session; rejects with a sentence when the first attempt fails. */
export async function openLink({ url, onOpened, onLost }: LinkOptions): Promise<Link> {
  const target = describeTarget(url)
  let session: Session | undefined
  let hindrance: string | undefined
  let timer: NodeJS.Timeout | undefined
  let isClosed = false

  async function open(): Promise<void> {
    let opened: Session | undefined
    try {
      opened = await openSession({ url, target, onLost: lose })
      await onOpened(opened)
      if (isClosed || opened.isLost) throw new RedisAwayError(`Redis at ${target} was lost again.`)
      session = opened
      hindrance = undefined
    } catch (error) {
      opened?.end(asError(error))
      throw error
    }
  }

  function lose(reason: Error): void {
    hindrance = reason.message
    if (session === undefined) return
    session = undefined
    onLost(reason)
    comeBack()
  }

  function comeBack(): void {
    if (isClosed) return
    timer = setTimeout(() => {
      open().catch((error: unknown) => {
        hindrance = asError(error).message
        comeBack()
      })
    }, RETRY_MS)
  }

  await open()
  return {
    use() {
      if (session === undefined) throw new RedisAwayError(hindrance ?? `Redis at ${target} is away.`)
      return session
    },
    get hindrance() {
      return session === undefined ? hindrance : undefined
    },
    close() {
      isClosed = true
      clearTimeout(timer)
      session?.end(new RedisAwayError('The relay stops.'))
    },
  }
}

/** Where a URL leads, for people: without name and password. */
export function describeTarget(url: string): string {
  const { protocol, host, pathname } = new URL(url)
  return `${protocol}//${host}${pathname === '/' ? '' : pathname}`
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new RedisRefusedError(String(error))
}
