import type { Clock } from '../shared/clock.ts'
import { CAPABILITIES, type Capability, type CapabilityName } from '../shared/protocol/http/capabilities.ts'
import { formatInstant } from '../shared/time.ts'

/** How it went when something was last tried at RingCentral, for the account or for a person. In memory: a restart tries again. */
export interface Capabilities {
  /** `refusal`: RingCentral's words, `undefined` where it works. `extensionId`: whose it is; absent for the account's. */
  note(name: CapabilityName, refusal: string | undefined, extensionId?: string): void
  /** All of them, as they stand for this person. */
  of(extensionId: string): readonly Capability[]
}

export function createCapabilities(clock: Pick<Clock, 'nowMs'>): Capabilities {
  const known = new Map<string, Capability>()
  const keyOf = (name: CapabilityName, extensionId: string | undefined): string =>
    CAPABILITIES[name].whose === 'account' ? name : `${name} ${extensionId}`
  return {
    note(name, reason, extensionId) {
      const at = formatInstant(clock.nowMs())
      const outcome = reason === undefined ? { state: 'works' as const } : { state: 'refused' as const, reason }
      known.set(keyOf(name, extensionId), { name, ...outcome, at })
    },
    of: (extensionId) =>
      (Object.keys(CAPABILITIES) as CapabilityName[]).map(
        (name) => known.get(keyOf(name, extensionId)) ?? { name, state: 'notTried' },
      ),
  }
}
