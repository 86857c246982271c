import type { CrmRecordsAnswer } from '../../shared/protocol/http/crm.ts'
import type { User } from '../../shared/protocol/wire.ts'
import type { RuleBook } from '../../shared/rules/rule.ts'
import type { KindOf } from '../../shared/rules/ruled-leg.ts'
import { type AuditPage, type AuditRequest, readAudit } from '../audit/read-audit.ts'
import type { Settings } from '../config.ts'
import type { ConfirmedTime } from '../confirmed-time.ts'
import { readCrmRecords } from '../crm/read-records.ts'
import type { EventLog } from '../log/event-log.ts'
import type { Records } from '../log/records.ts'
import { type Login, lastSeenAtMs } from '../people/login.ts'
import type { Logins } from '../people/logins.ts'
import type { Rights } from '../people/rights.ts'
import type { SignOut } from '../people/sign-out.ts'
import { type TriedRules, tryRules } from '../routing/try/try-rules.ts'

/** What an administrator can ask about the people who are signed in, and what was done; answered by a running relay, or by its folder. */
export interface Administration {
  /** Everybody who is signed in, by extension id. */
  users(): Promise<readonly SignedInUser[]>
  /** Signs somebody out everywhere; the number of devices, 0 when they were not signed in. */
  revoke(extensionId: string): Promise<number>
  /** What rules and people did with calls, a page at a time. */
  audit(request: AuditRequest): Promise<AuditPage>
  /** How calls stand on their way into the CRM; `sinceMs`: ms since the epoch. */
  crmRecords(sinceMs: number): Promise<CrmOverview>
  /** What rules would have done with the calls of the log; `sinceMs`: ms since the epoch. */
  tryRules(request: TryRequest): Promise<TriedRules>
}

export interface CrmOverview extends CrmRecordsAnswer {
  /** As the settings of the relay have it; absent: it has none. */
  readonly crm?: Settings['crm']
  readonly log: Settings['crmLog']
}

export interface TryRequest {
  readonly book: RuleBook
  readonly sinceMs: number
}

export interface SignedInUser extends Pick<User, 'extensionId' | 'name' | 'role'> {
  /** First sign-in of those that are valid, ms since the epoch, relay's clock. */
  readonly sinceMs: number
  /** Last time that one of their browsers said hello; one that stays connected says it once. */
  readonly lastSeenMs: number
  /** Browsers that they are signed in on. */
  readonly devices: number
}

export function createAdministration(dependencies: {
  readonly logins: Pick<Logins, 'all'>
  readonly signOut: SignOut
  readonly rights: Pick<Rights, 'describe'>
  readonly time: Pick<ConfirmedTime, 'earliestMs'>
  readonly log: EventLog
  readonly records: Pick<Records, 'list'>
  /** What the extensions of the account are. */
  readonly kindOf: KindOf
  readonly settings: Pick<Settings, 'crm' | 'crmLog'>
}): Administration {
  const { logins, signOut, rights, time, log, records, kindOf, settings } = dependencies
  const valid = () => logins.all().filter(({ expiresAtMs }) => expiresAtMs > time.earliestMs())

  return {
    async users() {
      const byPerson = new Map<string, [Login, ...Login[]]>()
      for (const login of valid()) {
        const own = byPerson.get(login.extensionId)
        if (own === undefined) byPerson.set(login.extensionId, [login])
        else own.push(login)
      }
      return [...byPerson.values()]
        .map((own) => describeUser(own, rights))
        .sort((a, b) => (a.extensionId < b.extensionId ? -1 : 1))
    },
    async revoke(extensionId) {
      const own = valid().filter((login) => login.extensionId === extensionId)
      await Promise.all(own.map(signOut))
      return own.length
    },
    audit: (request) => readAudit(log, request),
    crmRecords: async (sinceMs) => ({
      ...(settings.crm !== undefined && { crm: settings.crm }),
      log: settings.crmLog,
      ...(await readCrmRecords(records, sinceMs)),
    }),
    tryRules: ({ book, sinceMs }) => tryRules({ log, book, kindOf, sinceMs, untilMs: Date.now() }),
  }
}

function describeUser(own: readonly [Login, ...Login[]], rights: Pick<Rights, 'describe'>): SignedInUser {
  const { extensionId, name, role } = rights.describe(own[0])
  return {
    extensionId,
    name,
    role,
    sinceMs: Math.min(...own.map(({ signedInAtMs }) => signedInAtMs)),
    lastSeenMs: Math.max(...own.map(lastSeenAtMs)),
    devices: own.length,
  }
}
