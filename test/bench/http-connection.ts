import { once } from 'node:events'
import { connect } from 'node:net'

/**
 * One kept HTTP connection with one request at a time, no more than a load generator needs: on few cores what the client
 * spends is missing to the server, and a client that is the slower one would hide the difference between two servers.
 */
export interface HttpConnection {
  /** Sends a request that {@link buildPost} made; resolves with the status once the answer is whole. */
  send(request: Buffer): Promise<number>
  close(): void
}

export async function openConnection(url: string): Promise<HttpConnection> {
  const { hostname, port } = new URL(url)
  const socket = connect({ host: hostname, port: Number(port), noDelay: true })
  await once(socket, 'connect')
  let received = ''
  let waiting: { resolve(status: number): void; reject(error: Error): void } | undefined

  socket.on('data', (chunk: Buffer) => {
    received += chunk.toString('latin1')
    const status = readAnswer(received)
    if (status === undefined) return
    received = ''
    waiting?.resolve(status)
  })
  socket.on('error', (error) => waiting?.reject(error))
  socket.on('close', () => waiting?.reject(new Error(`${url} closed the connection while a request was under way`)))

  return {
    send: (request) =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject }
        if (socket.destroyed) reject(new Error(`${url} had closed the connection before the request`))
        else socket.write(request)
      }),
    close: () => {
      waiting = undefined
      socket.destroy()
    },
  }
}

export interface Post {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** A whole request, ready to be written. */
export function buildPost({ url, headers, body }: Post): Buffer {
  const { host, pathname } = new URL(url)
  const lines = [
    `POST ${pathname} HTTP/1.1`,
    `host: ${host}`,
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ]
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`)
}

/** The status of an answer that has come completely, `undefined` before. Throws on an answer whose end cannot be told. */
export function readAnswer(text: string): number | undefined {
  const headEnd = text.indexOf('\r\n\r\n')
  if (headEnd === -1) return undefined
  const head = text.slice(0, headEnd)
  const isWhole = /\r\ntransfer-encoding: chunked/i.test(head)
    ? text.endsWith('\r\n0\r\n\r\n')
    : text.length >= headEnd + 4 + readLength(head)
  return isWhole ? Number(head.slice('HTTP/1.1 '.length, 'HTTP/1.1 200'.length)) : undefined
}

function readLength(head: string): number {
  const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1]
  if (length === undefined) throw new Error(`the answer should have a length, but says only: ${head}`)
  return Number(length)
}
