import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'

/** A small TCP proxy that does to connections what networks do. */
export interface TcpProxy {
  /** `http://127.0.0.1:NNNN` */
  readonly url: string
  /** From now on: how long each piece is held back, and how many bytes a piece has at most. */
  shape(shape: { readonly latencyMs?: number; readonly maxPieceBytes?: number }): void
  /** Resets every connection. */
  reset(): void
  /** Every connection of now stays open, and nothing passes any more in either direction. */
  freeze(): void
  /** Takes no new connections, or takes them again. */
  setDown(isDown: boolean): void
  readonly connections: number
  close(): Promise<void>
}

export async function startTcpProxy(target: string): Promise<TcpProxy> {
  const { hostname, port } = new URL(target)
  let latencyMs = 0
  let maxPieceBytes = Number.POSITIVE_INFINITY
  let isDown = false
  const pairs = new Set<{ readonly sockets: readonly Socket[]; isFrozen: boolean }>()

  const server = createServer((client) => {
    if (isDown) {
      client.resetAndDestroy()
      return
    }
    const upstream = connect(Number(port), hostname)
    const pair = { sockets: [client, upstream], isFrozen: false }
    pairs.add(pair)
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      from.setNoDelay(true)
      from.on('error', () => to.destroy())
      from.on('close', () => {
        pairs.delete(pair)
        if (!pair.isFrozen) to.destroy()
      })
      let last: Promise<void> = Promise.resolve()
      from.on('data', (chunk: Buffer) => {
        if (pair.isFrozen) return
        const dueMs = performance.now() + latencyMs
        for (let at = 0; at < chunk.length; at += maxPieceBytes) {
          const piece = chunk.subarray(at, at + maxPieceBytes)
          // One after the other, also when the latency has become shorter meanwhile: TCP keeps the order.
          last = last.then(async () => {
            const waitMs = dueMs - performance.now()
            if (waitMs > 0) await delay(waitMs)
            if (!pair.isFrozen && to.writable) to.write(piece)
          })
        }
      })
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const destroyAll = (): void => {
    for (const { sockets } of pairs) for (const socket of sockets) socket.resetAndDestroy()
  }
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    shape: (shape) => {
      latencyMs = shape.latencyMs ?? 0
      maxPieceBytes = shape.maxPieceBytes ?? Number.POSITIVE_INFINITY
    },
    reset: destroyAll,
    freeze() {
      for (const pair of pairs) pair.isFrozen = true
    },
    setDown(down) {
      isDown = down
      if (down) destroyAll()
    },
    get connections() {
      return pairs.size
    },
    async close() {
      destroyAll()
      server.close()
      await once(server, 'close')
    },
  }
}
