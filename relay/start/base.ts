import type { Clock } from '../../shared/clock.ts'
import type { Capabilities } from '../capabilities.ts'
import type { Settings } from '../config.ts'
import type { ConfirmedTime } from '../confirmed-time.ts'
import type { EventLog } from '../log/event-log.ts'
import type { Records } from '../log/records.ts'
import type { Ownership, Shared } from '../log/storage.ts'
import type { Logger } from '../logger.ts'
import type { Metrics } from '../metrics.ts'

/** What each part of a relay is started with. */
export interface RelayBase {
  readonly settings: Settings
  readonly clock: Clock
  readonly time: ConfirmedTime
  readonly logger: Logger
  readonly capabilities: Capabilities
  readonly metrics: Metrics
  readonly log: EventLog
  readonly records: Records
  readonly shared: Shared
  readonly ownership: Ownership
  /** Where RingCentral and the extension reach this relay. */
  readonly publicUrl: string
}
