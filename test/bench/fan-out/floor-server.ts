import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'

/**
 * The floor: takes an event, answers, and sends it to everybody, serialised once. No log, no rights, no limits. Nothing of the
 * product is imported here.
 */
const clients = new Set<WebSocket>()
let head = 0
const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    if (request.method === 'GET') {
      response.end(`process_resident_memory_bytes ${process.memoryUsage.rss()}\n`)
      return
    }
    head += 1
    const event = `{"position":${head},"receivedAt":"2026-01-05T09:00:00.000Z","notification":${Buffer.concat(chunks)}}`
    const frame = Buffer.from(`{"type":"events","events":[${event}],"head":${head}}`)
    for (const client of clients) client.send(frame, { binary: false })
    response.end()
  })
})
const webSockets = new WebSocketServer({ server, perMessageDeflate: false })
webSockets.on('connection', (client) => {
  clients.add(client)
  client.on('close', () => clients.delete(client))
  client.on('message', () => client.send(`{"type":"ping","head":${head}}`))
})
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo
  process.send?.({ url: `http://127.0.0.1:${port}` })
})
process.once('disconnect', () => process.exit())
