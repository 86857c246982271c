import { every } from '../../shared/clock.ts'
import type { RoutingAnswer } from '../../shared/protocol/http/routing.ts'
import type { RuleBook } from '../../shared/rules/rule.ts'
import type { KindOf } from '../../shared/rules/ruled-leg.ts'
import { formatInstant, HOUR_MS } from '../../shared/time.ts'
import type { PersonClient } from '../control/person-client.ts'
import type { Directory } from '../directory/directory.ts'
import { selectExtensionKind } from '../directory/extension-kind.ts'
import type { EventLog } from '../log/event-log.ts'
import type { Logins } from '../people/logins.ts'
import type { Warning } from '../readiness.ts'
import { createAskers } from '../routing/acts/askers.ts'
import { createCarryOut } from '../routing/acts/carry-out.ts'
import { createRuleBook, type KeptRuleBook } from '../routing/book/rule-book.ts'
import { type RoutingEngine, startRoutingEngine } from '../routing/engine/routing-engine.ts'
import type { RelayBase } from './base.ts'
import type { Duties } from './duties.ts'
import type { Platform } from './platform.ts'

/** What has rules act on calls. Without a file of rules it does nothing. */
export interface Routing {
  describe(): RoutingAnswer
  warnings(): readonly Warning[]
  /** Resolves when what rules had begun is over. */
  close(): Promise<void>
}

export interface RoutingOptions {
  readonly platform: Platform
  readonly duties: Duties
  readonly logins: Logins
  /** Asks RingCentral as somebody who is signed in. */
  readonly client: PersonClient
  readonly directory: Directory
  /** Whether a delivery is being taken in. */
  readonly isBusy: () => boolean
}

const OFF: Routing = {
  describe: () => ({ isOn: false, rules: [], faults: [] }),
  warnings: () => [],
  close: async () => undefined,
}

/** While a file has faults since the start. */
const NO_RULES: RuleBook = { timeZone: 'UTC', rules: [] }

export async function createRouting(base: RelayBase, options: RoutingOptions): Promise<Routing> {
  const { settings, clock, logger } = base
  if (settings.routingFile === undefined) return OFF
  const ruleBook = await createRuleBook({ file: settings.routingFile, clock, logger })
  const { directory } = options
  // What an extension is decides where a caller waits and whose phone it is.
  void directory.want()
  const stopWanting = every(clock, HOUR_MS, () => void directory.want())
  // Every relay knows what the rules did; only the owner has them act.
  const start = (log: EventLog, isOwner: boolean) => startEngine({ ...base, log }, options, { ruleBook, isOwner })
  let engine = start(base.log, false)
  /** Engines that are over: what they had begun may go on for a while. */
  let closing: Promise<unknown> = Promise.resolve()
  const change = (log: EventLog, isOwner: boolean): void => {
    closing = Promise.all([closing, engine.close()])
    engine = start(log, isOwner)
  }
  options.duties.onOwned(({ log }) => {
    change(log, true)
    return () => change(base.log, false)
  })
  base.log.onRenamed(() => change(base.log, false))
  ruleBook.onChanged(() => engine.changeRules())
  return {
    describe: () => describeRouting(ruleBook, engine),
    warnings: () => ruleBook.faults.map((reason) => ({ part: 'routing', reason })),
    async close() {
      stopWanting()
      ruleBook.close()
      await Promise.all([closing, engine.close()])
    },
  }
}

function startEngine(
  { log, clock, logger, capabilities }: RelayBase,
  { platform, logins, client, directory, isBusy }: RoutingOptions,
  { ruleBook, isOwner }: { readonly ruleBook: KeptRuleBook; readonly isOwner: boolean },
): RoutingEngine {
  const kindOf: KindOf = (id) => selectExtensionKind(directory, id)
  const { service, takeRequest } = platform
  const carryOut = createCarryOut({
    log,
    directory,
    listAskers: createAskers({ client, logins, service, takeRequest, clock }),
    isQueueId: (id) => kindOf(id) === 'queue',
    capabilities,
    clock,
    logger,
  })
  return startRoutingEngine({
    log,
    book: () => ruleBook.book() ?? NO_RULES,
    kindOf,
    carryOut: isOwner ? carryOut : async () => undefined,
    clock,
    logger,
    isBusy,
  })
}

function describeRouting(ruleBook: KeptRuleBook, engine: RoutingEngine): RoutingAnswer {
  const timeZone = ruleBook.book()?.timeZone
  const { readAtMs, faults } = ruleBook
  return {
    isOn: true,
    ...(timeZone !== undefined && { timeZone }),
    ...(readAtMs !== undefined && { readAt: formatInstant(readAtMs) }),
    rules: [...engine.describe()],
    faults: [...faults],
  }
}
