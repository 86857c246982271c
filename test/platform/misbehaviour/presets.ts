import type { Stop } from './delivery-faults.ts'
import type { Misbehave } from './misbehave.ts'

/** A misbehaviour that a person can turn on by name, to see how the product bears it. */
export interface Preset {
  readonly title: string
  readonly start: (misbehave: Misbehave) => Stop
}

const LATE_MS = 8_000
const BUSY_RETRY_AFTER_S = 5

/** Those that last, from the webhook to the login. */
export const PRESETS = {
  'lost-deliveries': {
    title: 'One delivery in five is lost',
    start: (misbehave) => misbehave.dropDeliveries({ share: 1 / 5 }),
  },
  'late-deliveries': {
    title: 'One delivery in five comes eight seconds late',
    start: (misbehave) => misbehave.delayDeliveries(LATE_MS, { share: 1 / 5 }),
  },
  'repeated-deliveries': {
    title: 'Every delivery comes three times',
    start: (misbehave) => misbehave.repeatDeliveries(3),
  },
  'wrong-token': {
    title: 'Deliveries carry a wrong verification token',
    start: (misbehave) => misbehave.falsifyToken('not the token'),
  },
  'busy-api': {
    title: 'Every request is answered 503',
    start: (misbehave) => misbehave.answerRequests('api', { status: 503, retryAfterS: BUSY_RETRY_AFTER_S }),
  },
  'silent-api': {
    title: 'No request is answered',
    start: (misbehave) => misbehave.slowRequests('api'),
  },
  'cut-connections': {
    title: 'Every connection to the API is cut',
    start: (misbehave) => misbehave.resetRequests('any'),
  },
  'rate-limit': {
    title: 'Every request is one too many (429)',
    start: (misbehave) => misbehave.limitRates({ Light: 0, Medium: 0, Heavy: 0, Auth: 0 }),
  },
  'no-call-control': {
    title: 'The permission CallControl is taken from everybody',
    start: (misbehave) => misbehave.takePermission('CallControl'),
  },
  'revoked-jwt': {
    title: 'The relay’s JWT is revoked',
    start: (misbehave) => misbehave.revokeJwt(),
  },
} as const satisfies Readonly<Record<string, Preset>>
export type PresetName = keyof typeof PRESETS
export const PRESET_NAMES = Object.keys(PRESETS).filter(isPresetName)

export function isPresetName(name: unknown): name is PresetName {
  return typeof name === 'string' && Object.hasOwn(PRESETS, name)
}

/** What happens once. */
export const MISHAPS = {
  blacklist: { title: 'Blacklist', happen: (misbehave) => misbehave.blacklistSubscription() },
  delete: { title: 'Delete', happen: (misbehave) => misbehave.deleteSubscription() },
  expire: { title: 'Let expire', happen: (misbehave) => misbehave.expireSubscription() },
} as const satisfies Readonly<Record<string, { title: string; happen: (misbehave: Misbehave) => void }>>
export type MishapName = keyof typeof MISHAPS

export function isMishapName(name: unknown): name is MishapName {
  return typeof name === 'string' && Object.hasOwn(MISHAPS, name)
}

/** Which presets are on, turned on and off by name. */
export interface PresetSwitches {
  isOn(name: PresetName): boolean
  /** Does nothing when it is so already. */
  set(name: PresetName, isOn: boolean): void
}

export function createPresetSwitches(misbehave: Misbehave): PresetSwitches {
  const stops = new Map<PresetName, Stop>()
  return {
    isOn: (name) => stops.has(name),
    set(name, isOn) {
      if (isOn === stops.has(name)) return
      if (isOn) stops.set(name, PRESETS[name].start(misbehave))
      else {
        stops.get(name)?.()
        stops.delete(name)
      }
    },
  }
}
