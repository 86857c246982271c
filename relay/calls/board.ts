import { tellExtension, tellQueue } from '../../shared/live/told-totals.ts'
import type { BoardAnswer } from '../../shared/protocol/http/board.ts'
import { formatInstant } from '../../shared/time.ts'
import type { Directory } from '../directory/directory.ts'
import { selectExtensionKind } from '../directory/extension-kind.ts'
import type { UserWithRights } from '../people/rights.ts'
import { ownersWanted, type View } from '../people/view.ts'
import { watchesExtension, watchesQueue } from '../people/watches.ts'
import { mayHear } from '../stream/may-hear.ts'
import type { AccountNow } from './live-calls.ts'
import type { SessionEvents } from './tracked-events.ts'

/** The account as one person watches it: everything of it belongs to one position of the log. */
export interface BoardFacts {
  readonly now: AccountNow
  readonly directory: Directory
  readonly user: UserWithRights
  readonly view: View
  readonly epoch: string
  readonly nowMs: number
}

/** So much is written at a time, so that deliveries and clients get their turns in between. */
const CHUNK_CHARS = 256 * 1024

/** The answer as JSON, in pieces. What it says is decided when this is called, whenever the pieces are read. */
export function writeBoard(facts: BoardFacts): Iterable<string> {
  const { now, epoch, nowMs } = facts
  const { events: _, ...head } = {
    epoch,
    position: now.position,
    now: formatInstant(nowMs),
    timeZone: now.timeZone,
    events: [],
    today: describeToday(facts),
    ...describeDirectory(facts),
  } satisfies BoardAnswer
  return writePieces(JSON.stringify(head).slice(0, -1), listEvents(facts))
}

function* writePieces(head: string, events: readonly string[]): Iterable<string> {
  let piece = `${head},"events":[`
  for (const [index, event] of events.entries()) {
    piece += index === 0 ? event : `,${event}`
    if (piece.length < CHUNK_CHARS) continue
    yield piece
    piece = ''
  }
  yield `${piece}]}`
}

/** The events of the sessions that the view shows, each session's by position. */
function listEvents({ now, view }: BoardFacts): readonly string[] {
  const wanted = ownersWanted(view)
  const json: string[] = []
  for (const session of now.events.sessions()) {
    if (wanted !== undefined && !hasAnyOf(session, wanted)) continue
    for (const event of session.events)
      if (event.guarded === undefined || mayHear(event.guarded, view)) json.push(event.json)
  }
  return json
}

function hasAnyOf({ memberIds }: SessionEvents, wanted: ReadonlySet<string>): boolean {
  for (const id of memberIds) if (wanted.has(id)) return true
  return false
}

function describeToday({ now, directory, user }: BoardFacts): BoardAnswer['today'] {
  const { account, sinceMs } = now
  const { watches } = user
  const extensionIds = account.listExtensions().filter((id) => watchesExtension(watches, id) && isPerson(directory, id))
  const queueIds = account.listQueues().filter((id) => watchesQueue(watches, id))
  return {
    since: formatInstant(sinceMs),
    extensions: Object.fromEntries(extensionIds.map((id) => [id, tellExtension(account.extension(id))])),
    queues: Object.fromEntries(queueIds.map((id) => [id, tellQueue(account.queue(id).today)])),
  }
}

/**
 * Those who are watched, and the members of the queues that are. Queues and menus are named to everybody: calls go through them, and
 * they are nobody's.
 */
function describeDirectory({ directory, user }: BoardFacts): Pick<BoardAnswer, 'people' | 'queues'> {
  const { watches } = user
  const queues = [...directory.queues].filter(([id]) => watchesQueue(watches, id))
  const members = new Set(queues.flatMap(([, queue]) => queue.members))
  const people = [...directory.people].filter(
    ([id]) => !isPerson(directory, id) || watchesExtension(watches, id) || members.has(id),
  )
  return { people: Object.fromEntries(people), queues: Object.fromEntries(queues) }
}

/** Whoever is not known may be somebody. */
function isPerson(directory: Directory, extensionId: string): boolean {
  const kind = selectExtensionKind(directory, extensionId)
  return kind === undefined || kind === 'person'
}
