import * as v from 'valibot'
import { DAY_MS, MINUTE_MS } from '../../shared/time.ts'
import { describeError } from '../errors.ts'
import type { Logger } from '../logger.ts'
import type { ServiceClient } from './api.ts'

/**
 * The time zone of the account, an IANA name (`America/Los_Angeles`): its midnight begins a day. RingCentral's own, from the
 * account's regional settings, or else from those of the relay's user. The last that is known while it does not answer; this
 * machine's while none is known.
 */
export interface AccountTimeZone {
  read(): Promise<string>
}

export interface AccountTimeZoneOptions {
  readonly service: ServiceClient
  readonly clock: { elapsedMs(): number }
  readonly logger: Logger
}

/** An account hardly ever moves; after a failure it is asked again soon. */
const FRESH_MS = DAY_MS
const RETRY_MS = MINUTE_MS

const regional = v.object({ regionalSettings: v.object({ timezone: v.object({ name: v.string() }) }) })

export function createAccountTimeZone({ service, clock, logger }: AccountTimeZoneOptions): AccountTimeZone {
  let known = readZone(Intl.DateTimeFormat().resolvedOptions().timeZone) ?? 'UTC'
  let isFreshUntilMs = Number.NEGATIVE_INFINITY
  let asking: Promise<void> | undefined

  async function ask(): Promise<void> {
    try {
      const found = (await askFor('/restapi/v1.0/account/~')) ?? (await askFor('/restapi/v1.0/account/~/extension/~'))
      if (found === undefined)
        logger.warn({ timeZone: known }, "RingCentral tells no time zone of the account: this machine's counts")
      known = found ?? known
      isFreshUntilMs = clock.elapsedMs() + FRESH_MS
    } catch (error) {
      isFreshUntilMs = clock.elapsedMs() + RETRY_MS
      logger.warn({ err: describeError(error), timeZone: known }, 'The time zone of the account could not be read')
    }
  }

  async function askFor(path: string): Promise<string | undefined> {
    const read = v.safeParse(regional, await service.send({ method: 'GET', path }))
    return read.success ? readZone(read.output.regionalSettings.timezone.name) : undefined
  }

  return {
    async read() {
      if (clock.elapsedMs() >= isFreshUntilMs) {
        asking ??= ask().finally(() => {
          asking = undefined
        })
        await asking
      }
      return known
    },
  }
}

/** The usual name of a zone, which RingCentral may call by an older one (`US/Pacific`); `undefined` when there is none. */
export function readZone(name: string): string | undefined {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone
  } catch {
    return undefined
  }
}
