import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { buildPost, openConnection, readAnswer } from './http-connection.ts'

const head = 'HTTP/1.1 200 OK\r\n'

describe('readAnswer', () => {
  it.each([
    ['half a head', head, undefined],
    ['an answer without a body', `${head}content-length: 0\r\n\r\n`, 200],
    ['a refusal', 'HTTP/1.1 503 Service Unavailable\r\nContent-Length: 2\r\n\r\n{}', 503],
    ['a body of which a part is missing', `${head}content-length: 5\r\n\r\nabcd`, undefined],
    ['chunks', `${head}transfer-encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n`, 200],
    ['chunks of which the last is missing', `${head}transfer-encoding: chunked\r\n\r\n2\r\nok\r\n`, undefined],
  ])('%s', (_, text, expected) => {
    expect(readAnswer(text)).toBe(expected)
  })

  it('refuses an answer whose end cannot be told', () => {
    expect(() => readAnswer(`${head}\r\n`)).toThrow('the answer should have a length')
  })
})

describe('a connection', () => {
  const close: (() => void)[] = []
  afterEach(() => {
    for (const one of close.splice(0)) one()
  })

  async function serve(listener: RequestListener): Promise<string> {
    const server = createServer(listener).listen(0, '127.0.0.1')
    await once(server, 'listening')
    close.push(() => {
      server.close()
      server.closeAllConnections()
    })
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook`
  }

  it('posts one request after the other', async () => {
    const seen: string[] = []
    const url = await serve(async (request, response) => {
      let body = ''
      for await (const chunk of request) body += chunk
      seen.push(`${request.method} ${request.url} ${request.headers.secret} ${body}`)
      response.writeHead(seen.length === 1 ? 200 : 503).end('done')
    })
    const connection = await openConnection(url)
    close.push(() => connection.close())
    const send = (body: string) => connection.send(buildPost({ url, headers: { secret: 'x' }, body }))
    expect(await send('first')).toBe(200)
    expect(await send('zweiter, länger')).toBe(503)
    expect(seen).toEqual(['POST /webhook x first', 'POST /webhook x zweiter, länger'])
  })

  it('fails when the other side hangs up', async () => {
    const url = await serve((request) => request.socket.destroy())
    const connection = await openConnection(url)
    const request = buildPost({ url, headers: {}, body: '' })
    await expect(connection.send(request)).rejects.toThrow()
    await expect(connection.send(request)).rejects.toThrow('had closed the connection')
  })
})
