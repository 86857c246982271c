import type { EventLog } from '../log/event-log.ts'
import type { Records } from '../log/records.ts'
import type { Owner } from '../log/storage.ts'
import { createRepair, type Repair } from '../repair/repair.ts'
import { createSessionStatuses } from '../repair/session-statuses.ts'
import { watchAcceptedSecrets } from '../ringcentral/accepted-secrets.ts'
import { createSubscriptionOwner, type SubscriptionOwner } from '../ringcentral/subscription.ts'
import type { RelayBase } from './base.ts'
import type { Platform } from './platform.ts'
import { createTold, type Told } from './told.ts'

/** What one relay does for all that share what they keep, as each of them sees it. */
export interface Duties {
  /** The subscription, whoever looks after it. */
  readonly subscription: Pick<SubscriptionOwner, 'state' | 'accountId' | 'acceptedSecrets' | 'renewSoon'> & {
    /** Looks whether there are other secrets by now. */
    refreshSecrets(): Promise<void>
  }
  /** Repair, wherever it is done. */
  readonly repair: Pick<Repair, 'begin'>
  /** Has `start` called when this relay has the duties, and what it returned when it has them no longer. */
  onOwned(start: (own: OwnDuties) => () => void): void
}

/** The duties while they are this relay's. */
export interface OwnDuties {
  /** The log, as the owner may write it. */
  readonly log: EventLog
  /** The records, likewise. */
  readonly records: Records
  /** Resolves where this relay still has the duties. */
  confirm(): Promise<void>
  readonly subscription: SubscriptionOwner
  readonly repair: Repair
}

const OWNER = 'This relay is the owner: it looks after the subscription, repair and all else that is done once'

/** What relays tell each other. */
const BEGIN_REPAIR = 'repair'
const RENEW_SOON = 'renew'

/** Nothing is begun before this relay becomes the owner. */
export async function createDuties(base: RelayBase, platform: Platform): Promise<Duties> {
  const { settings, log, records, clock, logger, shared, ownership } = base
  const secrets = await watchAcceptedSecrets(records, clock)
  const starts: ((own: OwnDuties) => () => void)[] = []
  let own: OwnDuties | undefined
  /** What the last owner told, until this one has looked for itself. */
  let before: Told | undefined
  const told = createTold(ownership)

  function read(): Told {
    if (own === undefined) return told.read()
    const { state, accountId } = own.subscription
    return accountId === undefined && before !== undefined ? before : { ...state, accountId }
  }

  async function begin(owner: Owner): Promise<() => Promise<void>> {
    before = ownership.published === undefined ? undefined : read()
    const begun = await takeOn(base, platform, { ...owner, records: secrets.follow(owner.records) })
    own = begun
    begun.subscription.start()
    if (settings.redisUrl !== undefined) logger.info(OWNER)
    const stops = starts.map((start) => start(begun))
    return async () => {
      for (const stop of stops) stop()
      await Promise.all([begun.subscription.close(), begun.repair.close()])
      if (own === begun) own = undefined
    }
  }

  ownership.publish(() => told.write(read()))
  ownership.onOwned(begin)
  log.onRenamed(() => own?.repair.begin())
  shared.onTold((message) => {
    if (message === BEGIN_REPAIR) own?.repair.begin()
    if (message === RENEW_SOON) own?.subscription.renewSoon()
  })

  return {
    subscription: {
      get state() {
        return read()
      },
      get accountId() {
        return read().accountId
      },
      acceptedSecrets: () => own?.subscription.acceptedSecrets() ?? secrets.accepted(),
      refreshSecrets: async () => (own === undefined ? secrets.refresh() : undefined),
      renewSoon: () => (own === undefined ? shared.tell(RENEW_SOON) : own.subscription.renewSoon()),
    },
    repair: { begin: () => (own === undefined ? shared.tell(BEGIN_REPAIR) : own.repair.begin()) },
    onOwned: (start) => void starts.push(start),
  }
}

async function takeOn(
  { settings, clock, time, logger, metrics, publicUrl }: RelayBase,
  { service, budget }: Platform,
  { log, records, confirm }: Owner,
): Promise<OwnDuties> {
  const statuses = createSessionStatuses({ service, log, clock, logger, budget, metrics })
  const repair = createRepair({ log, service, statuses, budget, clock, logger, metrics, settings })
  const hasPast = log.headPosition > 0
  const subscription = await createSubscriptionOwner({
    records,
    clock,
    time,
    logger,
    settings,
    publicUrl,
    service,
    confirm,
    onInPlace(change) {
      if (hasPast || change === 'recreated') repair.begin()
    },
  })
  return { log, records, confirm, subscription, repair }
}
