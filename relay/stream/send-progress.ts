import { SECOND_MS } from '../../shared/time.ts'

/** What a look sees of a socket. */
export interface SendCounts {
  /** Bytes that the other side has not taken yet. */
  readonly bufferedAmount: number
  /** Bytes that were ever handed over to be sent, those not yet taken included. */
  readonly handedBytes: number
}

/** How often to look. */
export const PROGRESS_INTERVAL_MS = SECOND_MS

/**
 * Whether the other side of a socket still takes what it is sent, however much follows. Looks are counted and not time: a
 * process that was paused has looked no more often than before.
 */
export class SendProgress {
  private readonly socket: SendCounts
  private readonly maxStuckMs: number
  /** What had been handed over when the other side last was up to date with it. */
  private handedBytes: number
  /** How many looks ago that was. */
  private looks = 0

  /** What has been sent until now is not waited for. */
  constructor(socket: SendCounts, maxStuckMs: number) {
    this.socket = socket
    this.maxStuckMs = maxStuckMs
    this.handedBytes = socket.handedBytes
  }

  /** Looks; true when nothing of what had been sent at an earlier look was taken for too long. */
  isStuck(): boolean {
    const { handedBytes, bufferedAmount } = this.socket
    if (handedBytes - bufferedAmount >= this.handedBytes) {
      this.handedBytes = handedBytes
      this.looks = 0
      return false
    }
    this.looks += 1
    return this.looks * PROGRESS_INTERVAL_MS >= this.maxStuckMs
  }
}
