import { describeError } from '../errors.ts'
import type { Logger } from '../logger.ts'
import { canRetry, endsRepair, type Retries } from './retries.ts'
import type { SessionStatuses } from './session-statuses.ts'
import { tryInTurn } from './try-in-turn.ts'
import type { UnfinishedSession } from './unfinished-sessions.ts'

export interface AskingDependencies {
  readonly statuses: SessionStatuses
  readonly retries: Retries
  readonly logger: Logger
  /** Requests that are left in each minute to people who ask about their own sessions. */
  readonly leaving: number
}

/** The first asking, one of those that come back to what is left, or the last of these. */
export type Round = 'first' | 'later' | 'last'

/** What failed so often, one try after the other, is left for later. */
export const MAX_TRIES = 5

/**
 * Asks RingCentral about each session once, the one that was heard of last first; the answers go into the log. Resolves with
 * those that it could not be asked about, for now; rejects when it would refuse every session.
 */
export async function askAboutSessions(
  sessions: readonly UnfinishedSession[],
  { round, signal }: { readonly round: Round; readonly signal: AbortSignal },
  { statuses, retries, logger, leaving }: AskingDependencies,
): Promise<readonly UnfinishedSession[]> {
  const latestFirst = newestFirst(sessions)
  if (latestFirst.length === 0) return []
  if (round === 'first') {
    logger.info(
      { sessions: latestFirst.length },
      'RingCentral is asked about the sessions that may have changed unheard',
    )
  }
  const asked = { found: 0, over: 0, unknown: 0 }

  /** Throws a RingCentralError when it may be answered another time, or when no session would be. */
  async function askAbout(telephonySessionId: string): Promise<keyof typeof asked> {
    signal.throwIfAborted()
    try {
      const { found } = await statuses.ask(telephonySessionId, { leaving, isNews: true })
      return found ? 'found' : 'over'
    } catch (error) {
      if (canRetry(error) || endsRepair(error)) throw error
      logger.warn({ err: describeError(error), telephonySessionId }, 'A session could not be asked about')
      return 'unknown'
    }
  }

  const left = await tryInTurn(latestFirst, {
    tries: round === 'first' ? MAX_TRIES : 1,
    async attempt({ telephonySessionId }) {
      asked[await askAbout(telephonySessionId)] += 1
    },
    canRetry,
    pause: (failures, error) => retries.pause(failures, error, signal),
  })
  const [firstLeft] = left
  if (firstLeft === undefined) logger.info(asked, 'What was missed is repaired as far as RingCentral knows')
  else if (round !== 'later') {
    const { telephonySessionId } = firstLeft
    const what = round === 'first' ? 'they are asked about later' : 'they are not asked about any more'
    logger.warn({ ...asked, left: left.length, telephonySessionId }, `RingCentral fails for some sessions: ${what}`)
  }
  return left
}

/** Each session once, the one that was heard of last first. */
function newestFirst(sessions: readonly UnfinishedSession[]): readonly UnfinishedSession[] {
  const sorted = sessions.toSorted((a, b) => b.latestMs - a.latestMs)
  return [...new Map(sorted.toReversed().map((session) => [session.telephonySessionId, session])).values()].toReversed()
}
