import { once } from 'node:events'
import { type AddressInfo, createConnection, createServer, type Socket } from 'node:net'

/** One address for several servers: each connection goes to the next that takes it. */
export interface Balancer {
  readonly url: string
  close(): Promise<void>
}

/** `ports`: of the servers on loopback, as they are when a connection comes. */
export async function startBalancer(ports: () => readonly number[]): Promise<Balancer> {
  const open = new Set<Socket>()
  let turn = 0

  function connect(client: Socket, left: readonly number[]): void {
    const [port, ...rest] = left
    if (port === undefined) {
      client.destroy()
      return
    }
    const server = createConnection({ host: '127.0.0.1', port })
    const refused = () => connect(client, rest)
    server.once('error', refused)
    server.once('connect', () => {
      server.off('error', refused)
      server.on('error', () => client.destroy())
      client.on('close', () => server.destroy())
      server.on('close', () => client.destroy())
      client.pipe(server).pipe(client)
    })
  }

  const listener = createServer((client) => {
    open.add(client)
    client.on('error', () => client.destroy())
    client.on('close', () => open.delete(client))
    const all = ports()
    turn += 1
    connect(client, [...all.slice(turn % all.length), ...all.slice(0, turn % all.length)])
  })
  listener.listen(0, '127.0.0.1')
  await once(listener, 'listening')
  return {
    url: `http://127.0.0.1:${(listener.address() as AddressInfo).port}`,
    async close() {
      for (const socket of open) socket.destroy()
      listener.close()
      await once(listener, 'close')
    },
  }
}
