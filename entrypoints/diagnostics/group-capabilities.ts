import {
  CAPABILITIES,
  type Capability,
  type CapabilityName,
  type CapabilityNeeds,
} from '../../shared/protocol/http/capabilities.ts'
import { type User, watchesAnybody } from '../../shared/protocol/wire.ts'

/** Capabilities by whose they are, in the relay's order. */
export interface CapabilityGroups {
  readonly person: readonly ShownCapability[]
  readonly account: readonly ShownCapability[]
}

export interface ShownCapability extends Pick<Capability, 'state' | 'reason' | 'at'> {
  readonly name: string
  /** Absent for one that a newer relay has. */
  readonly known?: { readonly name: CapabilityName; readonly needs: CapabilityNeeds }
}

/** The capabilities that concern a user: who watches nobody sees none of those that serve watching. */
export function groupCapabilities(
  capabilities: readonly Capability[],
  user: Pick<User, 'watches'> | undefined,
): CapabilityGroups {
  const isWatching = user !== undefined && watchesAnybody(user)
  const shown = capabilities.map(describe).filter(({ name }) => isWatching || FOR_EVERYBODY.has(name))
  const isOfAccount = ({ known }: ShownCapability) => known?.needs.whose === 'account'
  return { person: shown.filter((one) => !isOfAccount(one)), account: shown.filter(isOfAccount) }
}

/** Rights are among them: whoever has none because RingCentral refused them should be able to find out. */
const FOR_EVERYBODY: ReadonlySet<string> = new Set<CapabilityName>(['grants', 'callControl', 'presence'])

function describe({ name, ...outcome }: Capability): ShownCapability {
  return isKnown(name) ? { name, ...outcome, known: { name, needs: CAPABILITIES[name] } } : { name, ...outcome }
}

function isKnown(name: string): name is CapabilityName {
  return Object.hasOwn(CAPABILITIES, name)
}
