import type { NewEvent } from '../../../relay/log/event-log.ts'
import { notification } from './notification.ts'

/** An event for the log: session, owners and text agree with each other. */
export function newEvent(
  telephonySessionId: string,
  sequence: number,
  owners: readonly (string | undefined)[],
  receivedAtMs = 1000,
): NewEvent {
  const content = notification({ telephonySessionId, sequence, owners })
  return {
    uuid: content.uuid,
    telephonySessionId,
    extensionIds: [...new Set(owners.filter((owner) => owner !== undefined))],
    receivedAtMs,
    text: JSON.stringify(content),
  }
}
