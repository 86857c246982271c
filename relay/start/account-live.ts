import { createLiveCalls, type LiveCalls } from '../calls/live-calls.ts'
import { createDirectory, type KeptDirectory } from '../directory/keep-directory.ts'
import { createAccountTimeZone } from '../ringcentral/time-zone.ts'
import type { RelayBase } from './base.ts'
import type { Platform } from './platform.ts'

/** What shows an account to who watches others. It does nothing until somebody asks. */
export interface AccountLive {
  readonly directory: KeptDirectory
  readonly liveCalls: LiveCalls
  close(): void
}

export interface AccountLiveOptions {
  readonly platform: Platform
  /** Whether a delivery is being taken in. */
  readonly isBusy: () => boolean
}

export function createAccountLive(
  { log, clock, logger, capabilities }: RelayBase,
  { platform, isBusy }: AccountLiveOptions,
): AccountLive {
  const { service, takeSpareRequest } = platform
  const directory = createDirectory({
    service,
    takeRequest: takeSpareRequest,
    clock,
    logger,
    onRead: (part, refusal) => capabilities.note(part, refusal?.message),
  })
  const timeZone = createAccountTimeZone({ service, clock, logger })
  const liveCalls = createLiveCalls({ log, clock, logger, directory, timeZone, isBusy })
  return {
    directory,
    liveCalls,
    close() {
      liveCalls.close()
      directory.close()
    },
  }
}
