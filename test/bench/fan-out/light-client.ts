import { once } from 'node:events'
import { connect } from 'node:net'

/**
 * A WebSocket client that does no more than a load needs: it finds where frames end and hands on their payload. On few cores
 * what the clients spend is missing to the server. What it sends is masked with zeros.
 */
export interface LightClient {
  send(text: string): void
  close(): void
}

/** Resolves when the server's first ping message has come: the client is up to date. */
export async function openLightClient(
  url: string,
  hello: string,
  onText: (payload: Buffer) => void,
): Promise<LightClient> {
  const { hostname, port } = new URL(url)
  const socket = connect({ host: hostname, port: Number(port), noDelay: true })
  await once(socket, 'connect')
  let pending: Buffer = Buffer.alloc(0)
  let isUpgraded = false
  let onReady: () => void = () => undefined
  const ready = new Promise<void>((resolve, reject) => {
    onReady = resolve
    socket.once('error', reject)
    socket.once('close', () => reject(new Error(`${url} closed a client`)))
  })

  socket.on('data', (chunk: Buffer) => {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk])
    if (!isUpgraded) {
      const end = pending.indexOf('\r\n\r\n')
      if (end === -1) return
      if (!pending.toString('latin1', 0, end).startsWith('HTTP/1.1 101')) {
        socket.destroy(new Error(`${url} did not upgrade: ${pending.toString('latin1', 0, end)}`))
        return
      }
      isUpgraded = true
      pending = pending.subarray(end + 4)
      socket.write(maskedText(hello))
    }
    for (;;) {
      const frame = nextFrame(pending)
      if (frame === undefined) return
      pending = pending.subarray(frame.end)
      // Only text frames are messages; one with the type "ping" says that everything before has been sent.
      if (frame.isText) {
        if (frame.payload.subarray(0, 14).toString('latin1') === '{"type":"ping"') onReady()
        onText(frame.payload)
      }
    }
  })
  const lines = ['GET /v1/stream HTTP/1.1', `host: ${hostname}`, 'connection: Upgrade', 'upgrade: websocket']
  socket.write(
    `${[...lines, 'sec-websocket-version: 13', 'sec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA=='].join('\r\n')}\r\n\r\n`,
  )
  await ready
  return { send: (text) => void socket.write(maskedText(text)), close: () => void socket.destroy() }
}

function nextFrame(bytes: Buffer): { payload: Buffer; end: number; isText: boolean } | undefined {
  if (bytes.length < 2) return undefined
  const short = (bytes[1] ?? 0) & 0x7f
  const headBytes = short < 126 ? 2 : short === 126 ? 4 : 10
  if (bytes.length < headBytes) return undefined
  const length = short < 126 ? short : short === 126 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2))
  const end = headBytes + length
  if (bytes.length < end) return undefined
  return { payload: bytes.subarray(headBytes, end), end, isText: ((bytes[0] ?? 0) & 0x0f) === 1 }
}

function maskedText(text: string): Buffer {
  const length = Buffer.byteLength(text)
  const head = length < 126 ? Buffer.from([0x81, 0x80 | length]) : Buffer.from([0x81, 0xfe, length >> 8, length & 0xff])
  return Buffer.concat([head, Buffer.alloc(4), Buffer.from(text)])
}

/** The position up to which a frame of events brings its receiver; `undefined` for another message. */
export function headOf(payload: Buffer): number | undefined {
  if (payload.subarray(0, 16).toString('latin1') !== '{"type":"events"') return undefined
  const tail = payload.toString('latin1', Math.max(0, payload.length - 32))
  return Number(/"head":(\d+)\}$/.exec(tail)?.[1])
}
