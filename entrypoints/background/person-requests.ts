import { onMessage } from '../lib/contract/messages.ts'
import type { Person } from './person.ts'

/**
 * Answers what views ask about the calls of whoever is signed in. `present` waits for a change of person that is under way;
 * `undefined`: nobody is.
 */
export function answerPersonRequests(present: () => Promise<Person | undefined>): void {
  onMessage('getLiveCalls', async () => (await present())?.live() ?? [])
  onMessage('getDevices', async () => (await (await present())?.devices()) ?? [])
  onMessage('suggest', async ({ data: typed }) => (await (await present())?.suggest(typed)) ?? [])

  onMessage('act', async ({ data: { telephonySessionId, action } }) => {
    await (await present())?.act(telephonySessionId, action)
  })

  onMessage('setDismissed', async ({ data: { telephonySessionId, isDismissed } }) => {
    await (await present())?.mark(telephonySessionId, { isDismissed })
  })

  onMessage('seeMissed', async () => {
    await (await present())?.seeMissed()
  })

  onMessage('writeNote', async ({ data: { telephonySessionId, note } }) => {
    const person = await present()
    return person === undefined ? 'signedOut' : person.writeNote(telephonySessionId, note)
  })

  onMessage('changeContacts', async ({ data: change }) => {
    const person = await present()
    return person === undefined ? 'signedOut' : person.changeContacts(change)
  })
}
