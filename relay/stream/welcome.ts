import type { Cursor, WelcomeMessage } from '../../shared/protocol/wire.ts'
import { formatInstant } from '../../shared/time.ts'
import type { Settings } from '../config.ts'
import type { EventLog } from '../log/event-log.ts'
import type { UserWithRights } from '../people/rights.ts'
import { epochOf, epochsOf, isComplete, type View } from '../people/view.ts'

export interface WelcomeFacts {
  readonly user: UserWithRights
  readonly view: View
  /** The cursor that the client came with. */
  readonly after: Cursor | null
  readonly expiresAtMs: number
  readonly nowMs: number
  readonly settings: Pick<Settings, 'scope'>
}

/** The welcome of a client, and the position after which it is sent everything of its own. */
export interface Welcome {
  readonly message: WelcomeMessage
  readonly afterPosition: number
}

/**
 * Resolves when a client's cursor can be judged. One that this relay can't place may be of another relay on the same log, which is ahead
 * of it for a moment: nobody is told that they can't resume before this one knows what there is. Rejects when that can't be told now.
 */
export async function awaitCursor(
  log: EventLog,
  { user, view, after }: Pick<WelcomeFacts, 'user' | 'view' | 'after'>,
): Promise<void> {
  if (after !== null && !canResume(after, (id) => epochsOf({ id }, user, view), log)) await log.reachHead()
}

export function writeWelcome(log: EventLog, facts: WelcomeFacts): Welcome {
  const { user, view, after, expiresAtMs, nowMs, settings } = facts
  const epoch = epochOf(log, user, view)
  const resumed = canResume(after, (id) => epochsOf({ id }, user, view), log)
  return {
    message: {
      type: 'welcome',
      epoch,
      head: log.headPosition,
      oldest: log.oldestPosition,
      resumed,
      complete: isComplete(view, settings),
      user,
      tokenExpiresAt: formatInstant(expiresAtMs),
      now: formatInstant(nowMs),
    },
    afterPosition: resumed ? after.position : log.oldestPosition - 1,
  }
}

/**
 * A cursor resumes when everything after it is still kept and it does not lie in the future. That is after the log's head for a
 * cursor of one of its epochs, and for one of an earlier epoch after the last position that the log had under that name.
 */
function canResume(
  after: Cursor | null,
  epochsOfLog: (id: string) => readonly string[],
  log: EventLog,
): after is Cursor {
  if (after === null) return false
  const known = [log, ...log.former].find(({ id }) => epochsOfLog(id).includes(after.epoch))
  return known !== undefined && after.position >= log.oldestPosition - 1 && after.position <= known.headPosition
}
