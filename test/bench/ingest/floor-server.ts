import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** The floor: reads the body, answers 200, stores nothing. Nothing of the product is imported here. */
const server = createServer((request, response) => {
  request.on('data', () => {})
  request.on('end', () => response.end())
})
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo
  process.send?.({ url: `http://127.0.0.1:${port}/` })
})
process.once('disconnect', () => process.exit())
