import { selectActionKinds } from '../../../shared/call/action-kinds.ts'
import type { CallAction, OfferedActions } from '../../lib/contract/call-actions.ts'
import type { Refusal, RelayClient } from '../../lib/relay/relay-client.ts'
import type { CallRow } from '../../lib/store/schema.ts'
import { createAskFirst } from './ask-first.ts'
import { type AskedActionsOptions, createAskedActions } from './asked-actions.ts'
import { callOut } from './call-out.ts'
import { listUndecided } from './call-outs.ts'
import { type DirectAction, writeControlRequest } from './control-request.ts'
import type { Devices } from './devices.ts'
import { effectFacts } from './effect-facts.ts'
import { createQuestions } from './questions.ts'
import type { Rights } from './rights.ts'
import { createTakenOn } from './taken-on.ts'
import { readTarget } from './target.ts'

/**
 * What a person asks of their calls. An answer of the relay says only that RingCentral took it; it is done when an event shows
 * it, and pending until then. Nothing is ever asked twice by itself: a request without an answer may have been carried out.
 */
export interface Actions {
  /** What there is to do with a call as it is now. */
  offered(row: CallRow): OfferedActions
  /** The caller whom the user asks somebody about in this call; `undefined`: it is no question. */
  callerOf(row: CallRow): CallRow | undefined
  /** Asks for it, once; what its state or rights do not offer is not asked. */
  act(row: CallRow, action: CallAction): Promise<void>
  /**
   * Calls the other side of a call that is over, once it is known which of the user's phones is to ring: `deviceId` is the one that
   * they chose, now and for the next time.
   */
  callBack(row: CallRow, deviceId?: string): Promise<void>
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
  /** The phone that rings first when the user calls somebody; `undefined` until they have chosen one. */
  readonly chosenPhone: () => string | undefined
  readonly choosePhone: (deviceId: string) => void
}

/** Why a request was refused; `undefined`: it was not. */
type Refused = Refusal | undefined

export function createActions(options: ActionsOptions): Actions {
  const { client, devices, rights, extensionId, country, chosenPhone, choosePhone } = options
  const requests = createAskedActions(options)
  const questions = createQuestions(country)
  const takenOn = createTakenOn()
  let rows: readonly CallRow[] = []
  function offeredKinds(row: CallRow): OfferedActions['kinds'] {
    const facts = {
      direction: row.direction,
      isQueueCall: row.queueName !== undefined,
      ...effectFacts(row),
      hasPhone: devices.ready().length > 0,
      isQuestion: callerOf(row) !== undefined,
    }
    return selectActionKinds(facts).filter((kind) => !rights.isDenied(kind))
  }

  const callerOf = (row: CallRow) => questions.callerOf(row, rows)

  /** The other call that the user talks on, where it can be put on hold. */
  function findTalking({ telephonySessionId }: CallRow): CallRow | undefined {
    const talking = rows.find((one) => one.phase === 'talking' && one.telephonySessionId !== telephonySessionId)
    return talking !== undefined && offeredKinds(talking).includes('hold') ? talking : undefined
  }

  /** One request for one click, after what has to be done `before`. Returns why it was refused. */
  async function ask(row: CallRow, action: DirectAction, before?: () => Promise<Refused>): Promise<Refused> {
    const { kind } = action
    const facts = { extensionId, country, deviceId: devices.ready()[0]?.id, caller: callerOf(row) }
    const request = writeControlRequest(row, action, facts)
    if (request === undefined) {
      requests.refuse(row, kind, { code: 'no_target' })
      return undefined
    }
    const asked = requests.begin(row, kind)
    if (asked === undefined) return undefined
    const refusal = (before && (await before())) ?? (await client.send(request)).refusal
    requests.end(row, kind, asked, refusal)
    if (refusal === undefined) takenOn.note(row, action)
    return refusal
  }

  /** Returns why a call was not put on hold that still goes on. */
  async function holdTalking(row: CallRow): Promise<Refused> {
    const talking = findTalking(row)
    if (talking === undefined) return undefined
    const refusal = await ask(talking, { kind: 'hold' })
    // It may be over, or have been put on hold at the phone, since it was last heard of.
    return findTalking(row) === undefined ? undefined : refusal
  }

  const askFirst = createAskFirst({
    client,
    devices,
    country,
    requests,
    questions,
    takenOn,
    choosePhone,
    callerOf,
    find: (id) => rows.find(({ telephonySessionId }) => telephonySessionId === id),
    send: (row, action) => ask(row, action),
  })

  function canCallBack({ phase, phoneNumber }: CallRow): boolean {
    return phase === 'ended' && !rights.isDenied('callBack') && readTarget(phoneNumber ?? '', country) !== undefined
  }

  /** Of which the user has to choose one before they call somebody. */
  const undecidedPhones = () => listUndecided(devices.ready(), chosenPhone())

  return {
    offered: (row) => {
      const kinds = offeredKinds(row)
      const mayCall = canCallBack(row) || (kinds.includes('askFirst') && takenOn.of(row) === undefined)
      return {
        kinds,
        ...requests.of(row.telephonySessionId),
        devices: kinds.includes('answer') || kinds.includes('pickUp') ? devices.ready() : [],
        isHoldingFirst: kinds.includes('answer') && findTalking(row) !== undefined,
        canCallBack: canCallBack(row),
        undecidedPhones: mayCall ? undecidedPhones() : [],
      }
    },
    callerOf,
    act: async (row, action) => {
      if (!offeredKinds(row).includes(action.kind)) return
      if (action.kind === 'askFirst') return askFirst.ask(row, action)
      if (action.kind === 'returnToCaller') return askFirst.returnToCaller(row)
      const isHoldingFirst = (action.kind === 'answer' && action.isHoldingFirst === true) || action.kind === 'resume'
      await ask(row, action, isHoldingFirst ? () => holdTalking(row) : undefined)
    },
    callBack: async (row, deviceId) => {
      const target = readTarget(row.phoneNumber ?? '', country)
      if (!canCallBack(row) || target === undefined) return
      if (deviceId !== undefined) choosePhone(deviceId)
      // The card asks.
      if (undecidedPhones().length > 0) return
      const asked = requests.begin(row, 'callBack')
      if (asked === undefined) return
      const placed = await callOut(target, { client, devices })
      if (placed.refusal === undefined && placed.telephonySessionId !== undefined) {
        asked.placedId = placed.telephonySessionId
      }
      requests.end(row, 'callBack', asked, placed.refusal)
    },
    refresh: (now) => {
      rows = now
      takenOn.keep(now)
      questions.keep(now)
      requests.refresh(now)
    },
    prepare: (now) => {
      // Those of one who talks are asked for by the time that they ask somebody about the call.
      const isWanted = (row: CallRow) => WITH_A_PHONE.has(row.phase) || canCallBack(row)
      if (now.some(isWanted)) void devices.refresh()
    },
    close: requests.close,
  }
}

/** What there is to do with such a call may need to know the user's phones. */
const WITH_A_PHONE: ReadonlySet<CallRow['phase']> = new Set(['ringing', 'parked', 'talking', 'onHold'])
