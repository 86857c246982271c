import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'

export interface Listening {
  /** `http://127.0.0.1:8790`, without a slash at the end. */
  readonly url: string
  close(): Promise<void>
}

/** The address is not free, or not ours to take; the message says so in one sentence. */
export class ListenError extends Error {
  override readonly name = 'ListenError'
}

/** Serves an app on a loopback address; port 0 takes a free one. */
export async function listen(
  app: { readonly fetch: (request: Request) => Response | Promise<Response> },
  { host, port }: { host: string; port: number },
): Promise<Listening> {
  const server = createAdaptorServer({ fetch: app.fetch })
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        new ListenError(
          error.code === 'EADDRINUSE'
            ? `Port ${port} on ${host} is taken: choose another one.`
            : `${host}:${port} cannot be listened on (${error.code ?? error.message}).`,
          { cause: error },
        ),
      )
    })
    server.listen(port, host, resolve)
  })
  const address = server.address() as AddressInfo
  return {
    url: `http://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()))
        if ('closeAllConnections' in server) server.closeAllConnections()
      }),
  }
}
