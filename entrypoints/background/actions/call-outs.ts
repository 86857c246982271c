import type { CallOutAnswer, OfferedDevice } from '../../lib/contract/call-actions.ts'
import type { Refusal, RelayClient } from '../../lib/relay/relay-client.ts'
import { callOut } from './call-out.ts'
import type { Devices } from './devices.ts'
import type { Rights } from './rights.ts'
import { dialText, readTarget } from './target.ts'

/** Calls that the user places from the extension's own pages: of somebody they have called or were called by, or whom they looked up. */
export interface CallOuts {
  /**
   * Calls a number, once it is known which of the user's phones is to ring: `deviceId` is the one that they chose, now and for the
   * next time. Asked for again before it is answered, it is the same call.
   */
  place(to: string, deviceId?: string): Promise<CallOutAnswer>
}

export interface CallOutsOptions {
  readonly client: RelayClient
  readonly devices: Devices
  readonly rights: Pick<Rights, 'isDenied' | 'learn'>
  /** Country (ISO 3166) whose number format the user types. */
  readonly country: string
  /** The phone that rings first when the user calls somebody; `undefined` until they have chosen one. */
  readonly chosenPhone: () => string | undefined
  readonly choosePhone: (deviceId: string) => void
  /** Puts a refusal into a sentence for the user. */
  readonly describe: (refusal: Refusal) => string
}

export function createCallOuts(options: CallOutsOptions): CallOuts {
  const { client, devices, rights, country, chosenPhone, choosePhone, describe } = options
  /** By what is dialled. */
  const underWay = new Map<string, Promise<CallOutAnswer>>()

  const refuse = (refusal: Refusal): CallOutAnswer => ({ kind: 'refused', sentence: describe(refusal) })

  async function place(to: string, deviceId: string | undefined): Promise<CallOutAnswer> {
    const target = readTarget(to, country)
    if (target === undefined) return refuse({ code: 'no_target' })
    if (rights.isDenied('callBack')) return refuse({ code: 'permission_missing' })
    if (deviceId !== undefined) choosePhone(deviceId)
    await devices.refresh()
    const phones = listUndecided(devices.ready(), chosenPhone())
    if (phones.length > 0) return { kind: 'askPhone', phones }
    const { refusal } = await callOut(target, { client, devices })
    if (refusal === undefined) return { kind: 'placed' }
    rights.learn('callBack', refusal.code)
    return refuse(refusal)
  }

  return {
    place: (to, deviceId) => {
      const target = readTarget(to, country)
      const key = target === undefined ? '' : dialText(target)
      const asked = underWay.get(key) ?? place(to, deviceId).finally(() => underWay.delete(key))
      underWay.set(key, asked)
      return asked
    },
  }
}

/** Phones of which the user has to choose one before they call anybody; none once they have, or where there is no choice. */
export function listUndecided(
  phones: readonly OfferedDevice[],
  chosenId: string | undefined,
): readonly OfferedDevice[] {
  return chosenId === undefined && phones.length > 1 ? phones : []
}
