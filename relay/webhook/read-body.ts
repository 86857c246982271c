import type { Context } from 'hono'

export type Body =
  | { readonly kind: 'whole'; readonly text: string }
  /** The rest is not read. */
  | { readonly kind: 'tooLarge' }
  /** The sender went away, or was cut for being too slow. */
  | { readonly kind: 'aborted' }

/** The body of a delivery, of which no more than `maxBytes` are read. */
export async function readBody(c: Context, maxBytes: number): Promise<Body> {
  const announced = c.req.header('content-length')
  try {
    // Every event passes here, and reading a body of known length at once takes a fraction of the stream's time.
    if (announced !== undefined) {
      return Number(announced) <= maxBytes ? { kind: 'whole', text: await c.req.text() } : { kind: 'tooLarge' }
    }
    return await readUnannounced(c, maxBytes)
  } catch {
    return { kind: 'aborted' }
  }
}

async function readUnannounced(c: Context, maxBytes: number): Promise<Body> {
  const { body } = c.req.raw
  if (body === null) return { kind: 'whole', text: '' }
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of body) {
    bytes += chunk.byteLength
    if (bytes > maxBytes) return { kind: 'tooLarge' }
    chunks.push(chunk)
  }
  return { kind: 'whole', text: new TextDecoder().decode(Buffer.concat(chunks)) }
}
