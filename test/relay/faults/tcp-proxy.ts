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
  /** Every connection of now stays open, and what goes in these directions is lost without a word, an end included. */
  lose(...directions: readonly Direction[]): void
  /** Leads to another target from now on, and ends what led to the one before. */
  aim(target: string): void
  /** Takes no new connections, or takes them again. */
  setDown(isDown: boolean): void
  /** Connections on which who connected has been answered, and has gone on: they are open for whoever uses them. */
  readonly conversations: number
  close(): Promise<void>
}

/** Towards who connected, or towards the target. */
export type Direction = 'toClient' | 'toTarget'

interface Pair {
  readonly sockets: readonly [client: Socket, target: Socket]
  readonly lost: Set<Direction>
  isAnswered: boolean
  isConversation: boolean
}

export async function startTcpProxy(target: string): Promise<TcpProxy> {
  let { hostname, port } = new URL(target)
  let latencyMs = 0
  let maxPieceBytes = Number.POSITIVE_INFINITY
  let isDown = false
  const pairs = new Set<Pair>()

  const server = createServer((client) => {
    if (isDown) {
      client.resetAndDestroy()
      return
    }
    const upstream = connect(Number(port), hostname)
    const pair: Pair = { sockets: [client, upstream], lost: new Set(), isAnswered: false, isConversation: false }
    pairs.add(pair)
    for (const [from, to, direction] of [
      [client, upstream, 'toTarget'],
      [upstream, client, 'toClient'],
    ] as const) {
      from.setNoDelay(true)
      from.on('error', () => undefined)
      from.on('close', () => {
        if (to.destroyed) pairs.delete(pair)
        else if (!pair.lost.has(direction)) to.destroy()
      })
      let last: Promise<void> = Promise.resolve()
      from.on('data', (chunk: Buffer) => {
        if (pair.lost.has(direction)) return
        if (direction === 'toTarget' && pair.isAnswered) pair.isConversation = true
        const dueMs = performance.now() + latencyMs
        for (let at = 0; at < chunk.length; at += maxPieceBytes) {
          const piece = chunk.subarray(at, at + maxPieceBytes)
          // One after the other, also when the latency has become shorter meanwhile: TCP keeps the order.
          last = last.then(async () => {
            const waitMs = dueMs - performance.now()
            if (waitMs > 0) await delay(waitMs)
            if (pair.lost.has(direction) || !to.writable) return
            to.write(piece)
            if (direction === 'toClient') pair.isAnswered = true
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
    lose(...directions) {
      for (const { lost } of pairs) for (const direction of directions) lost.add(direction)
    },
    aim(next) {
      ;({ hostname, port } = new URL(next))
      destroyAll()
    },
    setDown(down) {
      isDown = down
      if (down) destroyAll()
    },
    get conversations() {
      return [...pairs].filter(({ isConversation }) => isConversation).length
    },
    async close() {
      destroyAll()
      server.close()
      await once(server, 'close')
    },
  }
}
