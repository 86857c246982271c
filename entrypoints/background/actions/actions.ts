import { isEffective, selectPermits } from '../../../shared/call/permits.ts'
import type { Phase } from '../../../shared/call/view.ts'
import { SECOND_MS } from '../../../shared/time.ts'
import type { CallAction, OfferedActions } from '../../lib/contract/call-actions.ts'
import type { CallRow } from '../../lib/store/schema.ts'
import { callOut } from './call-out.ts'
import { writeControlRequest } from './control-request.ts'
import type { Devices } from './devices.ts'
import type { Refusal, RelayClient } from './relay-client.ts'
import type { AskedKind, Rights } from './rights.ts'
import { readTarget } from './target.ts'

/**
 * What a person asks of their calls. An answer of the relay says only that RingCentral took it; it is done when an event shows
 * it, and pending until then. Nothing is ever asked twice by itself: a request without an answer may have been carried out.
 */
export interface Actions {
  /** What there is to do with a call as it is now. */
  offered(row: CallRow): OfferedActions
  /** Asks for it, once; what its state or rights do not offer is not asked. */
  act(row: CallRow, action: CallAction): Promise<void>
  /** Calls the other side of a call that is over. */
  callBack(row: CallRow): Promise<void>
  /** Looks at the calls that there are now: what was waited for may have happened. */
  follow(rows: readonly CallRow[]): void
  /** Asks for what these calls will want to be offered. Behind the drawing: a card does not wait for it. */
  prepare(rows: readonly CallRow[]): void
  close(): void
}

export interface ActionsOptions {
  readonly client: RelayClient
  readonly devices: Devices
  readonly rights: Rights
  readonly extensionId: string
  /** In which the person writes numbers, ISO 3166. */
  readonly country: string
  /** Whether the person has switched calling out on. */
  readonly canDial: () => boolean
  /** A refusal as a sentence. */
  readonly describe: (refusal: Refusal) => string
  /** The cards are to be drawn again. */
  readonly onChange: () => void
  readonly after: (delayMs: number, task: () => void) => () => void
}

/** So long after RingCentral has taken a request its event should be here; they come within a second. */
export const CONFIRM_MS = 10 * SECOND_MS

/** One request that was made and is not over. */
interface Asked {
  /** The call that a call back has become, once that is known. */
  placedId?: string
  cancel: () => void
}

/** A sentence about a request; it goes when the call has gone on. */
interface Told {
  readonly kind: AskedKind
  readonly sentence: string
  readonly phase: Phase
}

interface Entry {
  readonly asked: Map<AskedKind, Asked>
  told: Told | undefined
}

