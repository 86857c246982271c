import { unreachable } from '../../shared/assert.ts'
import type { PageCommand } from '../lib/contract/ports.ts'

/** As much of Chrome's port as is needed here. */
export interface Port {
  readonly onMessage: { addListener(listener: (command: PageCommand) => void): void }
  readonly onDisconnect: { addListener(listener: () => void): void }
  postMessage(message: unknown): void
  disconnect(): void
}

/**
 * A page's port to the worker. When the worker is ended the port closes, and coming back wakes it within milliseconds; while nobody is
 * signed in it is left asleep. Chrome has been seen to close a port without a word: the worker names its run when a port
 * opens and when it starts, and a port to another run is opened anew.
 */
export interface PagePort {
  connect(): void
  /** The page is left, and may come back without loading: then the port would be lost silently. */
  leave(): void
  /** It has come back. */
  comeBack(): void
  obey(command: PageCommand): void
  /** Does nothing while there is no port. */
  post(message: unknown): void
}

export interface PagePortOptions {
  /** `undefined`: this script is cut off from its extension. */
  readonly open: () => Port | undefined
  /** A port has been opened. */
  readonly onOpened: () => void
}

export function createPagePort({ open, onOpened }: PagePortOptions): PagePort {
  let port: Port | undefined
  /** The worker's run that the port leads to, as far as that has said so. */
  let run: string | undefined
  let isResting = false

  function connect(): void {
    if (port !== undefined) return
    const opened = open()
    if (opened === undefined) return
    port = opened
    run = undefined
    opened.onMessage.addListener((command) => {
      if (port === opened) obey(command)
    })
    opened.onDisconnect.addListener(() => {
      if (port !== opened) return
      port = undefined
      if (!isResting) connect()
    })
    onOpened()
  }

  function drop(): void {
    port?.disconnect()
    port = undefined
  }

  function obey(command: PageCommand): void {
    switch (command.type) {
      case 'hello':
        run = command.run
        break
      case 'rest':
        isResting = true
        break
      case 'wake':
        isResting = false
        if (command.run !== run) drop()
        connect()
        break
      default:
        unreachable(command)
    }
  }

  return {
    connect,
    leave: drop,
    comeBack: () => {
      // Somebody may have signed in meanwhile; if not, the worker says so again.
      isResting = false
      port = undefined
      connect()
    },
    obey,
    post: (message) => port?.postMessage(message),
  }
}
