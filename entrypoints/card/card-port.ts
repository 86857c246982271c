import { browser } from 'wxt/browser'
import { CARD_PORT, type CardCommand, type CardMessage } from '../lib/contract/ports.ts'
import { isOrphan } from '../lib/page/orphan.ts'

/** The card's port to the worker. A worker that ends closes it, and connecting again starts the next one. */
export interface CardPort {
  connect(): void
  /** Until the next `connect`; a page in the back/forward cache would lose its port silently. */
  disconnect(): void
  /** Does nothing while there is no port. */
  post(message: CardMessage): void
}

export interface CardPortOptions {
  readonly onConnected: () => void
  readonly onCommand: (command: CardCommand) => void
  /** Called in place of connecting: the card of an orphaned script would never be updated again. */
  readonly onOrphaned: () => void
}

export function createCardPort({ onConnected, onCommand, onOrphaned }: CardPortOptions): CardPort {
  let port: ReturnType<typeof browser.runtime.connect> | undefined

  function connect(): void {
    if (isOrphan()) {
      onOrphaned()
      return
    }
    const opened = browser.runtime.connect({ name: CARD_PORT })
    port = opened
    opened.onMessage.addListener(onCommand)
    opened.onDisconnect.addListener(() => {
      if (port === opened) connect()
    })
    onConnected()
  }

  return {
    connect,
    disconnect: () => {
      port?.disconnect()
      port = undefined
    },
    post: (message) => port?.postMessage(message),
  }
}
