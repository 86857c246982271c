import type { Clock } from '../../../shared/clock.ts'
import { takeHomeCountry } from '../../lib/settings/country.ts'
import { homeCountrySetting } from '../../lib/settings/settings.ts'
import type { BrowserStore } from '../../lib/store/open.ts'
import { readSignIn } from '../../lib/store/read.ts'
import type { SignIn } from '../../lib/store/schema.ts'
import type { UseStore } from '../../lib/store/steady-store.ts'
import { deleteSignIn, writeSignIn } from '../../lib/store/write.ts'
import { RETRY_MS } from './running-user.ts'

/** The sign-in as this browser keeps it. */
export interface KeptSignIn {
  /** Rejects when the store does not tell. */
  read(): Promise<SignIn | undefined>
  /** Returns whether the store has taken it. */
  write(signIn: SignIn): Promise<boolean>
  /**
   * Forgets it. A store that refuses is asked again later, for as long as nobody has signed in (`isNobody`): here they are
   * signed out all the same.
   */
  forget(isNobody: () => boolean): Promise<void>
}

/** `onRead`: called as soon as it is known who is signed in. */
export function createKeptSignIn(
  useStore: UseStore<BrowserStore>,
  clock: Pick<Clock, 'after'>,
  onRead: (signIn: SignIn) => void,
): KeptSignIn {
  async function forget(isNobody: () => boolean): Promise<void> {
    await useStore(deleteSignIn).catch(() => {
      clock.after(RETRY_MS, () => {
        if (isNobody()) void forget(isNobody)
      })
    })
  }

  return {
    read: async () => {
      const signIn = await useStore(readSignIn)
      if (signIn !== undefined) onRead(signIn)
      return signIn
    },
    write: (signIn) =>
      useStore((store) => writeSignIn(store, signIn)).then(
        () => true,
        () => false,
      ),
    forget,
  }
}

/** RingCentral's country for the user, in which their numbers are read unless they chose another. */
export async function keepHomeCountry({ user: { homeCountry = '' } }: SignIn): Promise<void> {
  if (takeHomeCountry(homeCountry)) await homeCountrySetting.setValue(homeCountry)
}
