import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'

/**
 * The floor: sends each client as much as the relay would, from memory, and answers posts without keeping them. No log, no
 * rights, no order. Nothing of the product is imported here.
 */
const EVENT = `{"position":1,"receivedAt":"2026-01-05T09:00:00.000Z","notification":{"text":"${'x'.repeat(780)}"}}`
const EVENTS_A_FRAME = 100
const eventsEach = Number(process.argv[2])

const server = createServer((request, response) => {
  request.on('data', () => {})
  request.on('end', () => response.end())
})
const webSockets = new WebSocketServer({ server, perMessageDeflate: false })
webSockets.on('connection', (client) => {
  client.on('message', () => {
    for (let left = eventsEach; left > 0; left -= EVENTS_A_FRAME) {
      const events = Array.from({ length: Math.min(left, EVENTS_A_FRAME) }, () => EVENT).join(',')
      client.send(`{"type":"events","events":[${events}],"head":1}`)
    }
    client.send('{"type":"ping","head":1}')
  })
})
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo
  process.send?.({ url: `http://127.0.0.1:${port}` })
})
process.once('disconnect', () => process.exit())
