import { selectActionKinds } from '../../../shared/call/action-kinds.ts'
import type { CallAction, OfferedActions } from '../../lib/contract/call-actions.ts'
import type { RelayClient } from '../../lib/relay/relay-client.ts'
import type { CallRow } from '../../lib/store/schema.ts'
import { type AskedActionsOptions, createAskedActions } from './asked-actions.ts'
import { callOut } from './call-out.ts'
import { writeControlRequest } from './control-request.ts'
import type { Devices } from './devices.ts'
import { effectFacts } from './effect-facts.ts'
import type { Rights } from './rights.ts'
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
  refresh(rows: readonly CallRow[]): void
  /** Asks for what these calls will want to be offered. Behind the drawing: a card does not wait for it. */
  prepare(rows: readonly CallRow[]): void
  close(): void
}

export interface ActionsOptions extends AskedActionsOptions {
  readonly client: RelayClient
  readonly devices: Devices
  readonly rights: Rights
  readonly extensionId: string
  /** Country (ISO 3166) whose number format the user types. */
  readonly country: string
  /** Whether the user has switched calling out on. */
  readonly canDial: () => boolean
}

export function createActions(options: ActionsOptions): Actions {
  const { client, devices, rights, extensionId, country } = options
  const requests = createAskedActions(options)

  function offeredKinds(row: CallRow): OfferedActions['kinds'] {
    const facts = {
      direction: row.direction,
      isQueueCall: row.queueName !== undefined,
      ...effectFacts(row),
      hasPhone: devices.ready().length > 0,
    }
    return selectActionKinds(facts).filter((kind) => !rights.isDenied(kind))
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
      const kinds = offeredKinds(row)
      return {
        kinds,
        ...requests.of(row.telephonySessionId),
        devices: kinds.includes('answer') || kinds.includes('pickUp') ? devices.ready() : [],
        canCallBack: canCallBack(row),
      }
    },
    act: async (row, action) => {
      const { kind } = action
      if (!offeredKinds(row).includes(kind)) return
      const facts = { extensionId, country, deviceId: devices.ready()[0]?.id }
      const request = writeControlRequest(row, action, facts)
      if (request === undefined) {
        requests.refuse(row, kind, { code: 'no_target' })
        return
      }
      const asked = requests.begin(row, kind)
      if (asked === undefined) return
      const { refusal } = await client.send(request)
      requests.end(row, kind, asked, refusal)
    },
    callBack: async (row) => {
      const target = readTarget(row.phoneNumber ?? '', country)
      if (!canCallBack(row) || target === undefined) return
      const asked = requests.begin(row, 'callBack')
      if (asked === undefined) return
      const placed = await callOut(target, { client, devices })
      if (placed.refusal === undefined && placed.telephonySessionId !== undefined) {
        asked.placedId = placed.telephonySessionId
      }
      requests.end(row, 'callBack', asked, placed.refusal)
    },
    refresh: requests.refresh,
    prepare: (now) => {
      if (now.some(({ phase }) => phase === 'ringing' || phase === 'parked')) void devices.refresh()
    },
    close: requests.close,
  }
}
