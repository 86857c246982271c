import { type HttpConnection, openConnection } from './http-connection.ts'

/** Connections over which events are delivered as RingCentral does: none waits for the answer to another. */
export interface DeliveryConnections {
  /** Rejects unless it is answered 200. */
  post(request: Buffer): Promise<void>
  close(): void
}

export function createDeliveryConnections(url: string): DeliveryConnections {
  const idle: HttpConnection[] = []
  const opened: HttpConnection[] = []

  async function open(): Promise<HttpConnection> {
    const connection = await openConnection(url)
    opened.push(connection)
    return connection
  }

  return {
    async post(request) {
      // In turn, so that none is idle for so long that the server closes it.
      const connection = idle.shift() ?? (await open())
      const status = await connection.send(request)
      if (status !== 200) throw new Error(`every delivery should be answered 200, but one was answered ${status}`)
      idle.push(connection)
    },
    close() {
      for (const connection of opened) connection.close()
    },
  }
}
