import type { Clock } from '../../shared/clock.ts'
import type { PingMessage, SubscriptionState } from '../../shared/protocol/wire.ts'
import { formatInstant } from '../../shared/time.ts'
import type { ClientSocket } from './client-socket.ts'

/** The messages that a client gets every 20 seconds: what it should have, and how the subscription stands. */
export interface Pings {
  /** A frame of events was sent. */
  countSent(): void
  send(): void
}

export interface PingsOptions {
  readonly socket: Pick<ClientSocket, 'send'>
  readonly clock: Pick<Clock, 'nowMs'>
  subscriptionState(): SubscriptionState
  /** Everything of the client's at or below it has been sent. */
  headPosition(): number
}

export function createPings({ socket, clock, subscriptionState, headPosition }: PingsOptions): Pings {
  let sentFrames = 0
  return {
    countSent() {
      sentFrames += 1
    },
    send() {
      const ping: PingMessage = {
        type: 'ping',
        now: formatInstant(clock.nowMs()),
        head: headPosition(),
        sent: sentFrames,
        subscription: subscriptionState(),
      }
      socket.send(JSON.stringify(ping))
    },
  }
}
