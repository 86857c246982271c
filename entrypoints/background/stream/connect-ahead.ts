import type { SocketLike } from '../../lib/relay/relay-socket.ts'

/** A socket that is on its way before there is anybody to say hello in it. */
export interface SocketAhead {
  /** Gives that socket the first time, and another each time after. Its handlers are called for what has happened by then as well. */
  connect(url: string): SocketLike
  /** Nobody will ask for it. */
  close(): void
}

/** Begins to connect at once: the store can be opened meanwhile. A relay says nothing before it has heard a hello. */
export function connectAhead(connect: (url: string) => SocketLike, url: string): SocketAhead {
  const socket = connect(url)
  let isTaken = false
  const happened: (() => void)[] = []
  socket.onopen = (event) => happened.push(() => socket.onopen?.call(socket as WebSocket, event))
  socket.onclose = (event) => happened.push(() => socket.onclose?.call(socket as WebSocket, event))
  return {
    connect: (asked) => {
      if (isTaken || asked !== url) return connect(asked)
      isTaken = true
      // Whoever takes it sets its handlers in this turn.
      queueMicrotask(() => {
        for (const tell of happened) tell()
      })
      return socket
    },
    close: () => {
      if (!isTaken) socket.close()
    },
  }
}
