import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** A connection on which a test writes every byte itself. */
export interface RawConnection {
  readonly socket: Socket
  /** What has come so far. */
  received(): string
  /** All that came, once the other side has closed. */
  whole(): Promise<string>
}

export async function openRaw(url: string): Promise<RawConnection> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  let text = ''
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1')
  })
  socket.on('error', () => undefined)
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()))
  await once(socket, 'connect')
  return {
    socket,
    received: () => text,
    async whole() {
      await closed
      return text
    },
  }
}

/** Sends a whole request and gives the answer, headers and all. */
export async function sendRaw(url: string, lines: readonly string[], body: string | Buffer = ''): Promise<string> {
  const { socket, whole } = await openRaw(url)
  socket.write(`${[...lines, 'connection: close'].join('\r\n')}\r\n\r\n`)
  if (body.length > 0) socket.write(body)
  return whole()
}
