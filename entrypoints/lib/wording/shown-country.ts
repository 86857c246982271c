import { type ReadonlySignal, signal } from '@preact/signals'
import { readCountry, userCountry, watchCountry } from '../settings/country.ts'

const shown = signal(userCountry())
watchCountry(() => {
  shown.value = userCountry()
})
void readCountry()

/** The person's country for the extension's own pages: what reads or writes numbers by it is drawn again when it changes. */
export const country: ReadonlySignal<string> = shown
