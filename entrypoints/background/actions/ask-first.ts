import type { CallAction } from '../../lib/contract/call-actions.ts'
import type { Refusal, RelayClient } from '../../lib/relay/relay-client.ts'
import type { CallRow } from '../../lib/store/schema.ts'
import type { AskedActions } from './asked-actions.ts'
import { callOut } from './call-out.ts'
import type { DirectAction } from './control-request.ts'
import type { Devices } from './devices.ts'
import type { Questions } from './questions.ts'
import type { TakenOn } from './taken-on.ts'
import { readTarget } from './target.ts'

/** How a call is asked about before it is given away, from the caller's hold to their return. */
export interface AskFirst {
  /** Puts the caller on hold and calls whom `to` names, from the phone that has the call, or else the one that the user chose. */
  ask(row: CallRow, action: Extract<CallAction, { readonly kind: 'askFirst' }>): Promise<void>
  /** Ends the question, and takes the caller off hold. */
  returnToCaller(question: CallRow): Promise<void>
}

export interface AskFirstOptions {
  readonly client: RelayClient
  readonly devices: Devices
  /** Country (ISO 3166) whose number format the user types. */
  readonly country: string
  readonly requests: Pick<AskedActions, 'begin' | 'end' | 'refuse'>
  readonly questions: Pick<Questions, 'note'>
  readonly takenOn: Pick<TakenOn, 'of'>
  readonly choosePhone: (deviceId: string) => void
  readonly callerOf: (question: CallRow) => CallRow | undefined
  /** A call as it is by now. */
  readonly find: (telephonySessionId: string) => CallRow | undefined
  /** One request; returns why it was refused. */
  readonly send: (row: CallRow, action: DirectAction) => Promise<Refusal | undefined>
}

export function createAskFirst(options: AskFirstOptions): AskFirst {
  const { client, devices, country, requests, questions, takenOn, choosePhone, callerOf, find, send } = options

  /** Returns why a call could not be put on hold that is still talked on. */
  async function hold({ telephonySessionId: id }: CallRow): Promise<Refusal | undefined> {
    const row = find(id)
    if (row?.phase !== 'talking') return undefined
    const refusal = await send(row, { kind: 'hold' })
    return find(id)?.phase === 'talking' ? refusal : undefined
  }

  return {
    async ask(row, { to, deviceId }) {
      if (deviceId !== undefined) choosePhone(deviceId)
      const target = readTarget(to, country)
      if (target === undefined) {
        requests.refuse(row, 'askFirst', { code: 'no_target' })
        return
      }
      const asked = requests.begin(row, 'askFirst')
      if (asked === undefined) return
      // A caller who could not be put on hold would hear what is said of them.
      const held = await hold(row)
      const placed =
        held === undefined ? await callOut(target, { client, devices }, takenOn.of(row)) : { refusal: held }
      if (placed.refusal === undefined && placed.telephonySessionId !== undefined) {
        asked.placedId = placed.telephonySessionId
        questions.note(placed.telephonySessionId, row.telephonySessionId)
      }
      requests.end(row, 'askFirst', asked, placed.refusal)
    },
    async returnToCaller(question) {
      const caller = callerOf(question)
      const refusal = await send(question, { kind: 'returnToCaller' })
      if (refusal !== undefined || caller === undefined) return
      const now = find(caller.telephonySessionId)
      if (now?.phase === 'onHold') await send(now, { kind: 'resume' })
    },
  }
}
