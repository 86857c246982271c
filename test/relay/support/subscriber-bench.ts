import { setImmediate } from 'node:timers/promises'
import type { Settings } from '../../../relay/config.ts'
import { machineTime } from '../../../relay/confirmed-time.ts'
import { createMemoryEventLog } from '../../../relay/log/event-log.memory.ts'
import type { EventLog } from '../../../relay/log/event-log.ts'
import type { UserWithRights } from '../../../relay/people/rights.ts'
import { WATCHES_ALL, WATCHES_NOTHING, watchesNothing } from '../../../relay/people/watches.ts'
import { createCatchUpTurns } from '../../../relay/stream/catch-up-turns.ts'
import type { ClientSocket } from '../../../relay/stream/client-socket.ts'
import { createFanOut } from '../../../relay/stream/fan-out.ts'
import { Subscriber, type SubscriberDependencies } from '../../../relay/stream/subscriber.ts'
import type { Cursor, EventsMessage, RelayMessage, Watches, WelcomeMessage } from '../../../shared/protocol/wire.ts'
import { decodeRelayMessage } from '../../../shared/protocol/wire.ts'
import { MINUTE_MS } from '../../../shared/time.ts'
import { createManualClock, type ManualClock } from '../../support/manual-clock.ts'
import { createCollectedLogger } from './collected-logger.ts'
import { readTextFrame } from './read-text-frame.ts'

/** Subscribers on sockets that are queues, with a clock that the test moves. */
export interface SubscriberBench {
  readonly log: EventLog
  readonly clock: ManualClock
  /** Connects a client without a word said. */
  connect(): Client
  /** Connects a client and says hello as the person, whose token is their extension id. */
  join(extensionId: string, after?: Cursor | null, view?: 'mine' | 'watched'): Promise<Client>
}

export interface Client {
  readonly subscriber: Subscriber
  readonly messages: readonly RelayMessage[]
  /** Code of the close frame or `terminated`; `undefined` while open. */
  readonly ending: () => number | 'terminated' | undefined
  /** Bytes the other side has not taken; while above 0, sends are not confirmed. */
  block(bytes: number): void
  hello(token: string, after?: Cursor | null, view?: 'mine' | 'watched'): void
  welcome(): WelcomeMessage
  frames(): readonly EventsMessage[]
  /** Positions in the order they came, one list a frame. */
  positions(): readonly (readonly number[])[]
}

/** Long enough for several pings. */
const TOKEN_LIFE_MS = 5 * MINUTE_MS

export interface BenchOptions {
  readonly visibility?: Settings['visibility']
  readonly scope?: Settings['scope']
  readonly supervisors?: readonly string[]
  /** What others may watch, by extension id. */
  readonly watches?: Readonly<Record<string, Watches>>
  readonly log?: EventLog
  /** Whether too much has failed from where the clients come. */
  readonly isOverLimit?: boolean
}

export function createSubscriberBench(options: BenchOptions = {}): SubscriberBench {
  const {
    visibility = 'session',
    scope = 'account',
    supervisors = ['400101'],
    watches = {},
    log = createMemoryEventLog(),
    isOverLimit = false,
  } = options
  const clock = createManualClock()
  const { logger } = createCollectedLogger()
  const catchUpTurns = createCatchUpTurns({ isBusy: () => false })
  const fanOut = createFanOut(log, logger, { observeFanOut: () => undefined })

  const dependencies: SubscriberDependencies = {
    log,
    fanOut,
    catchUpTurns,
    clock,
    time: machineTime(clock),
    logger,
    settings: { scope, visibility },
    authenticate: async (token) =>
      token === 'wrong'
        ? undefined
        : {
            user: userOf(token, watches[token] ?? (supervisors.includes(token) ? WATCHES_ALL : WATCHES_NOTHING)),
            expiresAtMs: clock.nowMs() + TOKEN_LIFE_MS,
          },
    subscriptionState: () => ({ status: 'Active', expiresAt: null, lastEventAt: null }),
  }

  const connect = (): Client => {
    const messages: RelayMessage[] = []
    let ending: number | 'terminated' | undefined
    let blockedBytes = 0
    let handedBytes = 0
    const take = (text: string): void => {
      const decoded = decodeRelayMessage(text)
      if (decoded.kind !== 'message') throw new Error(`not a message of the relay: ${text}`)
      messages.push(decoded.message)
      handedBytes += text.length
    }
    const socket: ClientSocket = {
      get bufferedAmount() {
        return blockedBytes
      },
      get handedBytes() {
        return handedBytes
      },
      send(text, done) {
        take(text)
        if (blockedBytes === 0) done?.()
      },
      sendFrame: (frame) => take(readTextFrame(frame)),
      ping: () => undefined,
      close: (code) => {
        ending = code
      },
      terminate: () => {
        ending = 'terminated'
      },
    }
    const door = { onAuthenticated: () => undefined, isOverLimit: () => isOverLimit }
    const subscriber = new Subscriber(socket, dependencies, door)
    const frames = () => messages.filter((message) => message.type === 'events')
    return {
      subscriber,
      messages,
      ending: () => ending,
      block: (bytes) => {
        blockedBytes = bytes
      },
      hello: (token, after = null, view) =>
        subscriber.receive(JSON.stringify({ type: 'hello', token, after, client: 'test/1', view })),
      welcome() {
        const message = messages.find(({ type }) => type === 'welcome')
        if (message?.type !== 'welcome') throw new Error('There is no welcome yet.')
        return message
      },
      frames,
      positions: () => frames().map(({ events }) => events.map(({ position }) => position)),
    }
  }

  return {
    log,
    clock,
    connect,
    async join(extensionId, after = null, view) {
      const client = connect()
      client.hello(extensionId, after, view)
      await settle()
      client.welcome()
      return client
    },
  }
}

/** Lets everything finish that waits for nothing but promises and a few turns of the event loop. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await setImmediate()
}

/** Who watches these people and no queue. */
export function watching(...extensions: string[]): Watches {
  return { extensions, queues: [] }
}

function userOf(extensionId: string, watches: Watches): UserWithRights {
  const role = watchesNothing(watches) ? 'agent' : 'supervisor'
  return { accountId: '400100', extensionId, name: 'Somebody', role, watches }
}
