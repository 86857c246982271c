import type { Context } from 'hono'

/** The request's body as a form. */
export async function readForm(c: Context): Promise<URLSearchParams> {
  return new URLSearchParams(await c.req.text())
}
