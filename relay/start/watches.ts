import { createAdministration } from '../command-line/administration.ts'
import { serveCommands } from '../command-line/command-socket.ts'
import type { Directory } from '../directory/directory.ts'
import { selectExtensionKind } from '../directory/extension-kind.ts'
import { createSizeLimit } from '../log/size-limit.ts'
import { startLogUpkeep } from '../log/upkeep.ts'
import { startPeopleCheck } from '../people/check.ts'
import type { Logins } from '../people/logins.ts'
import type { Rights } from '../people/rights.ts'
import { watchSilence } from '../repair/silence-watch.ts'
import type { RelayBase } from './base.ts'
import type { People } from './people.ts'
import type { Platform } from './platform.ts'

export interface WatchesOptions {
  readonly platform: Platform
  readonly people: People
  readonly logins: Logins
  readonly rights: Rights
  readonly directory: Directory
  /** When the last event was received, ms since the epoch. */
  lastEventAtMs(): number | undefined
}

/** Starts what looks after a running relay: commands, the log's length, silence, who may still sign in. Returns what ends it. */
export async function startWatches(base: RelayBase, options: WatchesOptions): Promise<() => Promise<void>> {
  const { settings, clock, time, logger, log } = base
  const { platform, people, logins, rights, directory, lastEventAtMs } = options
  const { service, takeSpareRequest, subscription, repair } = platform
  const { client, tokens, signOut } = people
  const administration = createAdministration({
    logins,
    signOut,
    rights,
    time,
    log,
    kindOf: (id) => selectExtensionKind(directory, id),
  })
  const stopCommands = await serveCommands(settings.dataFolder, administration, logger)
  const findMaxBytes = createSizeLimit(settings.dataFolder, () => log.usedBytes)
  const stopUpkeep = startLogUpkeep({ log, clock, time, logger, settings, findMaxBytes })
  const stopWatching = watchSilence({
    clock,
    lastEventAtMs,
    isActive: () => subscription.state.status === 'Active',
    onSilence: () => repair.lookForUnheard(),
  })
  const stopChecking = startPeopleCheck({
    logins,
    tokens,
    client,
    service,
    takeRequest: takeSpareRequest,
    clock,
    time,
    logger,
    accountId: () => subscription.accountId,
    signOut,
  })
  const stopReadingRights = people.rightsReading.start()
  return async () => {
    stopUpkeep()
    stopChecking()
    stopReadingRights()
    stopWatching()
    await stopCommands()
  }
}
