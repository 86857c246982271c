import { type ReadonlySignal, signal } from '@preact/signals'
import type { DisplayNumber } from '../../../shared/number/format.ts'
import { privacySettings } from '../settings/settings.ts'
import { country } from './shown-country.ts'
import { formatShownName, formatShownNumber } from './shown-number.ts'

/**
 * Hides the last digits of every number on the extension's own pages while the person shows their screen. Whatever draws a
 * number asks here, and is drawn again when the person changes their mind. Cards are told by the worker.
 */

// Hidden until the setting has been read.
const masking = signal(true)
privacySettings.watch((next) => {
  masking.value = next.isMasking
})
void privacySettings.getValue().then((now) => {
  masking.value = now.isMasking
})

export const isMasking: ReadonlySignal<boolean> = masking

/** Changes the setting for every page and card. */
export async function setMasking(isWanted: boolean): Promise<void> {
  await privacySettings.setValue({ isMasking: isWanted })
}

/** A number for reading, as it may be seen now; `undefined` when it is withheld. */
export function showNumber(raw: string | undefined): DisplayNumber | undefined {
  return formatShownNumber(raw, reader())
}

/** A name as it may be seen now: it is hidden like a number only where it is one. */
export function nameShown(name: string | undefined, raw: string | undefined): string | undefined {
  return formatShownName(name, raw, reader())
}

function reader() {
  return { country: country.value, isMasking: masking.value }
}
