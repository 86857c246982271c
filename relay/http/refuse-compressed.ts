import type { Context, MiddlewareHandler } from 'hono'
import { respondProblem } from './problem.ts'

/** The coding of a body that would have to be unpacked; `undefined` for a plain one. */
export function contentCoding(c: Context): string | undefined {
  const coding = c.req.header('content-encoding')?.trim().toLowerCase()
  return coding === undefined || coding === '' || coding === 'identity' ? undefined : coding
}

/** Refuses compressed bodies: a few bytes of them can unpack to any number. */
export function refuseCompressed(): MiddlewareHandler {
  return async function refuseCompressed(c, next) {
    if (contentCoding(c) === undefined) return next()
    return respondProblem(c, {
      status: 415,
      code: 'compressed',
      detail: 'The body should come without a Content-Encoding: compressed bodies are not read.',
    })
  }
}
