import { unreachable } from '../../shared/assert.ts'
import type { EventLog, LoggedEvent } from '../log/event-log.ts'
import type { View } from '../people/view.ts'
import { decodeDesk } from '../wire/desk-record.ts'
import { eventJson, ownPartiesJson } from '../wire/event-json.ts'
import { mayHear } from './may-hear.ts'

/** What the visibility of an event depends on. */
export type SessionReader = Pick<EventLog, 'readSessionIndex' | 'readSession'>

/** Reads each session's index once. For events that are durable by now: those that follow are not in it. */
export function rememberIndexes(log: SessionReader): SessionReader {
  const indexes = new Map<string, ReturnType<SessionReader['readSessionIndex']>>()
  return {
    readSessionIndex(telephonySessionId) {
      const index = indexes.get(telephonySessionId) ?? log.readSessionIndex(telephonySessionId)
      indexes.set(telephonySessionId, index)
      return index
    },
    readSession: (telephonySessionId, beforePosition) => log.readSession(telephonySessionId, beforePosition),
  }
}

/**
 * What an event brings to a view, as the JSON of wire events in order of position: nothing, the event, or the session's
 * earlier events and then it.
 */
export async function revealTo(view: View, event: LoggedEvent, log: SessionReader): Promise<readonly string[]> {
  if (!mayHear(event, view)) return []
  if (isNotice(event, view)) return [eventJson(event)]
  switch (view.kind) {
    case 'account':
      return [eventJson(event)]
    case 'own': {
      const own = (await isTheirs(event, view.extensionId, log)) ? ownJson(event, view.extensionId) : undefined
      return own === undefined ? [] : [own]
    }
    case 'session':
    case 'watched': {
      const index = await log.readSessionIndex(event.telephonySessionId)
      const wanted = view.kind === 'watched' ? view.watched : view.extensionId
      const firstOwn = firstOwnPosition(index, wanted)
      if (firstOwn === undefined || firstOwn > event.position) return []
      if (firstOwn < event.position) return [eventJson(event)]
      const earlier = await log.readSession(event.telephonySessionId, event.position)
      const untold = earlier.filter((one) => mayHear(one, view) && !isNotice(one, view))
      return [...untold, event].map(eventJson)
    }
    default:
      return unreachable(view)
  }
}

/** A rule's notice to the person whose view it is: it is told as it comes, whoever has a part in the session. */
function isNotice({ kind }: LoggedEvent, view: View): boolean {
  return kind === 'act' && (view.kind === 'own' || view.kind === 'session')
}

/**
 * A status is about all who were in the session by then: that it is over names nobody. A hand is that of one of the others, who
 * are cut out; what is whispered to somebody is theirs.
 */
async function isTheirs(event: LoggedEvent, extensionId: string, log: SessionReader): Promise<boolean> {
  if (event.extensionIds.includes(extensionId)) return true
  const desk = decodeDesk(event)
  if (desk !== undefined) return desk.kind === 'whisper' || desk.from === extensionId
  if (event.kind !== 'status') return false
  const firstOwn = firstOwnPosition(await log.readSessionIndex(event.telephonySessionId), extensionId)
  return firstOwn !== undefined && firstOwn < event.position
}

function ownJson(event: LoggedEvent, extensionId: string): string | undefined {
  return event.kind === 'desk' ? eventJson(event) : ownPartiesJson(event, extensionId)
}

/** Where the first of these has a party. */
function firstOwnPosition(
  index: readonly { readonly position: number; readonly extensionIds: readonly string[] }[],
  wanted: string | ReadonlySet<string>,
): number | undefined {
  const isWanted = (id: string) => (typeof wanted === 'string' ? id === wanted : wanted.has(id))
  return index.find(({ extensionIds }) => extensionIds.some(isWanted))?.position
}
