import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'

/**
 * The floor's server: keeps the last thing that was posted and sends it to whoever comes back and says so, then what is posted
 * while they are there. Nothing of the product is imported here.
 */
const sockets = new WebSocketServer({ noServer: true })
let last = ''

const server = createServer((request, response) => {
  last = ''
  request.setEncoding('utf8')
  request.on('data', (chunk: string) => {
    last += chunk
  })
  request.on('end', () => {
    for (const socket of sockets.clients) socket.send(last)
    response.end()
  })
})
server.on('upgrade', (request, socket, head) => {
  sockets.handleUpgrade(request, socket, head, (accepted) => {
    accepted.on('message', () => accepted.send(last))
  })
})
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo
  process.send?.({ url: `http://127.0.0.1:${port}/` })
})
process.once('disconnect', () => process.exit())
