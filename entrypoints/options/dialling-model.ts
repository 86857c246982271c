import { type ReadonlySignal, signal } from '@preact/signals'
import { i18n } from '#i18n'
import type { OfferedDevice } from '../lib/contract/call-actions.ts'
import { listenToAnnouncements, type Status, sendMessage } from '../lib/contract/messages.ts'
import { type Dialling, diallingSetting } from '../lib/settings/settings.ts'
import type { Feedback } from '../ui/setup/feedback.ts'

/** Whether Ringside calls numbers, and from which phone. */
export interface DiallingModel {
  readonly dialling: ReadonlySignal<Dialling>
  /** The person's phones that can take a call now; `undefined` until they are known. */
  readonly devices: ReadonlySignal<readonly OfferedDevice[] | undefined>
  readonly isSignedIn: ReadonlySignal<boolean>
  readonly feedback: ReadonlySignal<Feedback | undefined>
  set(isOn: boolean): Promise<void>
  /** `''` stands for the first phone that is online. */
  chooseDevice(deviceId: string): Promise<void>
}

export function createDiallingModel(status: ReadonlySignal<Status | undefined>): DiallingModel {
  const dialling = signal<Dialling>(diallingSetting.fallback)
  const devices = signal<readonly OfferedDevice[]>()
  const isSignedIn = signal(false)
  const feedback = signal<Feedback>()

  diallingSetting.watch((next) => {
    dialling.value = next
  })
  void diallingSetting.getValue().then((now) => {
    dialling.value = now
  })

  async function readDevices(): Promise<void> {
    devices.value = await sendMessage('getDevices').catch(() => devices.value)
  }
  status.subscribe((now) => {
    const isIn = now?.user !== undefined
    if (isIn === isSignedIn.value) return
    isSignedIn.value = isIn
    devices.value = undefined
    if (isIn) void readDevices()
  })
  // A phone that comes online later is announced with the calls.
  listenToAnnouncements((announcement) => {
    if (announcement === 'calls' && isSignedIn.value) void readDevices()
  })

  async function save(next: Dialling, text: string): Promise<void> {
    await diallingSetting.setValue(next)
    dialling.value = next
    feedback.value = { kind: 'done', text }
  }

  return {
    dialling,
    devices,
    isSignedIn,
    feedback,
    set: (isOn) => save({ ...dialling.value, isOn }, i18n.t(isOn ? 'dialling.isOn' : 'dialling.isOff')),
    chooseDevice: (deviceId) => {
      const { isOn } = dialling.value
      return save(deviceId === '' ? { isOn } : { isOn, deviceId }, i18n.t('dialling.deviceSaved'))
    },
  }
}
