import { SECOND_MS } from '../../shared/time.ts'

/** Tells whether the other side of a socket still takes what it is sent, however much follows. */
export interface SendProgress {
  /** Looks; true when nothing of what had been sent at an earlier look was taken for too long. */
  isStuck(): boolean
  /** What has been sent until now is no longer waited for. */
  reset(): void
}

/** What a look sees of a socket. */
export interface SendCounts {
  /** Bytes that the other side has not taken yet. */
  readonly bufferedAmount: number
  /** Bytes that were ever handed over to be sent, those not yet taken included. */
  readonly handedBytes: number
}

/** How often to look. */
export const PROGRESS_INTERVAL_MS = SECOND_MS

/** Counts looks and not time: a process that was paused has looked no more often than before. */
export function createSendProgress(socket: SendCounts, maxStuckMs: number): SendProgress {
  /** What had been handed over when the other side last was up to date with it, and how many looks ago that was. */
  let progress = { handedBytes: 0, looks: 0 }
  const reset = () => {
    progress = { handedBytes: socket.handedBytes, looks: 0 }
  }
  return {
    reset,
    isStuck() {
      const { handedBytes, bufferedAmount } = socket
      if (handedBytes - bufferedAmount >= progress.handedBytes) {
        reset()
        return false
      }
      progress = { ...progress, looks: progress.looks + 1 }
      return progress.looks * PROGRESS_INTERVAL_MS >= maxStuckMs
    },
  }
}
