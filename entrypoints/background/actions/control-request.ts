import type { CallAction } from '../../lib/card-facts/actions.ts'
import type { CallRow } from '../../lib/store/schema.ts'
import type { RelayRequest } from './relay-client.ts'
import { readTarget } from './target.ts'

export interface ControlFacts {
  /** RingCentral's id of the person's extension: the owner of the mailbox that a caller is sent to. */
  readonly extensionId: string
  /** In which the person writes numbers, ISO 3166. */
  readonly country: string
  /** The person's phone to name where RingCentral wants one; `undefined` when none is at hand. */
  readonly deviceId: string | undefined
}

/** What the relay is asked for an action; `undefined` when it names nobody that a call could be given to. */
export function writeControlRequest(
  row: Pick<CallRow, 'telephonySessionId' | 'partyId' | 'queueName' | 'recordings'>,
  action: CallAction,
  facts: ControlFacts,
): RelayRequest | undefined {
  const ids = [row.telephonySessionId, row.partyId].map(encodeURIComponent)
  const party = `/v1/sessions/${ids[0]}/parties/${ids[1]}`
  const post = (operation: string, body?: RelayRequest['body']): RelayRequest => ({
    method: 'POST',
    path: `${party}/${operation}`,
    ...(body && { body }),
  })
  switch (action.kind) {
    case 'answer':
      return post('answer', { deviceId: action.deviceId })
    case 'decline':
      return leavesToQueue(row, facts) ? post('ignore', { deviceId: facts.deviceId }) : post('reject')
    case 'voicemail':
      return post('forward', { voicemail: facts.extensionId })
    case 'forward':
    case 'transfer': {
      const target = readTarget(action.to, facts.country)
      return target && post(action.kind, { ...target })
    }
    case 'hold':
    case 'park':
      return post(action.kind)
    case 'resume':
      return post('unhold')
    case 'mute':
    case 'unmute':
      return post('mute', { muted: action.kind === 'mute' })
    case 'record': {
      const paused = row.recordings.findLast(({ active }) => !active)
      return post('record', paused && { recordingId: paused.id, active: true })
    }
    case 'pauseRecording': {
      const running = row.recordings.findLast(({ active }) => active)
      return running && post('record', { recordingId: running.id, active: false })
    }
    case 'pickUp':
      return post('pickup', { deviceId: action.deviceId })
    case 'hangUp':
      return { method: 'DELETE', path: party }
  }
}

/** Whether a queue is told that it may go on to the next agent; for that it wants to know the phone. */
function leavesToQueue({ queueName }: Pick<CallRow, 'queueName'>, { deviceId }: ControlFacts): boolean {
  return queueName !== undefined && deviceId !== undefined
}
