import type { OfferedDevice } from '../../lib/contract/call-actions.ts'
import type { Suggestion } from '../../lib/contract/ports.ts'
import type { Dialling } from '../../lib/settings/settings.ts'
import type { PersonStore } from '../../lib/store/open.ts'
import type { CallRow, SignIn } from '../../lib/store/schema.ts'
import { nameNumber } from '../../lib/wording/labels.ts'
import { type Actions, createActions } from './actions.ts'
import { createDevices } from './devices.ts'
import { createDialOffers, type DialOffers } from './dial-offers.ts'
import { describeRefusal } from './refusal-words.ts'
import { createRelayClient, type Refusal } from './relay-client.ts'
import { createRights, type KeptRights } from './rights.ts'
import { suggest } from './suggestions.ts'

/** Everything that a person can do with calls, put together. */
export interface PersonActions extends Omit<Actions, 'follow' | 'close'> {
  readonly dial: Omit<DialOffers, 'follow' | 'close'>
  /** The person's phones that can take a call now. */
  devices(): Promise<readonly OfferedDevice[]>
  /** Whom a call may be given to, by what was typed so far. */
  suggest(typed: string): Promise<readonly Suggestion[]>
  /** Looks at the calls that there are now: what was asked for may have happened. */
  follow(rows: readonly CallRow[]): void
  close(): void
}

export interface PersonActionsOptions {
  readonly signIn: SignIn
  readonly store: PersonStore
  /** In which the person writes numbers, ISO 3166. */
  readonly country: string
  readonly dialling: () => Dialling
  readonly keptRights: KeptRights
  /** What is offered has changed. */
  readonly onChange: () => void
}

export interface ActionsWorld {
  readonly fetch: typeof fetch
  readonly nowMs: () => number
  readonly after: (delayMs: number, task: () => void) => () => void
}

export function createPersonActions(options: PersonActionsOptions, world: ActionsWorld): PersonActions {
  const { signIn, store, country, dialling, onChange } = options
  const { nowMs, after } = world
  const client = createRelayClient(signIn, world)
  const devices = createDevices({ client, nowMs, preferred: () => dialling().deviceId, onChange })
  const describe = (refusal: Refusal) => describeRefusal(refusal, nowMs())
  const common = { client, devices, country, describe, onChange, after }
  const actions = createActions({
    ...common,
    rights: createRights(options.keptRights, onChange),
    extensionId: signIn.user.extensionId,
    canDial: () => dialling().isOn,
  })
  const dial = createDialOffers(common)
  return {
    ...actions,
    dial,
    devices: async () => {
      await devices.refresh()
      return devices.ready()
    },
    suggest: (typed) => suggest(typed, { store, country, nameNumber }),
    follow: (rows) => {
      actions.follow(rows)
      dial.follow(new Set(rows.map(({ telephonySessionId }) => telephonySessionId)))
    },
    close: () => {
      actions.close()
      dial.close()
    },
  }
}
