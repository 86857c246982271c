/** What an account has bought or an extension is, and the API says of each whether it is there. A choice of the platform's list. */
export const FEATURES = [
  'CallControl',
  'CallForwarding',
  'CallMonitoring',
  'CallPark',
  'CallSupervision',
  'CallSwitch',
  'DND',
  'Presence',
  'RingOut',
  'TelephonySessions',
  'WebPhone',
] as const
export type Feature = (typeof FEATURES)[number]

/** Why a feature is not there, in the platform's words. */
export type FeatureReason =
  | 'AccountLimitation'
  | 'AccountTypeLimitation'
  | 'ExtensionLimitation'
  | 'ExtensionTypeLimitation'
  | 'InsufficientPermissions'

/** The features as they are now: all are there until one is taken away. */
export interface Features {
  /** Why an extension lacks a feature; `undefined` when it has it. */
  lacking(feature: Feature, extensionId: string): FeatureReason | undefined
  /** From one extension, or from the account. The answer gives it back. */
  take(feature: Feature, reason: FeatureReason, extensionId?: string): () => void
}

export function createFeatures(): Features {
  const taken = new Set<{
    readonly feature: Feature
    readonly reason: FeatureReason
    readonly extensionId: string | undefined
  }>()
  return {
    lacking: (feature, extensionId) =>
      [...taken].find((one) => one.feature === feature && (one.extensionId ?? extensionId) === extensionId)?.reason,
    take(feature, reason, extensionId) {
      const one = { feature, reason, extensionId }
      taken.add(one)
      return () => taken.delete(one)
    },
  }
}
