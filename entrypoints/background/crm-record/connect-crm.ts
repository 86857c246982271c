import { i18n } from '#i18n'
import type { CrmClient } from './crm-client.ts'
import type { CrmStanding } from './standing.ts'

/** What connecting needs of the browser. */
export interface ConnectRuntime {
  /** The address the window has to return to. */
  readonly redirectUrl: string
  /** Opens a page and resolves with the address it ended at; rejects when the person closes the window. */
  readonly openWindow: (url: string) => Promise<string | undefined>
}

/**
 * Connects the CRM: its own sign-in in a window, by way of the relay, which alone gets the keys. Resolves with why it did not work, as a
 * sentence, or nothing. Whether it worked is what the relay says afterwards, however the window ended.
 */
export async function connectCrm(
  client: Pick<CrmClient, 'connect'>,
  standing: Pick<CrmStanding, 'ask'>,
  { redirectUrl, openWindow }: ConnectRuntime,
): Promise<string | undefined> {
  const start = await client.connect(redirectUrl)
  if ('problem' in start) return start.problem
  const returned = await openWindow(start.url).catch(() => undefined)
  const report = await standing.ask()
  if (report.kind === 'given' && report.crm.isConnected) return undefined
  if (returned === undefined) return i18n.t('crm.connect.cancelled')
  const error = new URL(returned).searchParams.get('error')
  return i18n.t(error === 'access_denied' ? 'crm.connect.denied' : 'crm.connect.failed')
}
