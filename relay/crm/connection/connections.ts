import type { Clock } from '../../../shared/clock.ts'
import { MINUTE_MS } from '../../../shared/time.ts'
import { type CrmApi, createCrmApi } from '../api.ts'
import { createTurnTaker, type TurnTaker } from '../budget.ts'
import type { Connector, KeyAuth } from '../connector.ts'
import type { Connection, Connections } from './connection.ts'
import type { ReadyTokens } from './ready-tokens.ts'
import type { TokenStore } from './token-store.ts'

export interface ConnectionsOptions {
  readonly connector: Connector
  readonly baseUrl: string
  /** The account's key; absent: by OAuth. */
  readonly key: string | undefined
  /** Absent where there is no OAuth. */
  readonly oauth: { readonly tokens: ReadyTokens; readonly store: TokenStore } | undefined
  readonly fetch: typeof globalThis.fetch
  readonly clock: Clock
  /** Ends what is under way. */
  readonly signal: AbortSignal
}

export interface OpenConnections extends Connections {
  close(): void
}

/** A key that was refused is tried again after a while: somebody may have mended it in the CRM. */
const REFUSED_MS = 5 * MINUTE_MS
export const ACCOUNT = 'account'

export function createConnections(options: ConnectionsOptions): OpenConnections {
  const { connector, key, oauth, clock } = options
  const listeners: (() => void)[] = []
  const open = new Map<string, Connection>()
  const turns: TurnTaker[] = []
  const faults = new Map<string, { readonly words: string; readonly cancel: () => void }>()

  function tell(): void {
    for (const listener of listeners) listener()
  }

  function clear(owner: string): void {
    faults.get(owner)?.cancel()
    faults.delete(owner)
  }

  function use(owner: string): Connection {
    const known = open.get(owner)
    if (known !== undefined) return known
    const all = createTurnTaker(connector.budget, clock)
    const searches = connector.searchBudget && createTurnTaker(connector.searchBudget, clock)
    turns.push(all, ...(searches === undefined ? [] : [searches]))
    const takeTurn = async (isSearch: boolean) => {
      if (isSearch) await searches?.take()
      await all.take()
    }
    const connection = { owner, api: openApi(owner, options, takeTurn) }
    open.set(owner, connection)
    return connection
  }

  oauth?.store.onChanged((owner) => {
    clear(owner)
    const baseUrl = oauth.store.get(owner)?.baseUrl ?? options.baseUrl
    // Who connects it again may do so with another account.
    if (oauth.store.get(owner) === undefined || open.get(owner)?.api.baseUrl !== baseUrl) open.delete(owner)
    tell()
  })

  return {
    of(extensionId) {
      if (key !== undefined || oauth?.store.get(ACCOUNT) !== undefined) return use(ACCOUNT)
      return extensionId !== undefined && oauth?.store.get(extensionId) !== undefined ? use(extensionId) : undefined
    },
    faultOf: (owner) => faults.get(owner)?.words,
    noteRefused(owner, words) {
      clear(owner)
      const cancel = clock.after(REFUSED_MS, () => {
        faults.delete(owner)
        tell()
      })
      faults.set(owner, { words: `${connector.displayName} does not take the login: ${words}`, cancel })
    },
    noteTaken: clear,
    onChanged: (listener) => void listeners.push(listener),
    close() {
      for (const turn of turns) turn.close()
      for (const owner of [...faults.keys()]) clear(owner)
    },
  }
}

function openApi(owner: string, options: ConnectionsOptions, takeTurn: (isSearch: boolean) => Promise<void>): CrmApi {
  const { connector, baseUrl, key, oauth, fetch, signal } = options
  const common = { takeTurn, isLimit: connector.isLimit, fetch, signal }
  const keyAuth = connector.auth.key
  if (key !== undefined && keyAuth !== undefined) {
    return createCrmApi({ ...common, baseUrl, authorize: async () => writeKey(keyAuth, key) })
  }
  let sent = ''
  const scheme = connector.auth.oauth?.scheme ?? 'Bearer'
  return createCrmApi({
    ...common,
    baseUrl: oauth?.store.get(owner)?.baseUrl ?? baseUrl,
    async authorize() {
      sent = (await oauth?.tokens.ready(owner))?.accessToken ?? ''
      return { authorization: `${scheme} ${sent}` }
    },
    renew: async () => (await oauth?.tokens.renew(owner, sent)) ?? false,
  })
}

function writeKey(
  { header = 'authorization', template, isBasic = false }: KeyAuth,
  key: string,
): Readonly<Record<string, string>> {
  const text = template.replace('{key}', () => key)
  if (!isBasic) return { [header]: text }
  const [, scheme = 'Basic', credentials = ''] = /^(\S+) (.*)$/s.exec(text) ?? []
  return { [header]: `${scheme} ${Buffer.from(credentials).toString('base64')}` }
}
