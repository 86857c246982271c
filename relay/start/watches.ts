import { createAdministration } from '../command-line/administration.ts'
import { serveCommands } from '../command-line/command-socket.ts'
import type { Directory } from '../directory/directory.ts'
import { selectExtensionKind } from '../directory/extension-kind.ts'
import type { Storage } from '../log/storage.ts'
import { startTrimming, watchWritable } from '../log/upkeep.ts'
import { startPeopleCheck } from '../people/check.ts'
import type { Logins } from '../people/logins.ts'
import type { Rights } from '../people/rights.ts'
import { watchSilence } from '../repair/silence-watch.ts'
import type { RelayBase } from './base.ts'
import type { Duties, OwnDuties } from './duties.ts'
import type { People } from './people.ts'
import type { Platform } from './platform.ts'

export interface WatchesOptions {
  readonly platform: Platform
  readonly duties: Duties
  readonly people: People
  readonly logins: Logins
  readonly rights: Rights
  readonly directory: Directory
  readonly findMaxBytes: Storage['findMaxBytes']
  /** When the last event was received, ms since the epoch. */
  lastEventAtMs(): number | undefined
}

/**
 * Starts what looks after a running relay: commands, and whether the log can be written. What looks after all relays that share
 * what they keep runs in the owner: the log's length, silence, who may still sign in. Returns what ends the former.
 */
export async function startWatches(base: RelayBase, options: WatchesOptions): Promise<() => Promise<void>> {
  const { settings, clock, time, logger, log, records } = base
  const { people, logins, rights, duties, directory } = options
  duties.onOwned((own) => startOwnWatches(base, options, own))
  const kindOf = (id: string) => selectExtensionKind(directory, id)
  const { signOut } = people
  const administration = createAdministration({ logins, signOut, rights, time, log, records, kindOf, settings })
  // On Redis a command needs no relay to carry it out.
  const stopCommands =
    settings.redisUrl === undefined
      ? await serveCommands(settings.dataFolder, administration, logger)
      : async () => undefined
  const stopProbing = watchWritable({ log, clock, logger })
  return async () => {
    stopProbing()
    await stopCommands()
  }
}

function startOwnWatches(
  { settings, clock, time, logger }: RelayBase,
  { platform, people, logins, findMaxBytes, lastEventAtMs }: WatchesOptions,
  { log, subscription, repair }: OwnDuties,
): () => void {
  const { service, takeSpareRequest } = platform
  const { client, tokens, signOut } = people
  const stops = [
    startTrimming({ log, clock, time, logger, settings, findMaxBytes }),
    watchSilence({
      clock,
      lastEventAtMs,
      isActive: () => subscription.state.status === 'Active',
      onSilence: () => repair.lookForUnheard(),
    }),
    startPeopleCheck({
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
    }),
    people.rightsReading.start(),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}
