import * as v from 'valibot'
import type { Clock } from '../../shared/clock.ts'
import type { Device, DevicesAnswer } from '../../shared/protocol/http/calls.ts'
import { MINUTE_MS } from '../../shared/time.ts'
import type { Capabilities } from '../capabilities.ts'
import type { Login } from '../people/login.ts'
import { RingCentralError } from '../ringcentral/api.ts'
import { id } from '../ringcentral/id.ts'
import { isOwnAnswer, isRefusal } from '../ringcentral/verdicts.ts'
import { type PersonClient, StrangeAnswerError } from './person-client.ts'
import { wordsOf } from './refusal.ts'

/** The phones of the person who asks. */
export interface OwnPhones {
  /** Those on the desk and on the computer, as they are now. Throws what the client throws. */
  list(login: Login): Promise<readonly Device[]>
  /** RingCentral apps in a browser; none where RingCentral does not tell. At most a minute old. */
  listWebPhones(login: Login): Promise<readonly Device[]>
  /** One of both; `undefined` for a phone that is none of theirs. Throws what the client throws. */
  find(login: Login, deviceId: string): Promise<(Device & { readonly isWebPhone: boolean }) | undefined>
}

const text = v.fallback(v.optional(v.string()), undefined)
const answer = v.object({ records: v.array(v.object({ id, name: text, type: text, status: text })) })

const FRESH_MS = MINUTE_MS

export function createOwnPhones(dependencies: {
  readonly client: PersonClient
  readonly clock: Pick<Clock, 'elapsedMs'>
  readonly capabilities: Pick<Capabilities, 'note'>
}): OwnPhones {
  const { client, clock, capabilities } = dependencies
  const phones = new Map<string, Kept>()
  const webPhones = new Map<string, Kept>()

  async function list(login: Login): Promise<readonly Device[]> {
    // One page is enough: no user has a hundred phones.
    const raw = await client.send(login, { method: 'GET', path: '/extension/~/device?perPage=100' })
    const devices = decodeDevices(raw)
    phones.set(login.extensionId, { devices, atMs: clock.elapsedMs() })
    return devices
  }

  async function listWebPhones(login: Login): Promise<readonly Device[]> {
    const { extensionId } = login
    const known = fresh(webPhones, extensionId)
    if (known !== undefined) return known
    const devices = await readWebPhones(login)
    webPhones.set(extensionId, { devices, atMs: clock.elapsedMs() })
    return devices
  }

  /** A new part of RingCentral's API: a user who is refused it still has other phones. */
  async function readWebPhones(login: Login): Promise<readonly Device[]> {
    const { extensionId } = login
    try {
      const raw = await client.send(login, { method: 'GET', path: '/extension/~/webapp-devices', group: 'Medium' })
      const devices = decodeDevices(raw)
      capabilities.note('webPhones', undefined, extensionId)
      return devices
    } catch (error) {
      if (!(error instanceof RingCentralError)) throw error
      if (isRefusal(error.status) && isOwnAnswer(error)) capabilities.note('webPhones', wordsOf(error), extensionId)
      return []
    }
  }

  function fresh(kept: ReadonlyMap<string, Kept>, extensionId: string): readonly Device[] | undefined {
    const known = kept.get(extensionId)
    return known !== undefined && clock.elapsedMs() - known.atMs < FRESH_MS ? known.devices : undefined
  }

  return {
    list,
    listWebPhones,
    async find(login, deviceId) {
      const isIt = (device: Device) => device.id === deviceId
      const known = fresh(phones, login.extensionId)?.find(isIt)
      const own = known ?? (await list(login)).find(isIt)
      if (own !== undefined) return { ...own, isWebPhone: false }
      const web = (await listWebPhones(login)).find(isIt)
      return web && { ...web, isWebPhone: true }
    },
  }
}

interface Kept {
  readonly devices: readonly Device[]
  readonly atMs: number
}

function decodeDevices(raw: unknown): DevicesAnswer['devices'] {
  const read = v.safeParse(answer, raw)
  if (!read.success) throw new StrangeAnswerError('the list of devices')
  return read.output.records.map(({ id: deviceId, name, type, status }) => ({ id: deviceId, name, type, status }))
}
