import { type Dialling, diallingSetting } from '../../lib/settings/settings.ts'
import { registerDialLinks } from '../pages/dial-links-registration.ts'

/** Whether links to numbers may be called, and the script for them, which is on pages only while they may; and the phone to call from. */
export interface DiallingSwitch {
  current(): Dialling
  /** This phone rings first from now on. */
  choosePhone(deviceId: string): void
  /** Somebody is signed in, or nobody: then links are left to the browser. */
  allow(isSignedIn: boolean): void
  /** The granted sites have changed. */
  applyGrants(): void
}

export function createDialling(): DiallingSwitch {
  let current: Dialling = { isOn: false }
  let isAllowed = false

  function register(): void {
    void registerDialLinks(current.isOn && isAllowed)
  }

  function apply(next: Dialling): void {
    current = next
    register()
  }

  diallingSetting.watch(apply)
  void diallingSetting.getValue().then(apply)

  return {
    current: () => current,
    choosePhone: (deviceId) => {
      // Known at once: it is for the call that is asked for now.
      current = { ...current, deviceId }
      void diallingSetting.setValue(current)
    },
    allow: (isSignedIn) => {
      isAllowed = isSignedIn
      register()
    },
    applyGrants: register,
  }
}
