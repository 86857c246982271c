import { WebSocket } from 'ws'

/** One client of the stream: reads, keeps its cursor, comes back from it, and notes whatever breaks the relay's promises. */
export interface Reader {
  readonly extensionId: string
  readonly seesAll: boolean
  /** Positions of the uuids that were read. */
  readonly uuids: ReadonlyMap<string, number>
  readonly positions: ReadonlyMap<number, string>
  readonly connections: number
  readonly problems: readonly string[]
  close(): void
}

export interface ReaderOptions {
  readonly url: string
  readonly token: string
  readonly extensionId: string
  readonly seesAll: boolean
  readonly origin: string
  /** Whether the log may get another name under which the cursor holds all the same; not unless given. */
  readonly mayBeRenamed?: boolean
}

interface Frame {
  readonly type: string
  readonly epoch: string
  readonly head: number
  readonly sent: number
  readonly resumed: boolean
  readonly events: readonly {
    readonly position: number
    readonly notification?: { readonly uuid: string }
    /** What the relay asked about a session, in place of a notification. */
    readonly status?: unknown
  }[]
}

const MAX_DELAY_MS = 400

export function createReader({
  url,
  token,
  extensionId,
  seesAll,
  origin,
  mayBeRenamed = false,
}: ReaderOptions): Reader {
  const uuids = new Map<string, number>()
  const positions = new Map<number, string>()
  const problems: string[] = []
  let cursor: { epoch: string; position: number } | null = null
  let connections = 0
  let isClosed = false
  let newest: number | undefined
  let socket: WebSocket

  function connect(): void {
    socket = new WebSocket(`${url.replace('http', 'ws')}/v1/stream`, { origin, perMessageDeflate: false })
    let epoch: string | undefined
    let frames = 0
    socket.on('open', () => {
      connections += 1
      socket.send(JSON.stringify({ type: 'hello', token, after: cursor, client: 'checker/1' }))
    })
    socket.on('message', (data) => take(JSON.parse(data.toString()) as Frame))
    socket.on('error', () => undefined)
    socket.on('close', (code) => {
      if (code === 4400 || code === 4401) problems.push(`the relay closed with ${code}`)
      // Half of the delay at random, so that clients do not all come back at once.
      if (!isClosed) setTimeout(connect, MAX_DELAY_MS * (0.5 + Math.random() / 2))
    })

    function take(frame: Frame): void {
      if (frame.type === 'welcome') {
        epoch = frame.epoch
        if (cursor !== null && !frame.resumed) problems.push(`it could not resume after ${cursor.position}`)
        if (cursor !== null && cursor.epoch !== epoch && !mayBeRenamed) problems.push('the epoch changed')
        return
      }
      if (frame.type === 'ping') {
        socket.send('{"type":"pong"}')
        if (frame.sent !== frames) problems.push(`the relay counts ${frame.sent} frames, but ${frames} came`)
        if (cursor !== null && frame.head < cursor.position) problems.push('the head went back')
      }
      if (frame.type === 'events') {
        frames += 1
        for (const event of frame.events) note(event.position, event.notification?.uuid)
      }
      if (epoch !== undefined && (frame.type === 'events' || frame.type === 'ping')) {
        cursor = { epoch, position: frame.head }
      }
    }

    function note(position: number, notified: string | undefined): void {
      const uuid = notified ?? `status ${position}`
      const known = positions.get(position)
      if (known !== undefined && known !== uuid) problems.push(`position ${position} is ${known} and ${uuid}`)
      const before = uuids.get(uuid)
      if (before !== undefined && before !== position) problems.push(`${uuid} is at ${before} and at ${position}`)
      // Who sees everything is sent everything: what is left out between two events can't come later.
      if (seesAll && newest !== undefined && position > newest + 1) {
        problems.push(`position ${newest + 1} was left out before ${position}`)
      }
      positions.set(position, uuid)
      if (notified !== undefined) uuids.set(uuid, position)
      newest = Math.max(newest ?? position, position)
    }
  }

  connect()
  return {
    extensionId,
    seesAll,
    uuids,
    positions,
    get connections() {
      return connections
    },
    problems,
    close() {
      isClosed = true
      socket.terminate()
    },
  }
}
