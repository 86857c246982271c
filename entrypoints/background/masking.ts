import { privacySettings } from '../lib/settings/settings.ts'

/** Whether the person hides the last digits of numbers, kept up for the worker. */
export interface Masking {
  isOn(): boolean
}

/** `onChange`: cards and notifications have to be drawn again. */
export function followMasking(onChange: () => void): Masking {
  // Until the setting has been read nothing is shown that might have to be hidden.
  let isOn = true
  const take = (next: { readonly isMasking: boolean }) => {
    if (next.isMasking === isOn) return
    isOn = next.isMasking
    onChange()
  }
  privacySettings.watch(take)
  void privacySettings.getValue().then(take)
  return { isOn: () => isOn }
}
