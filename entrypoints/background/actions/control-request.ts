import { unreachable } from '../../../shared/assert.ts'
import type { HandBody } from '../../../shared/protocol/http/desk.ts'
import type { PartyBody, PartyOperation } from '../../../shared/protocol/http/party-operations.ts'
import { fillRoute, ROUTES } from '../../../shared/protocol/http/routes.ts'
import type { CallAction } from '../../lib/contract/call-actions.ts'
import type { RelayRequest } from '../../lib/relay/relay-client.ts'
import type { CallRow } from '../../lib/store/schema.ts'
import { readTarget } from './target.ts'

export interface ControlFacts {
  /** RingCentral's id of the person's extension: the owner of the mailbox that a caller is sent to. */
  readonly extensionId: string
  /** Country (ISO 3166) whose number format the user types. */
  readonly country: string
  /** The person's phone to name where RingCentral wants one; `undefined` when none is at hand. */
  readonly deviceId: string | undefined
  /** The caller whom the person asks about in this call; `undefined`: it is no question. */
  readonly caller?: ControlledCall | undefined
}

/** What names the person's part in a call. */
export type ControlledCall = Pick<CallRow, 'telephonySessionId' | 'currentSessionId' | 'partyId'>

/** What is asked for in one request; a question is not. */
export type DirectAction = Exclude<CallAction, { readonly kind: 'askFirst' }>

/** `body` is left out where an operation wants none. */
type Post = <Name extends PartyOperation>(operation: Name, body?: PartyBody<Name>) => RelayRequest

/** What the relay is asked for an action; `undefined` when it names nobody that a call could be given to. */
export function writeControlRequest(
  row: ControlledCall & Pick<CallRow, 'queueName' | 'recordings'>,
  action: DirectAction,
  facts: ControlFacts,
): RelayRequest | undefined {
  const { telephonySessionId, partyId } = nameParty(row)
  const party = fillRoute(ROUTES.party, { telephonySessionId, partyId })
  const post: Post = (operation, body) => ({
    method: 'POST',
    path: `${party}/${operation}`,
    ...(body !== undefined && { body }),
  })
  switch (action.kind) {
    case 'answer':
      return post('answer', { deviceId: action.deviceId })
    case 'decline':
      return decline(post, row, facts)
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
    case 'raiseHand':
    case 'lowerHand':
      return {
        method: 'POST',
        path: fillRoute(ROUTES.hand, { telephonySessionId }),
        body: { raised: action.kind === 'raiseHand' } satisfies HandBody,
      }
    case 'connect':
      return facts.caller && joinWith(facts.caller, row)
    case 'returnToCaller':
    case 'hangUp':
      return { method: 'DELETE', path: party }
    default:
      return unreachable(action)
  }
}

function nameParty({ telephonySessionId, currentSessionId, partyId }: ControlledCall): PartyBody<'bridge'> {
  return { telephonySessionId: currentSessionId ?? telephonySessionId, partyId }
}

/** The caller's call is given to who was asked in the other. */
function joinWith(caller: ControlledCall, question: ControlledCall): RelayRequest {
  return {
    method: 'POST',
    path: `${fillRoute(ROUTES.party, nameParty(caller))}/bridge`,
    body: nameParty(question) satisfies PartyBody<'bridge'>,
  }
}

/** A queue is told to go on to its next agent, for which RingCentral wants to know the phone; any other caller is rejected. */
function decline(post: Post, { queueName }: Pick<CallRow, 'queueName'>, { deviceId }: ControlFacts): RelayRequest {
  return queueName !== undefined && deviceId !== undefined ? post('ignore', { deviceId }) : post('reject')
}
