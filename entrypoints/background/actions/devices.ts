import * as v from 'valibot'
import type { Clock } from '../../../shared/clock.ts'
import { type Device, devicesAnswer } from '../../../shared/protocol/http/calls.ts'
import { ROUTES } from '../../../shared/protocol/http/routes.ts'
import { MINUTE_MS, SECOND_MS } from '../../../shared/time.ts'
import type { OfferedDevice } from '../../lib/contract/call-actions.ts'
import type { RelayClient } from '../../lib/relay/relay-client.ts'

/** The person's phones, as the relay told them last. */
export interface Devices {
  /** Those that can take a call now, the preferred one first; empty until they are known. */
  ready(): readonly OfferedDevice[]
  /** Asks for them when what is known is old; resolves when it is as good as it gets. */
  refresh(): Promise<void>
}

export interface DevicesOptions {
  readonly client: RelayClient
  readonly clock: Pick<Clock, 'nowMs'>
  /** Id of the phone that the person prefers. */
  readonly preferred: () => string | undefined
  readonly onChange: () => void
}

/** Phones come and go by the hour; a request for each call would only use up the person's rate limit. */
export const DEVICES_LIFE_MS = 5 * MINUTE_MS
/** A refused request is not repeated at once: that would only extend a rate limit. */
export const RETRY_AFTER_MS = 30 * SECOND_MS

export function createDevices({ client, clock, preferred, onChange }: DevicesOptions): Devices {
  let known: readonly OfferedDevice[] = []
  let freshUntilMs = Number.NEGATIVE_INFINITY
  let asking: Promise<void> | undefined

  async function ask(): Promise<void> {
    const read = v.safeParse(devicesAnswer, (await client.send({ method: 'GET', path: ROUTES.devices })).body)
    freshUntilMs = clock.nowMs() + (read.success ? DEVICES_LIFE_MS : RETRY_AFTER_MS)
    if (!read.success) return
    known = read.output.devices.filter(canTakeCalls).map(({ id, name, type }) => ({ id, name: name ?? type ?? id }))
    onChange()
  }

  return {
    ready: () => known.toSorted((a, b) => Number(b.id === preferred()) - Number(a.id === preferred())),
    refresh: () => {
      if (clock.nowMs() < freshUntilMs) return Promise.resolve()
      asking ??= ask().finally(() => {
        asking = undefined
      })
      return asking
    },
  }
}

/** Announcements come out of a paging device, and a shared line rings at somebody else's. Source: RingCentral's device types. */
const NOT_TO_TALK_INTO: ReadonlySet<string | undefined> = new Set(['Paging', 'BLA'])

function canTakeCalls({ status, type }: Device): boolean {
  return status === 'Online' && !NOT_TO_TALK_INTO.has(type)
}
