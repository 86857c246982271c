import type { Clock } from '../../../shared/clock.ts'
import { maskNumber } from '../../../shared/number/mask.ts'
import type { OfferedDevice } from '../../lib/contract/call-actions.ts'
import type { DialOffer, Suggestion } from '../../lib/contract/ports.ts'
import { describeRefusal } from '../../lib/relay/refusal-words.ts'
import type { Refusal, RelayClient } from '../../lib/relay/relay-client.ts'
import type { Dialling } from '../../lib/settings/settings.ts'
import type { PersonStore } from '../../lib/store/open.ts'
import type { CallRow, SignIn } from '../../lib/store/schema.ts'
import { STORE_TIMEOUT_MS, within } from '../../lib/store/within.ts'
import { nameNumber } from '../../lib/wording/labels.ts'
import { type Actions, createActions } from './actions.ts'
import { type CallOuts, createCallOuts } from './call-outs.ts'
import { createColleagues } from './colleagues.ts'
import { createDevices } from './devices.ts'
import { createDialOffers, type DialOffers } from './dial-offers.ts'
import { createRights, type KeptRights } from './rights.ts'
import { suggest } from './suggestions.ts'

/** Everything that a person can do with calls, put together. */
export interface UserActions extends Omit<Actions, 'refresh' | 'close'> {
  readonly dial: Omit<DialOffers, 'refresh' | 'close'>
  readonly callOuts: CallOuts
  /** The person's phones that can take a call now. */
  devices(): Promise<readonly OfferedDevice[]>
  /** Suggests whom a call may be given to, by what was typed so far; never the `other` side of that call. */
  suggest(typed: string, other?: string): Promise<readonly Suggestion[]>
  /** Looks at the calls that there are now: what was asked for may have happened. */
  refresh(rows: readonly CallRow[]): void
  close(): void
}

export interface UserActionsOptions {
  readonly signIn: SignIn
  readonly clock: Pick<Clock, 'nowMs' | 'after'>
  readonly client: RelayClient
  readonly store: PersonStore
  /** Country (ISO 3166) whose number format the user types. */
  readonly country: string
  readonly dialling: () => Dialling
  /** This phone rings first from now on when the user calls somebody. */
  readonly choosePhone: (deviceId: string) => void
  readonly keptRights: KeptRights
  /** Whether the last digits of numbers are hidden. */
  readonly isMasking: () => boolean
  /** What is offered has changed. */
  readonly onChange: () => void
}

export function createUserActions(options: UserActionsOptions): UserActions {
  const { signIn, clock, client, store, country, dialling, choosePhone, isMasking, onChange } = options
  const devices = createDevices({ client, clock, preferred: () => dialling().deviceId, onChange })
  const colleagues = createColleagues({ client, clock })
  const describe = (refusal: Refusal) => describeRefusal(refusal, clock.nowMs())
  const common = { client, devices, country, describe, onChange, clock }
  const calling = {
    ...common,
    rights: createRights(options.keptRights, onChange),
    chosenPhone: () => dialling().deviceId,
    choosePhone,
  }
  const actions = createActions({ ...calling, extensionId: signIn.user.extensionId })
  const dial = createDialOffers(common)

  function mask(offer: DialOffer | undefined): DialOffer | undefined {
    if (offer === undefined || offer.number.kind !== 'number' || !isMasking()) return offer
    return { ...offer, number: { ...offer.number, text: maskNumber(offer.number.text) } }
  }

  return {
    ...actions,
    callOuts: createCallOuts(calling),
    dial: { ...dial, on: (documentId) => mask(dial.on(documentId)) },
    devices: async () => {
      await devices.refresh()
      return devices.ready()
    },
    suggest: async (typed, other) => {
      const options = { store, country, nameNumber, other, colleagues: await colleagues.list() }
      const found = await within(STORE_TIMEOUT_MS, suggest(typed, options))
      return isMasking() ? found.map((one) => ({ ...one, text: maskNumber(one.text) })) : found
    },
    refresh: (rows) => {
      actions.refresh(rows)
      dial.refresh(new Set(rows.map(({ telephonySessionId }) => telephonySessionId)))
    },
    close: () => {
      actions.close()
      dial.close()
    },
  }
}
