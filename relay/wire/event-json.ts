import { decodeNotification } from '../../shared/protocol/notification.ts'
import { decodeParty } from '../../shared/protocol/party.ts'
import { formatInstant } from '../../shared/time.ts'
import { rewriteJson } from '../json.ts'
import type { LoggedEvent } from '../log/event-log.ts'
import { readNotice } from './act-record.ts'
import { keepKnownFields, keepStatusParties } from './status-record.ts'

const serialised = new WeakMap<LoggedEvent, string>()

/** The event as its JSON on the wire, made once however many see it; what was received is passed on as it came. */
export function eventJson(event: LoggedEvent): string {
  const known = serialised.get(event)
  if (known !== undefined) return known
  const json = wireEvent(event, contentOf(event))
  serialised.set(event, json)
  return json
}

function contentOf(event: LoggedEvent): string {
  switch (event.kind) {
    case 'status':
      // An older log may hold more of it than is passed on.
      return rewriteJson(event.text, keepKnownFields)
    case 'act':
      return JSON.stringify(readNotice(event))
    default:
      return event.text
  }
}

/** The same with only the parties that `extensionId` owns; `undefined` for a notification that has none. */
export function ownPartiesJson(event: LoggedEvent, extensionId: string): string | undefined {
  let hasOwn = true
  const text = rewriteJson(event.text, (content) => {
    if (event.kind === 'status') return keepStatusParties(keepKnownFields(content), extensionId)
    const kept = keepParties(content, extensionId)
    hasOwn = kept !== undefined
    return kept ?? null
  })
  return hasOwn ? wireEvent(event, text) : undefined
}

/** The frame that brings events, `head` being the position up to which the receiver now has everything of theirs. */
export function eventsFrame(events: readonly string[], head: number): string {
  return `{"type":"events","events":[${events.join(',')}],"head":${head}}`
}

function wireEvent({ position, receivedAtMs, kind }: LoggedEvent, content: string): string {
  return `{"position":${position},"receivedAt":"${formatInstant(receivedAtMs)}","${kind ?? 'notification'}":${content}}`
}

function keepParties(notification: unknown, extensionId: string): object | undefined {
  if (decodeNotification(notification).kind !== 'telephony' || !hasParties(notification)) return undefined
  const isOwn = (party: unknown): boolean => {
    const decoded = decodeParty(party, '')
    return !('fault' in decoded) && decoded.extensionId === extensionId
  }
  const kept = notification.body.parties.filter(isOwn)
  if (kept.length === 0) return undefined
  return { ...notification, body: { ...notification.body, parties: kept } }
}

function hasParties(value: unknown): value is { body: { parties: unknown[] } } {
  const body = typeof value === 'object' && value !== null && 'body' in value ? value.body : undefined
  return typeof body === 'object' && body !== null && 'parties' in body && Array.isArray(body.parties)
}
