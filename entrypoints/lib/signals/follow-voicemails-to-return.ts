import { type ReadonlySignal, signal } from '@preact/signals'
import { alertSettings } from '../settings/settings.ts'

/** Whether the person counts those who came to their voicemail among the calls to return, for as long as a page is open. */
export function followVoicemailsToReturn(): ReadonlySignal<boolean> {
  const withVoicemails = signal(alertSettings.fallback.voicemailsToReturn)
  const take = (settings: typeof alertSettings.fallback) => {
    withVoicemails.value = settings.voicemailsToReturn
  }
  alertSettings.watch(take)
  void alertSettings.getValue().then(take)
  return withVoicemails
}
