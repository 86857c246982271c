import { effect, type ReadonlySignal, signal } from '@preact/signals'
import type { Clock } from '../../../shared/clock.ts'
import type { RoutingAnswer } from '../../../shared/protocol/http/routing.ts'
import { SECOND_MS } from '../../../shared/time.ts'
import type { RefusalCode } from '../../lib/relay/relay-client.ts'
import type { BoardConnection } from '../feed/contract.ts'
import type { BoardRequests } from '../requests.ts'

/** The account's rules and what they did today, for who may see them. */
export interface RoutingModel {
  /** `undefined` while nothing is known of them, and for whom they are not shown to. */
  readonly routing: ReadonlySignal<RoutingAnswer | undefined>
  /** Reads them again now: somebody looks at them, or a rule has acted. */
  look(): void
  close(): void
}

export interface RoutingModelOptions {
  readonly requests: Pick<BoardRequests, 'readRouting'>
  readonly connection: ReadonlySignal<BoardConnection>
  /** Another value whenever a rule has told something. */
  readonly told: ReadonlySignal<unknown>
  /** Whether somebody may be looking. */
  readonly isSeen: () => boolean
  readonly clock: Pick<Clock, 'after'>
}

/** What no notice tells of: a rule that only tries, a refusal, the file. */
export const LOOK_AGAIN_MS = 30 * SECOND_MS

/** Answers of a relay that does not show them to this person, or has none: not asked again before it is another connection. */
const NEVER: ReadonlySet<RefusalCode> = new Set([
  'not_allowed',
  'not_watched',
  'supervisors_only',
  'forbidden',
  'not_found',
])

export function createRoutingModel({ requests, connection, told, isSeen, clock }: RoutingModelOptions): RoutingModel {
  const routing = signal<RoutingAnswer>()
  let isRefused = false
  let isReading = false
  /** Whether something has happened since the relay was asked. */
  let isOld = false
  let isClosed = false
  let cancel = () => {}

  async function read(): Promise<void> {
    isReading = true
    isOld = false
    const { value, refusal } = await requests.readRouting()
    isReading = false
    if (isClosed) return
    isRefused = refusal !== undefined && NEVER.has(refusal.code)
    // What is there stays while the relay cannot say: the board tells of a connection that is lost.
    if (value !== undefined || isRefused) routing.value = value
    if (isOld) look()
  }

  function look(): void {
    if (isClosed || isRefused || connection.peek().state !== 'live') return
    isOld = true
    if (isReading) return
    void read()
    cancel()
    cancel = clock.after(LOOK_AGAIN_MS, lookNowAndThen)
  }

  /** One that nobody sees is read when a rule acts, and when it is seen again. */
  function lookNowAndThen(): void {
    if (isSeen()) look()
    else cancel = clock.after(LOOK_AGAIN_MS, lookNowAndThen)
  }

  const stopConnecting = effect(() => {
    if (connection.value.state !== 'live') return
    isRefused = false
    look()
  })
  let isFirst = true
  const stopHearing = effect(() => {
    told.value
    if (!isFirst) look()
    isFirst = false
  })

  return {
    routing,
    look,
    close: () => {
      isClosed = true
      cancel()
      stopConnecting()
      stopHearing()
    },
  }
}
