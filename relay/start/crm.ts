import { every } from '../../shared/clock.ts'
import type { QueueNameOf } from '../../shared/crm/call-record.ts'
import type { CrmState } from '../../shared/protocol/http/crm.ts'
import { ROUTES } from '../../shared/protocol/http/routes.ts'
import { DAY_MS, HOUR_MS } from '../../shared/time.ts'
import { createConnecting } from '../crm/connection/connecting.ts'
import { createConnections } from '../crm/connection/connections.ts'
import { createOAuthClient } from '../crm/connection/oauth-client.ts'
import { createReadyTokens } from '../crm/connection/ready-tokens.ts'
import { createTokenStore } from '../crm/connection/token-store.ts'
import type { Connector } from '../crm/connector.ts'
import { type FoundConnector, findConnector } from '../crm/connectors/find-connector.ts'
import { type Crm, countStates, createCrm } from '../crm/crm.ts'
import { createMatches } from '../crm/matching/matches.ts'
import { createCallNotes } from '../crm/notes.ts'
import { forgetBegun, startRowCollector } from '../crm/outbox/collect-rows.ts'
import { startLooking } from '../crm/outbox/look-again.ts'
import { createRowStore, type RowStore } from '../crm/outbox/row-store.ts'
import { createRowSender } from '../crm/outbox/send-rows.ts'
import { createRecordWriter } from '../crm/outbox/write-record.ts'
import { createPersonEmails } from '../crm/person-emails.ts'
import type { Directory } from '../directory/directory.ts'
import { selectExtensionKind } from '../directory/extension-kind.ts'
import { describeError } from '../errors.ts'
import { createTokenCipher, deriveKey } from '../people/token-cipher.ts'
import type { RelayBase } from './base.ts'
import type { Duties, OwnDuties } from './duties.ts'
import type { Platform } from './platform.ts'

/** What writes calls into a CRM. Without one it does nothing. */
export interface CrmPart {
  readonly crm: Crm | undefined
  /** How many calls stand in which way. */
  count(): Readonly<Record<CrmState, number>> | undefined
  /** Resolves when what was being written is over. */
  close(): Promise<void>
}

export interface CrmPartOptions {
  readonly platform: Platform
  readonly duties: Duties
  readonly directory: Directory
  /** That of the data folder's cipher. */
  readonly key: Uint8Array
  readonly isBusy: () => boolean
  /** Ends requests that are under way. */
  readonly signal: AbortSignal
}

const TIDY_MS = HOUR_MS
/** Longer than anybody compares a week with the one before. */
const KEPT_MS = 15 * DAY_MS

export async function createCrmPart(base: RelayBase, options: CrmPartOptions): Promise<CrmPart> {
  const { settings, clock, records } = base
  const { duties, directory } = options
  if (settings.crm === undefined) return createNone(duties)
  const { crm: name, crmUrl: url, crmKey, crmClientId: clientId } = settings
  const connector = await findConnector({ crm: name, url, key: crmKey, clientId })
  const ways = await connect(base, options, connector)
  const matches = createMatches(connector, clock)
  const rows = await createRowStore(records, connector.name)
  const notes = createCallNotes(records)
  const nameOf = (id: string) => directory.people.get(id)?.name
  const queueNameOf = (id: string) => (selectExtensionKind(directory, id) === 'queue' ? (nameOf(id) ?? id) : undefined)
  directory.want()
  const crm = createCrm({ connector, ...ways, matches, rows, notes, nameOf, nowMs: () => clock.nowMs() })
  let closing: Promise<unknown> = Promise.resolve()
  duties.onOwned((own) => {
    const stop = startOwn(base, options, own, {
      connector,
      rows,
      matches,
      nameOf,
      queueNameOf,
      connections: ways.connections,
    })
    return () => {
      closing = Promise.all([closing, stop()])
    }
  })
  return {
    crm,
    count: () => countStates(rows.all()),
    async close() {
      ways.connections.close()
      await Promise.all([closing, ways.tokens?.settled()])
    },
  }
}

