import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/**
 * The floor: answers 200, and where the delivery says itself that a call is to be forwarded, asks for it. Nothing of the product is
 * imported here.
 */
const server = createServer((request, response) => {
  request.on('data', () => {})
  request.on('end', () => {
    response.end()
    const url = request.headers['x-forward']
    if (url !== undefined) void forward(String(url))
  })
})

async function forward(url: string): Promise<void> {
  const body = JSON.stringify({ phoneNumber: '+14085550199' })
  const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
  await answer.arrayBuffer()
}

server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo
  process.send?.({ url: `http://127.0.0.1:${port}/` })
})
process.once('disconnect', () => process.exit())
