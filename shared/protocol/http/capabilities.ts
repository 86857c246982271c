import * as v from 'valibot'
import { instant } from '../fields.ts'

/**
 * What only RingCentral itself can tell: whether an account, its app or a person may do something. Each is named, so that a page
 * can list them all, and says what it needs in RingCentral's own words.
 */
export interface CapabilityNeeds {
  /** Whose it is: the relay's own user for the account, or each person. */
  readonly whose: 'account' | 'person'
  /** Permissions of the app in the RingCentral console. */
  readonly app: readonly string[]
  /** Permissions of the role of the user. */
  readonly user?: readonly string[]
  /** A feature of account and extension, by its name among the `serviceFeatures`. */
  readonly feature?: string
}

export const CAPABILITIES = {
  /** Reading whom one may listen to and which queues one runs. */
  grants: { whose: 'person', app: ['ReadAccounts'], user: ['ReadExtensionGrant'] },
  /** Answering, holding, transferring one's calls. */
  callControl: { whose: 'person', app: ['CallControl'], feature: 'TelephonySessions' },
  /** Reading who of the account is on the phone. */
  presence: { whose: 'person', app: ['ReadPresence'], user: ['ReadPresence'] },
  /** Listening in at a phone on the desk or on the computer. */
  listen: { whose: 'person', app: ['CallControl'], user: ['CallMonitoring'], feature: 'CallSupervision' },
  /** Listening in at the RingCentral app in a browser. RingCentral's documentation contradicts itself about that. */
  listenAtWebPhone: { whose: 'person', app: ['CallControl'], user: ['CallMonitoring'], feature: 'CallSupervision' },
  /** Listing the RingCentral apps in one's browsers. */
  webPhones: { whose: 'person', app: ['ReadAccounts'], feature: 'WebPhone' },
  /** Reading names of extensions. */
  directory: { whose: 'account', app: ['ReadAccounts'] },
  /** Forwarding, transferring and answering calls of others because a rule wants it, as the relay's own user. */
  rules: { whose: 'account', app: ['CallControl'] },
  /** Putting a device on an agent's call because a rule wants it. */
  ruleSupervision: { whose: 'account', app: ['CallControl'], user: ['CallMonitoring'] },
  /** Reading how queues are set, and who is in them. */
  queueSettings: { whose: 'account', app: ['ReadAccounts'], user: ['ReadExtensions'] },
} as const satisfies Readonly<Record<string, CapabilityNeeds>>

export type CapabilityName = keyof typeof CAPABILITIES

export const capability = v.object({
  /** A name of {@link CAPABILITIES}; a newer relay may know others. */
  name: v.string(),
  state: v.picklist(['works', 'refused', 'notTried']),
  /** Why it is refused, in RingCentral's words where it has some. */
  reason: v.optional(v.string()),
  /** When RingCentral last said so; absent where it was not tried, or RingCentral told beforehand. */
  at: v.optional(instant),
})
export type Capability = v.InferOutput<typeof capability>

/** `GET /v1/capabilities`: those of the account and of the person. */
export const capabilitiesAnswer = v.object({ capabilities: v.array(capability) })
export type CapabilitiesAnswer = v.InferOutput<typeof capabilitiesAnswer>