function createNone(duties: Duties): CrmPart {
  // What happens meanwhile is of the past when there is a CRM again.
  duties.onOwned(({ records }) => {
    void forgetBegun(records).catch(() => undefined)
    return () => undefined
  })
  return { crm: undefined, count: () => undefined, close: async () => undefined }
}

/** How the CRM is reached: with the key, or as those who have connected it. */
async function connect(base: RelayBase, { platform, key, signal }: CrmPartOptions, connector: FoundConnector) {
  const { settings, clock, logger, records, shared, publicUrl } = base
  const { crmKey, crmClientId, crmClientSecret } = settings
  const { fetch } = platform.wayOut
  const { baseUrl } = connector
  const common = { connector, baseUrl, key: crmKey, fetch, clock, signal }
  const auth = connector.auth.oauth
  if (crmKey !== undefined || auth === undefined || crmClientId === undefined || crmClientSecret === undefined) {
    const connections = createConnections({ ...common, oauth: undefined })
    return { connections, store: undefined, connecting: undefined, tokens: undefined }
  }
  const cipher = createTokenCipher(deriveKey(key, 'ringside crm connections'))
  const store = await createTokenStore(records, cipher, connector.name)
  const client = createOAuthClient({
    auth,
    clientId: crmClientId,
    clientSecret: crmClientSecret,
    baseUrl,
    redirectUri: `${publicUrl}${ROUTES.crmCallback}`,
    fetch,
    clock,
  })
  const tokens = createReadyTokens({ store, client, shared, clock })
  const stateCipher = createTokenCipher(deriveKey(key, 'ringside pending crm connections'))
  const startUrl = `${publicUrl}${ROUTES.crmStart}`
  const connecting = createConnecting({ client, store, cipher: stateCipher, shared, clock, logger, startUrl })
  return { connections: createConnections({ ...common, oauth: { tokens, store } }), store, connecting, tokens }
}

interface Shown {
  readonly connector: Connector
  readonly rows: RowStore
  readonly matches: ReturnType<typeof createMatches>
  readonly nameOf: (extensionId: string) => string | undefined
  readonly queueNameOf: QueueNameOf
  readonly connections: ReturnType<typeof createConnections>
}

/** What exactly one relay does: makes rows of calls, and has them written. */
function startOwn(
  { settings, clock, logger, metrics }: RelayBase,
  { platform, isBusy }: CrmPartOptions,
  { log, records, confirm }: OwnDuties,
  { connector, rows: shown, matches, nameOf, queueNameOf, connections }: Shown,
): () => Promise<void> {
  const rows = shown.writingTo(records)
  const notes = createCallNotes(records)
  const emailOf = createPersonEmails({ service: platform.service, clock })
  // What happens while no calls are written is of the past when they are again.
  if (settings.crmLog === 'off') void forgetBegun(records).catch(() => undefined)
  const collector =
    settings.crmLog === 'off'
      ? undefined
      : startRowCollector({
          log,
          rows,
          records,
          crm: connector.name,
          queueNameOf,
          waitMs: settings.crmWaitMs,
          clock,
          logger,
          isBusy,
        })
  const writer = createRecordWriter({
    connector,
    matches,
    logsAll: settings.crmLog === 'all',
    emailOf: settings.crmOwner === 'none' ? async () => undefined : emailOf,
    nameOf,
    notesOf: ({ call }) => notes.of(call.telephonySessionIds),
    isOwnNumber: rows.isCompanyNumber,
    clock,
  })
  const sender = createRowSender({ rows, writer, connections, connector, confirm, metrics, clock, logger })
  sender.wake()
  const stopLooking = startLooking({ rows, writer, connections, metrics, clock, logger })
  const tidy = async () => {
    const beforeMs = clock.nowMs() - KEPT_MS
    for (const row of [...rows.all()]) if (row.call.startedMs < beforeMs) await rows.remove(row.key)
    await notes.forgetBefore(beforeMs)
  }
  const stopTidying = every(clock, TIDY_MS, () => {
    tidy().catch((error: unknown) =>
      logger.warn({ err: describeError(error) }, 'Old calls of the CRM could not be removed'),
    )
  })
  return async () => {
    stopTidying()
    collector?.close()
    await Promise.all([stopLooking(), sender.close()])
  }
}
