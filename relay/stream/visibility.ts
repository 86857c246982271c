import type { EventLog, LoggedEvent } from '../log/event-log.ts'
import type { View } from '../people/view.ts'
import { eventJson, ownPartiesJson } from '../wire/event-json.ts'

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
  switch (view.kind) {
    case 'account':
      return [eventJson(event)]
    case 'own': {
      const own = (await isTheirs(event, view.extensionId, log)) ? ownPartiesJson(event, view.extensionId) : undefined
      return own === undefined ? [] : [own]
    }
    case 'session': {
      const firstOwn = firstOwnPosition(await log.readSessionIndex(event.telephonySessionId), view.extensionId)
      if (firstOwn === undefined || firstOwn > event.position) return []
      if (firstOwn < event.position) return [eventJson(event)]
      const earlier = await log.readSession(event.telephonySessionId, event.position)
      return [...earlier, event].map(eventJson)
    }
  }
}

/** A status is about all who were in the session by then: that it is over names nobody. */
async function isTheirs(event: LoggedEvent, extensionId: string, log: SessionReader): Promise<boolean> {
  if (event.extensionIds.includes(extensionId)) return true
  if (event.kind !== 'status') return false
  const firstOwn = firstOwnPosition(await log.readSessionIndex(event.telephonySessionId), extensionId)
  return firstOwn !== undefined && firstOwn < event.position
}

function firstOwnPosition(
  index: readonly { readonly position: number; readonly extensionIds: readonly string[] }[],
  extensionId: string,
): number | undefined {
  return index.find(({ extensionIds }) => extensionIds.includes(extensionId))?.position
}
