import './collect-on-signal.ts'
import { fdatasync, openSync, write } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { promisify } from 'node:util'
import { type WebSocket, WebSocketServer } from 'ws'

/**
 * The floor: appends an event to a file, flushes it with whatever else came meanwhile, answers, and hands the frame to whoever has had
 * a part in its session and to those who see all. Called with the file. No rights, no order, no limits, nothing that is sent again, and
 * nothing of the product is imported here.
 */
const ALL = 'all'
const clients = new Map<string, Set<WebSocket>>()
const members = new Map<string, Set<string>>()
const writeFile = promisify(write)
const flushFile = promisify(fdatasync)
const file = openSync(process.argv[2] ?? '', 'a')
let waiting: { readonly text: string; readonly answer: () => void }[] = []
let isFlushing = false
let head = 0

async function flushWaiting(): Promise<void> {
  isFlushing = true
  while (waiting.length > 0) {
    const batch = waiting
    waiting = []
    await writeFile(file, batch.map(({ text }) => `${text}\n`).join(''))
    await flushFile(file)
    for (const { text, answer } of batch) {
      answer()
      handOut(text)
    }
  }
  isFlushing = false
}

function handOut(text: string): void {
  const { telephonySessionId, parties } = JSON.parse(text).body
  const known = members.get(telephonySessionId) ?? new Set([ALL])
  for (const { extensionId } of parties) if (extensionId !== undefined) known.add(extensionId)
  members.set(telephonySessionId, known)
  head += 1
  const event = `{"position":${head},"receivedAt":"2026-01-05T09:00:00.000Z","notification":${text}}`
  const frame = Buffer.from(`{"type":"events","events":[${event}],"head":${head}}`)
  for (const id of known) for (const client of clients.get(id) ?? []) client.send(frame, { binary: false })
}

const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    if (request.method === 'GET') {
      response.end(describeProcess())
      return
    }
    waiting.push({ text: Buffer.concat(chunks).toString(), answer: () => response.end() })
    if (!isFlushing) void flushWaiting()
  })
})

function describeProcess(): string {
  const { rss, heapUsed, external } = process.memoryUsage()
  const { user, system } = process.cpuUsage()
  return [
    `process_cpu_seconds_total ${(user + system) / 1e6}`,
    `process_resident_memory_bytes ${rss}`,
    `ringside_heap_bytes ${heapUsed + external}`,
  ].join('\n')
}

/** A token is the extension id, or that of all. */
new WebSocketServer({ server, perMessageDeflate: false }).on('connection', (client) => {
  client.once('message', (hello) => {
    const { token } = JSON.parse(String(hello))
    clients.set(token, (clients.get(token) ?? new Set()).add(client))
    client.send(`{"type":"ping","head":${head}}`)
  })
})
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo
  process.send?.({ url: `http://127.0.0.1:${port}` })
})
process.once('disconnect', () => process.exit())