export function createActions(options: ActionsOptions): Actions {
  const { client, devices, rights, extensionId, country, describe, onChange, after } = options
  const entries = new Map<string, Entry>()
  let rows: ReadonlyMap<string, CallRow> = new Map()

  function entryOf(id: string): Entry {
    const entry = entries.get(id) ?? { asked: new Map(), told: undefined }
    entries.set(id, entry)
    return entry
  }

  function tell(row: CallRow, kind: AskedKind, refusal: Refusal): void {
    rights.learn(kind, refusal.code)
    const { phase } = rows.get(row.telephonySessionId) ?? row
    entryOf(row.telephonySessionId).told = { kind, phase, sentence: describe(refusal) }
    onChange()
  }

  /** Notes a request, unless one of its kind is under way. */
  function begin(row: CallRow, kind: AskedKind): Asked | undefined {
    const entry = entryOf(row.telephonySessionId)
    if (entry.asked.has(kind)) return undefined
    const asked: Asked = { cancel: () => {} }
    entry.asked.set(kind, asked)
    entry.told = undefined
    onChange()
    return asked
  }

  /** What came of a request, unless an event was faster. */
  function end(row: CallRow, kind: AskedKind, asked: Asked, refusal: Refusal | undefined): void {
    const entry = entries.get(row.telephonySessionId)
    if (entry?.asked.get(kind) !== asked) return
    if (refusal !== undefined) {
      entry.asked.delete(kind)
      tell(row, kind, refusal)
      return
    }
    asked.cancel = after(CONFIRM_MS, () => {
      entry.asked.delete(kind)
      tell(row, kind, { code: 'unconfirmed' })
    })
    look()
  }

  /** Forgets what has happened, and with a call all that was asked of it. */
  function look(): void {
    for (const [id, entry] of entries) {
      const row = rows.get(id)
      for (const [kind, asked] of entry.asked) {
        if (row !== undefined && !isDone(row, kind, asked)) continue
        asked.cancel()
        entry.asked.delete(kind)
      }
      if (row === undefined || (entry.told !== undefined && isOutdated(row, entry.told))) entry.told = undefined
      if (entry.asked.size === 0 && entry.told === undefined) entries.delete(id)
    }
  }

  function isDone(row: CallRow, kind: AskedKind, { placedId }: Asked): boolean {
    if (kind === 'callBack') return placedId !== undefined && rows.has(placedId)
    return isEffective(kind, { ...row, isRecording: isRecording(row) })
  }

  function isOutdated(row: CallRow, { kind, phase }: Told): boolean {
    return row.phase !== phase || (kind !== 'callBack' && isEffective(kind, { ...row, isRecording: isRecording(row) }))
  }

  function permits(row: CallRow): OfferedActions['kinds'] {
    const facts = {
      direction: row.direction,
      phase: row.phase,
      isQueueCall: row.queueName !== undefined,
      isMuted: row.isMuted,
      isRecording: isRecording(row),
      hasPhone: devices.ready().length > 0,
    }
    return selectPermits(facts).filter((kind) => !rights.isDenied(kind))
  }

  function canCallBack({ phase, phoneNumber }: CallRow): boolean {
    return (
      phase === 'ended' &&
      options.canDial() &&
      !rights.isDenied('callBack') &&
      readTarget(phoneNumber ?? '', country) !== undefined
    )
  }

  return {
    offered: (row) => {
      const entry = entries.get(row.telephonySessionId)
      const kinds = permits(row)
      return {
        kinds,
        pending: [...(entry?.asked.keys() ?? [])],
        refusal: entry?.told?.sentence,
        devices: kinds.includes('answer') || kinds.includes('pickUp') ? devices.ready() : [],
        canCallBack: canCallBack(row),
      }
    },
    act: async (row, action) => {
      const { kind } = action
      if (!permits(row).includes(kind)) return
      const facts = { extensionId, country, deviceId: devices.ready()[0]?.id }
      const request = writeControlRequest(row, action, facts)
      if (request === undefined) {
        tell(row, kind, { code: 'no_target' })
        return
      }
      const asked = begin(row, kind)
      if (asked === undefined) return
      const { refusal } = await client.send(request)
      end(row, kind, asked, refusal)
    },
    callBack: async (row) => {
      const target = readTarget(row.phoneNumber ?? '', country)
      if (!canCallBack(row) || target === undefined) return
      const asked = begin(row, 'callBack')
      if (asked === undefined) return
      const placed = await callOut(target, { client, devices })
      if (placed.refusal === undefined && placed.telephonySessionId !== undefined) {
        asked.placedId = placed.telephonySessionId
      }
      end(row, 'callBack', asked, placed.refusal)
    },
    follow: (now) => {
      rows = new Map(now.map((row) => [row.telephonySessionId, row]))
      look()
    },
    prepare: (now) => {
      if (now.some(({ phase }) => phase === 'ringing' || phase === 'parked')) void devices.refresh()
    },
    close: () => {
      for (const { asked } of entries.values()) for (const { cancel } of asked.values()) cancel()
      entries.clear()
    },
  }
}

function isRecording({ recordings }: CallRow): boolean {
  return recordings.some(({ active }) => active)
}
