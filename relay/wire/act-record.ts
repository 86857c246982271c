import type { ActNotice, ActRecord } from '../../shared/protocol/act.ts'
import { addressee, findAddressee } from '../log/addressee.ts'
import type { LoggedEvent, NewEvent } from '../log/event-log.ts'

export interface ActEventOptions {
  /** ms since the epoch, the relay's clock. */
  readonly receivedAtMs: number
  /** True for the first record of an act: whoever appends another first record of it is told that it is none. */
  readonly isFirst: boolean
  /** Extension id of whom a rule sent the call to, or whom it alerts; `undefined`: nobody but who watches the call is told. */
  readonly toldTo?: string | undefined
}

/** The record for the log. It makes no one a member of the session. */
export function actEvent(record: ActRecord, { receivedAtMs, isFirst, toldTo }: ActEventOptions): NewEvent {
  return {
    uuid: isFirst ? record.actId : undefined,
    kind: 'act',
    telephonySessionId: record.telephonySessionId,
    extensionIds: toldTo === undefined ? [] : [...new Set([toldTo, ...listLosers(record)])].map(addressee),
    receivedAtMs,
    text: JSON.stringify(record),
  }
}

/** Who had the call that was sent to somebody else: they are told of it as well, after whom it was sent to. */
function listLosers({ step, act, from }: ActRecord): readonly string[] {
  return from !== undefined && step === 'answered' && (act === 'forward' || act === 'transfer') ? [from] : []
}

/** `undefined` for an event of another kind. */
export function decodeAct({ kind, text }: Pick<LoggedEvent, 'kind' | 'text'>): ActRecord | undefined {
  // The relay wrote it, and the log vouches for every byte.
  return kind === 'act' ? (JSON.parse(text) as ActRecord) : undefined
}

/** What clients are told of it; `undefined` where that is nothing, as of all that a person did. */
export function readNotice(event: Pick<LoggedEvent, 'kind' | 'text' | 'extensionIds'>): ActNotice | undefined {
  const record = decodeAct(event)
  if (record?.step !== 'answered' || record.outcome !== 'done' || !('rule' in record.by)) return undefined
  const { telephonySessionId, act, caller, from, text = '' } = record
  const { rule } = record.by
  const to = findAddressee(event)
  switch (act) {
    case 'forward':
    case 'transfer':
      if (to === undefined) return undefined
      return { telephonySessionId, kind: 'sent', rule, to, ...(from !== undefined && { from }) }
    case 'alert':
      return {
        telephonySessionId,
        kind: 'alert',
        rule,
        to: to ?? 'watchers',
        text,
        ...(caller !== undefined && { caller }),
      }
    default:
      return undefined
  }
}
