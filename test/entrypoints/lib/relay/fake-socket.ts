import type { RelayMessage } from '../../../../shared/protocol/wire.ts'

/** A socket of which the test is the other end. */
export class FakeSocket {
  readonly url: string
  onopen: (() => void) | null = null
  onmessage: ((event: { data: string }) => void) | null = null
  onclose: ((event: { code: number }) => void) | null = null
  readonly sent: unknown[] = []
  isClosed = false

  constructor(url: string) {
    this.url = url
  }

  send(text: string): void {
    this.sent.push(JSON.parse(text))
  }
  close(): void {
    this.isClosed = true
  }
  async open(): Promise<void> {
    this.onopen?.()
    await Promise.resolve()
    await Promise.resolve()
  }
  receive(message: RelayMessage | { type: string }): void {
    this.onmessage?.({ data: JSON.stringify(message) })
  }
  fail(code: number): void {
    this.onclose?.({ code })
  }
}

const now = '2026-06-01T12:00:00.000Z'
const subscription = { status: 'Active', expiresAt: now, lastEventAt: null }
const user = { accountId: '100', extensionId: '200', name: 'Bea', role: 'agent' } as const

export const welcome = (head: number, resumed: boolean, oldest = 1): RelayMessage => ({
  ...{ type: 'welcome', epoch: 'e', head, oldest, resumed, complete: true, user, tokenExpiresAt: now, now },
})
export const ping = (head: number, sent: number): RelayMessage => ({ type: 'ping', now, head, sent, subscription })
export const events = (head: number): RelayMessage => ({ type: 'events', events: [], head })
