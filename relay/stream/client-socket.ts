import type { SendCounts } from './send-progress.ts'

/** What a subscriber needs of a WebSocket. */
export interface ClientSocket extends SendCounts {
  /** Sends a text message. */
  send(text: string, done?: (error?: Error) => void): void
  /** Sends a message that is a frame already. */
  sendFrame(frame: Buffer): void
  ping(): void
  close(code: number, reason: string): void
  /** Drops the connection without a word. */
  terminate(): void
}
